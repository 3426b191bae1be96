"""Rules about links: their words, and that they lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from scripts.lint.text import Text
from scripts.pages.fault import Fault
from scripts.sources import entries

_EMPTY = re.compile(r"(?:click )?here|this(?: page| link| site)?|link|(?:read |see )?more|", re.I)


def links(text: Text) -> Iterator[tuple[int, str, str]]:
    """Yield each link's line, words and address."""
    for block in text.blocks:
        opened, address, line = 0, "", block.line
        for nth, token in enumerate(block.tokens):
            line += token.type in ("softbreak", "hardbreak")
            if token.type == "link_open":
                opened, address = nth, str(token.attrs.get("href"))
            elif token.type == "link_close":
                inside = block.tokens[opened + 1 : nth]
                words = "".join(part.content for part in inside)
                yield line, words, address


def link_text(text: Text) -> Iterator[Fault]:
    """The words of a link say where it leads, without the sentence around it.

    Link the name of what is there: not "here", "this" or "more".
    Why: screen readers list the links of a page, and ten times "here" lists nothing.
    """
    for line, words, address in links(text):
        if _EMPTY.fullmatch(words.strip(" .!")):
            yield text.fault(line, f"the link '{words}' does not say where it leads ({address})")


_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>)\]]+[^\s<>)\].,;:!?]")


def bare_url(text: Text) -> Iterator[Fault]:
    """No address stands in the text: it is a link with words, `[the NHS page](https://...)`.

    A source goes into the bibliography and is cited.
    Why: a screen reader spells an address out, and the site does not make a link of it.
    """
    for line, address in text.find(_ADDRESS) if text.is_page else ():
        message = f"'{address[0]}' is a bare address; write [words](address), or cite it"
        yield text.fault(line, message)


def broken_link(text: Text) -> Iterator[Fault]:
    """A link inside the site leads to a page, a file or a section that exists.

    Link to the file, as `bone.md` or `../food.md`, and to a section by its heading in small
    letters with hyphens.
    Why: readers who land nowhere do not come back. The build checks it too, but later.
    """
    for line, _, address in links(text):
        if re.match(r"[a-z][a-z0-9+.-]*:", address, re.IGNORECASE):
            continue
        name, _, anchor = address.partition("#")
        target = (text.path.parent / name).resolve() if name else text.path.resolve()
        page = text.site.by_path.get(target)
        if name.startswith("/"):
            yield text.fault(
                line, f"'{address}' begins at the host; write it from this page, as bone.md"
            )
        elif page is None and not target.is_file():
            known = sorted(path.name for path in text.site.by_path)
            hint = entries.did_you_mean(Path(name).name, known, "")
            yield text.fault(line, f"there is no '{name}'{hint}")
        elif page and anchor and anchor not in page.ids:
            hint = entries.did_you_mean(anchor, page.ids, "")
            yield text.fault(line, f"'{name or text.path.name}' has no section '{anchor}'{hint}")


_SCHEMES = ("http", "https", "mailto", "tel")
# What a browser skips in an address before it looks at its scheme.
_SKIPPED = re.compile(r"[\x00-\x20\x7f]")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)


def link_scheme(text: Text) -> Iterator[Fault]:
    """A link leads to a page, as `https:`, to mail, as `mailto:`, or to a phone, as `tel:`.

    Why: an address such as `javascript:` runs code in the page of whoever follows it.
    """
    addresses = [(line, address) for line, _, address in links(text)]
    addresses += [
        (line, attributes.get("href", ""))
        for line, tag, attributes in text.elements
        if tag in ("a", "area")
    ]
    for line, address in addresses:
        scheme = _SCHEME.match(_SKIPPED.sub("", unquote(address)))
        if scheme and scheme[1].lower() not in _SCHEMES:
            message = f"a link begins with '{scheme[0]}'; write one of {', '.join(_SCHEMES)}"
            yield text.fault(line, message)


_LOADING = ("src", "srcset", "poster", "data", "background", "ping", "style", "xlink:href")
_NEVER = (
    *("iframe", "frame", "object", "embed", "applet", "script", "style"),
    *("link", "base", "meta", "form"),
)
_ELSEWHERE = re.compile(r"(?:^|[\s,(\"'])(?:https?:)?//", re.IGNORECASE)


def remote_content(text: Text) -> Iterator[Fault]:
    """A page loads nothing from other sites and runs nothing: no picture, frame or script.

    Put a picture into docs/assets/, and link to what stands elsewhere.
    Why: whoever reads a page is seen by each site that a part of it comes from.
    """
    for line, token in text.inline:
        address = str(token.attrs.get("src", "")) if token.type == "image" else ""
        if _ELSEWHERE.search(address):
            message = f"the picture '{address}' comes from another site; put it into docs/assets/"
            yield text.fault(line, message)
    for line, tag, attributes in text.elements:
        if tag in _NEVER:
            yield text.fault(line, f"<{tag}> has no place on a page; link to what it shows")
        for name, value in attributes.items():
            if name.startswith("on"):
                yield text.fault(line, f"{name}= runs code in the page; leave it out")
            loads = name in _LOADING or (name == "href" and tag not in ("a", "area", *_NEVER))
            if loads and tag not in _NEVER and _ELSEWHERE.search(value):
                yield text.fault(line, f"<{tag}> loads '{value}' from another site; leave it out")
