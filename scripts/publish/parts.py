"""The work of others in the site and in its engine, as THIRD-PARTY.txt names it.

The addresses and the kinds of licence were read in the packages themselves, in Debian's notes on
them, or in stored copies of their repositories. scripts/publish/third_party.py looks for each.
"""

from __future__ import annotations

from typing import NamedTuple


class Part(NamedTuple):
    """Somebody else's work: what it is, where its source is, and by which licence we may use it.

    ``mark`` is what shows in the engine that it is there, with its version if that is in it;
    ``names`` are those of its functions that the engine exports.
    """

    name: str
    what: str
    source: str
    licence: str
    notice: str = ""
    mark: str = ""
    names: str = ""


THEME = (
    Part(
        "Material for MkDocs {material}",
        "The theme: the pages' frame, its styles, and the script of the search.",
        "https://github.com/squidfunk/mkdocs-material",
        "Material for MkDocs",
    ),
    Part(
        "Material Design Icons",
        "Signs of menus, buttons and callouts; from the theme's package.",
        "https://github.com/Templarian/MaterialDesign",
        "Pictogrammers",
    ),
    Part(
        "Font Awesome Free",
        "One sign of the theme's style sheet; from the theme's package.",
        "https://github.com/FortAwesome/Font-Awesome",
        "Font Awesome",
    ),
    Part(
        "Octicons",
        "Signs of the theme's style sheet; from the theme's package.",
        "https://github.com/primer/octicons",
        "Octicons",
    ),
    Part(
        "Atkinson Hyperlegible Next",
        "The typeface; from the npm package of Fontsource.",
        "https://github.com/googlefonts/atkinson-hyperlegible-next",
        "SIL Open Font License 1.1",
    ),
)

# In the theme's two scripts. Each was compared, to the byte, with the npm package of that version.
SCRIPTS = (
    Part(
        "rxjs 7.8.2",
        "In the theme's script.",
        "https://github.com/ReactiveX/rxjs",
        "Apache License 2.0",
        "Copyright (c) 2015-2018 Google, Inc., Netflix, Inc., Microsoft Corp. and contributors",
    ),
    Part(
        "tslib",
        "In the theme's script; it does not say its version.",
        "https://github.com/microsoft/tslib",
        "tslib",
        "Copyright (c) Microsoft Corporation.",
    ),
    Part(
        "clipboard 2.0.11",
        "In the theme's script, with tiny-emitter, good-listener, select and delegate inside it.",
        "https://github.com/zenorocha/clipboard.js",
        "MIT License",
        "Copyright (c) Zeno Rocha",
    ),
    Part(
        "escape-html 1.0.3",
        "In the theme's script.",
        "https://github.com/component/escape-html",
        "MIT License",
        'Copyright (c) 2012-2013 TJ Holowaychuk; 2015 Andreas Lubbe; 2015 Tiancheng "Timothy" Gu',
    ),
    Part(
        "focus-visible 5.2.1",
        "In the theme's script.",
        "https://github.com/WICG/focus-visible",
        "W3C Software and Document License, "
        "http://www.w3.org/Consortium/Legal/2015/copyright-software-and-document",
    ),
    Part(
        "lunr 2.3.9",
        "In the script that the search runs.",
        "https://github.com/olivernn/lunr.js",
        "MIT License",
        "Copyright (C) 2013, 2020 Oliver Nightingale",
    ),
)

ENGINE = (
    Part(
        "Pyodide {pyodide}",
        "Python for browsers: the engine (pyodide.asm.wasm), its glue and its starter.",
        "https://github.com/pyodide/pyodide",
        "Mozilla Public License 2.0",
        names="pyodide|_pyodide|pyproxy|python2js|js2python",
    ),
    Part(
        "CPython {python}",
        "The interpreter in the engine, and the standard library. Its page of licences, "
        "https://docs.python.org/3/license.html, lists what else it holds.",
        "https://github.com/python/cpython",
        "Python Software Foundation License",
        mark=r"3\.\d+\.\d+(?=/include/python3)",
        names="_?Py",
    ),
    Part(
        "hiwire",
        "Keeps JavaScript's objects for Python. Its licence was not read.",
        "https://github.com/pyodide/hiwire",
        "as its source says",
        names="_*hiwire",
    ),
    Part(
        "zlib",
        "Compression.",
        "https://github.com/madler/zlib",
        "zlib License",
        mark=r"inflate ([\d.]+) (Copyright [\d-]+ Mark Adler)",
        names="inflate|deflate|adler32|crc32",
    ),
    Part(
        "bzip2",
        "Compression.",
        "http://www.bzip.org/",
        "bzip2 License",
        mark=r"\d\.\d\.\d, \d+-\w+-20\d\d",
        names="BZ2_",
    ),
    Part(
        "liblzma, of XZ Utils",
        "Compression.",
        "https://github.com/tukaani-project/xz",
        "public domain",
        names="lzma_",
    ),
    Part(
        "Zstandard",
        "Compression.",
        "https://github.com/facebook/zstd",
        "Zstandard License",
        names="ZSTD_",
    ),
    Part(
        "SQLite",
        "A database. The engine says the day and the hash of its version.",
        "https://www.sqlite.org/src",
        "public domain",
        mark=r"20\d\d-\d\d-\d\d \d\d:\d\d:\d\d [0-9a-f]{12}",
        names="sqlite3_",
    ),
    Part(
        "libffi",
        "Calls between languages.",
        "https://github.com/libffi/libffi",
        "MIT License",
        "Copyright (c) 1996-2008 Red Hat, Inc and others.",
        names="ffi_",
    ),
    Part(
        "Expat",
        "Reads XML; a part of CPython.",
        "https://github.com/libexpat/libexpat",
        "MIT License",
        "Copyright (c) 1998-2000 Thai Open Source Software Center Ltd and Clark Cooper; "
        "2001-2017 Expat maintainers",
        mark=r"expat_[\d.]+",
    ),
    Part(
        "libmpdec",
        "Decimal numbers; a part of CPython.",
        "https://github.com/python/cpython/tree/main/Modules/_decimal/libmpdec",
        "libmpdec License",
        mark=r"libmpdec/context\.c",
    ),
    Part(
        "HACL*",
        "Hashes; a part of CPython.",
        "https://github.com/hacl-star/hacl-star",
        "MIT License",
        "Copyright (c) 2016-2022 INRIA, CMU and Microsoft Corporation; "
        "2022-2023 HACL* Contributors",
        mark=r"HACL\*",
    ),
    Part(
        "mimalloc",
        "Memory; a part of CPython.",
        "https://github.com/microsoft/mimalloc",
        "MIT License",
        "Copyright (c) 2018-2021 Microsoft Corporation, Daan Leijen",
        mark=r"mimalloc: error",
    ),
    Part(
        "Emscripten and musl",
        "The C library, and the glue that the compiler writes.",
        "https://github.com/emscripten-core/emscripten",
        "MIT License",
        "Copyright (c) 2010-2014 Emscripten authors; 2005-2012 Rich Felker",
        names="emscripten_",
    ),
    Part(
        "libc++, libc++abi and compiler-rt, of LLVM",
        "The C++ library, and what the compiler calls. LLVM's exceptions to its licence let "
        "compiled code go without a copy of it.",
        "https://github.com/llvm/llvm-project",
        "Apache License 2.0",
        names="_ZN?St|__cxa_",
    ),
)
