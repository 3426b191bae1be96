"""How pages cite: numbers, the list at the foot, and what stops the build.

The pages here go through Python-Markdown with the extensions the site uses, not through doubles.
"""

import os
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as etree

import pytest
from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from mkdocs.config.defaults import MkDocsConfig

from scripts.pages.fault import FaultsError
from scripts.sources.citations import Bibliography, load
from scripts.sources.extension import all_references

DATES = "year = {2020}, urldate = {2026-11-22}"
KEYS = ("alpha2001", "beta2002", "delta2004", "epsilon2005", "gamma2003")
BIB = "\n".join(
    f"@book{{{key}, author = {{{key[:-4].title()}, A.}}, "
    f"title = {{About {key}}}, year = {{{key[-4:]}}}, urldate = {{2026-11-22}}}}"
    for key in KEYS
)
EXTENSIONS = [
    "attr_list", "md_in_html", "tables", "toc", "pymdownx.superfences", "pymdownx.quotes",
    "pymdownx.blocks.details", "scripts.sources.extension",
]  # fmt: skip

Site = Callable[..., str]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """Return a function that writes a site into an empty folder and renders its page."""
    monkeypatch.chdir(tmp_path)

    def build(page: str, bib: str = BIB, tables: frozenset[str] = frozenset(KEYS)) -> str:
        Path("docs").mkdir(exist_ok=True)
        Path("docs/page.md").write_text(page, encoding="utf-8")
        Path("references.bib").write_text(bib, encoding="utf-8")
        return markdown(tables).convert(page)

    return build


def markdown(tables: frozenset[str], *more: Extension) -> Markdown:
    """Return Python-Markdown as the site uses it."""
    settings: dict[str, dict[str, object]] = {
        "scripts.sources.extension": {"tables": lambda: tables},
        "toc": {"permalink": True},
        "pymdownx.quotes": {"callouts": True},
    }
    return Markdown(extensions=[*EXTENSIONS, *more], extension_configs=settings)


def tree(html: str) -> etree.Element:
    """Read a page as a tree."""
    return etree.fromstring(f"<page>{html.replace('&para;', '').replace('&nbsp;', ' ')}</page>")


def numbers(html: str) -> list[str]:
    """Return what each citation of a page shows, in reading order."""
    return ["".join(sup.itertext()) for sup in tree(html).iter("sup")]


def listed(html: str) -> list[str]:
    """Return the ids of the references at the foot of a page, in their order."""
    items = tree(html).findall(".//section[@class='references']/details/ol/li/span")
    return [item.get("id", "") for item in items]


def problems(site: Site, page: str, **settings: object) -> list[str]:
    """Return the problems that stop the build."""
    with pytest.raises(FaultsError) as stopped:
        site(page, **settings)
    return str(stopped.value).strip().splitlines()


# --- numbers ------------------------------------------------------------------------------


def test_citations_are_numbered_as_they_are_read(site: Site) -> None:
    """Numbers follow the reader through headings, tables, nested lists and quotations."""
    html = site(
        "# A heading [@gamma2003]\n\n"
        "| a [@alpha2001] | b |\n| --- | --- |\n| c | d [@beta2002] |\n\n"
        "- one\n\n    - two [@delta2004]\n\n        > three [@epsilon2005]\n\n"
        "- four [@gamma2003]\n\n"
        "> [!WARNING]\n> **five [@beta2002]** and *six [@alpha2001]*\n"
    )
    assert numbers(html) == ["1", "2", "3", "4", "5", "1", "3", "2"]
    ordered = ("gamma2003", "alpha2001", "beta2002", "delta2004", "epsilon2005")
    assert listed(html) == [f"ref-{key}" for key in ordered]


def test_the_same_source_keeps_its_number_on_a_page(site: Site) -> None:
    """A source cited again has the number it had, and is listed once."""
    html = site("x [@beta2002] y [@alpha2001] z [@beta2002]")
    assert numbers(html) == ["1", "2", "1"]
    assert listed(html) == ["ref-beta2002", "ref-alpha2001"]


@pytest.mark.parametrize(
    ("cited", "shown"),
    [
        ("[@alpha2001; @beta2002]", "1,2"),
        ("[@alpha2001; @beta2002; @gamma2003]", "1–3"),
        ("[@alpha2001;@beta2002;@gamma2003;@epsilon2005]", "1–3,5"),
        ("[@epsilon2005; @alpha2001]", "1,5"),
        ("[@alpha2001; @alpha2001]", "1"),
        ("[@alpha2001;\n@beta2002]", "1,2"),
    ],
)
def test_runs_of_three_or_more_are_collapsed(site: Site, cited: str, shown: str) -> None:
    """A group shows its numbers in order, each once, and a run of three or more as a span."""
    first = "[@alpha2001] [@beta2002] [@gamma2003] [@delta2004] [@epsilon2005]"
    assert numbers(site(f"{first}\n\n{cited}"))[-1] == shown


def test_code_and_html_are_left_alone(site: Site) -> None:
    """What looks like a citation in code, raw HTML, an escape or a link is what it says."""
    html = site(
        "`[@alpha2001]`\n\n```\n[@alpha2001]\n```\n\n    [@alpha2001]\n\n"
        '<div title="[@alpha2001]">[@alpha2001]</div>\n\n\\[@alpha2001] [@alpha2001](https://a.org)\n'
    )
    assert numbers(html) == []
    assert "references" not in html
    assert html.count("[@alpha2001]") == 6
    assert '<a href="https://a.org">@alpha2001</a>' in html


def test_text_of_other_extensions_is_cited_in_its_place(site: Site) -> None:
    """A citation in an element that a block processor made has the number of its place."""
    site("text")
    html = markdown(frozenset(KEYS), Tables()).convert("a [@beta2002]\n\nTABLE\n\nb [@alpha2001]")
    assert numbers(html) == ["1", "2", "3"]
    assert listed(html) == ["ref-beta2002", "ref-gamma2003", "ref-alpha2001"]


class Tables(Extension):
    """Puts a table into the tree, as the site's blocks do."""

    def __init__(self, cell: str = "350 mg [@gamma2003]") -> None:
        super().__init__()
        self.cell = cell

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the block."""
        md.parser.blockprocessors.register(TableBlock(md.parser, self.cell), "test-table", 200)


class TableBlock(BlockProcessor):
    """Turns the paragraph TABLE into a table with a cell."""

    def __init__(self, parser: BlockParser, cell: str) -> None:
        super().__init__(parser)
        self.cell = cell

    def test(self, parent: etree.Element, block: str) -> bool:
        """Tell whether this is the block."""
        del parent
        return block == "TABLE"

    def run(self, parent: etree.Element, blocks: list[str]) -> None:
        """Put the table where the block stood."""
        blocks.pop(0)
        row = etree.SubElement(etree.SubElement(parent, "table"), "tr")
        etree.SubElement(row, "td").text = self.cell


# --- markup -------------------------------------------------------------------------------


def test_every_link_leads_to_an_element_of_the_page(site: Site) -> None:
    """Ids are unique, and each citation and each link back leads to one of them."""
    html = site("# x [@alpha2001]\n\n[@alpha2001; @beta2002; @gamma2003] [@beta2002] [@alpha2001]")
    ids = [element.get("id") for element in tree(html).iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert {link.get("href", "")[1:] for link in tree(html).iter("a")} <= set(ids)
    backs = tree(html).findall(".//li/a[@role='doc-backlink']")
    assert [back.get("aria-label") for back in backs[:3]] == [
        f"Back to citation {nth} of 3 of reference 1" for nth in (1, 2, 3)
    ]
    assert [back.get("aria-label") for back in backs[-1:]] == ["Back to citation of reference 3"]


def test_a_reference_can_be_shown_without_its_links_back(site: Site) -> None:
    """docs/assets/js/cite.js copies the child elements of what a citation leads to, no more."""
    page = tree(site("x [@alpha2001] y [@alpha2001]"))
    (link, _) = page.findall(".//sup/a")
    (target,) = page.findall(f".//*[@id='{link.get('href', '')[1:]}']")
    assert ["".join(child.itertext()) for child in target] == ["Alpha A. About alpha2001. 2001."]
    assert target.text is None


def test_the_list_is_open_under_a_heading_that_counts_it(site: Site) -> None:
    """A script of the page folds it, so that without scripts nothing is hidden."""
    (folded,) = tree(site("x [@alpha2001; @beta2002]")).findall(".//section/details")
    assert folded.get("open") is not None
    assert folded.findtext("summary/h2") == "References (2)"


def test_roles_and_names_say_what_a_link_is(site: Site) -> None:
    """The roles are DPUB-ARIA's, and every number is read with what it is a number of."""
    page = tree(site("x [@alpha2001; @beta2002; @gamma2003]"))
    assert [link.attrib["role"] for link in page.findall(".//sup/a")] == ["doc-biblioref"] * 2
    assert [link.attrib["aria-label"] for link in page.findall(".//sup/a")] == [
        "Reference 1, the first of 1 to 3",
        "Reference 3, the last of 1 to 3",
    ]
    (section,) = page.findall(".//section[@role='doc-bibliography']")
    assert section.find(f".//h2[@id='{section.get('aria-labelledby')}']") is not None
    assert not page.findall(".//li[@role]")


def test_a_citation_leaves_the_name_of_a_heading_alone(site: Site) -> None:
    """The number is in neither the id nor the contents, and the list of references is in both."""
    site("text")
    md = markdown(frozenset(KEYS))
    html = md.convert("# Title\n\n## Bone and serum [@alpha2001]\n\ntext")
    assert '<h2 id="bone-and-serum">' in html
    (top,) = md.toc_tokens
    assert [child["name"] for child in top["children"]] == ["Bone and serum", "References (1)"]


def test_a_page_without_citations_has_no_list(site: Site) -> None:
    """Nothing is added where nothing is cited."""
    assert site("plain *text*") == "<p>plain <em>text</em></p>"


def test_references_are_escaped(site: Site) -> None:
    """Markup and Markdown in an entry are shown as they are."""
    bib = "@book{a, title = {1<*x*>0 [@a] _b_ \\& `c`}, " + DATES + "}"
    assert "1&lt;*x*&gt;0 [@a] _b_ &amp; `c`." in site("x [@a]", bib, frozenset({"a"}))


def test_all_references_stand_in_the_alphabet_of_their_text(site: Site) -> None:
    """The list of all sources has one item for each entry, by its first author or title."""
    bib = (
        "@book{a, author = {Zeta, A.}, title = {T}, year = {2020}, urldate = {2026-11-22}}\n"
        "@book{b, author = {{alpha Group}}, title = {*T*}, year = {2020}, urldate = {2026-11-22}}\n"
        "@book{c, title = {Middle}, year = {2020}, urldate = {2026-11-22}}\n"
    )
    site("text", bib, frozenset("abc"))
    every = all_references(load(Path("references.bib"), Path("docs"), lambda: frozenset("abc")))
    assert [item.get("id") for item in every] == ["ref-b", "ref-c", "ref-a"]


def test_the_page_of_all_sources_may_cite_them(site: Site) -> None:
    """Where a page lists every source already, the ids stay unique."""
    site("text")
    known = load(Path("references.bib"), Path("docs"), lambda: frozenset(KEYS))
    html = markdown(frozenset(KEYS), Sources(known)).convert("x [@beta2002]\n\nTABLE")
    ids = [element.get("id") for element in tree(html).iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert set(listed(html)) == {"cited-beta2002"}
    assert {f"ref-{key}" for key in KEYS} <= set(ids)


class Sources(Tables):
    """Puts the list of all sources into the tree, as the site's blocks do."""

    def __init__(self, known: Bibliography) -> None:
        super().__init__()
        self.known = known

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the block."""
        block = SourcesBlock(md.parser, "")
        block.known = self.known
        md.parser.blockprocessors.register(block, "test-sources", 200)


class SourcesBlock(TableBlock):
    """Turns the paragraph TABLE into the list of all sources."""

    known: Bibliography

    def run(self, parent: etree.Element, blocks: list[str]) -> None:
        """Put the list where the block stood."""
        blocks.pop(0)
        parent.append(all_references(self.known))


def test_each_key_knows_the_pages_that_cite_it(site: Site) -> None:
    """The pages that cite a source are known by their paths, each once."""
    site("x [@alpha2001] [@alpha2001; @beta2002]")
    Path("docs/more").mkdir()
    Path("docs/more/other.md").write_text("y [@beta2002] `[@gamma2003]`", encoding="utf-8")
    cited = load(Path("references.bib"), Path("docs"), lambda: frozenset(KEYS)).cited_on
    assert cited["alpha2001"] == ("page.md",)
    assert cited["beta2002"] == ("more/other.md", "page.md")
    assert cited["gamma2003"] == ()


# --- what stops the build -----------------------------------------------------------------


def test_mkdocs_says_where_to_look(site: Site) -> None:
    """The message of MkDocs, which loads extensions before it reads a page, has file and line."""
    site("x")
    Path("docs/page.md").write_text("x [@alpha2011]", encoding="utf-8")
    settings = {"scripts.sources.extension": {"tables": lambda: frozenset(KEYS)}}
    config = MkDocsConfig()
    config.load_dict({"site_name": "x", "markdown_extensions": [settings]})
    message = "".join(str(error) for _, error in config.validate()[0])
    assert "docs/page.md:1: no source has the key 'alpha2011'; did you mean 'alpha2001'?" in message


def test_an_unknown_key_stops_the_build_with_its_line(site: Site) -> None:
    """The message names the file and line and suggests the key that was meant."""
    page = "---\ntitle: x\n---\n\n# x\n\ntext\ntext [@alpha2011]\n\n| a |\n| --- |\n| [@zzz] |\n"
    assert problems(site, page) == [
        "docs/page.md:8: no source has the key 'alpha2011'; did you mean 'alpha2001'?",
        "docs/page.md:12: no source has the key 'zzz'; add it to the bibliography",
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        "[@]", "[@Alpha2001]", "[@alpha2001, @beta2002]", "[@alpha2001; beta2002]", "[@alpha2001",
        "[@alpha2001; see *this*]", "[@alpha2001][@beta2002]", "[@ alpha2001]",
    ],
)  # fmt: skip
def test_a_malformed_citation_stops_the_build(site: Site, wrong: str) -> None:
    """Whatever sets out to be a citation and is none is refused, not printed."""
    (problem,) = problems(site, f"text\n\nx {wrong}\n")
    assert problem.startswith("docs/page.md:3: '[@")
    assert problem.endswith("is not a citation; write [@key] or [@key; @other-key]")


def test_a_citation_in_a_link_stops_the_build(site: Site) -> None:
    """A link cannot hold another link."""
    (problem,) = problems(site, "[text [@alpha2001]](https://a.org)")
    assert problem.startswith("docs/page.md:1: [@alpha2001] stands inside a link")


@pytest.mark.parametrize("cell", ["[@alpha2011]", "[@alpha2001, 5]"])
def test_text_of_other_extensions_is_checked(site: Site, cell: str) -> None:
    """A citation that an extension wrote is held to the same rules."""
    site("text")
    with pytest.raises(match="in text that an extension made: "):
        markdown(frozenset(KEYS), Tables(cell)).convert("TABLE")


def test_an_entry_that_nothing_uses_stops_the_build(site: Site) -> None:
    """An entry is used when a page cites it outside code, or a table of the calculator names it."""
    bib = "\n".join(f"@book{{{key}, title = {{T}}, {DATES}}}" for key in "abc")
    assert problems(site, "x [@b] `[@a]`", bib=bib, tables=frozenset({"c"})) == [
        "references.bib:1: nothing uses 'a'; cite it on a page as [@a], or delete the entry"
    ]


def test_a_table_that_names_no_entry_stops_the_build(site: Site) -> None:
    """No number without a source: the calculator's keys must be in the bibliography."""
    assert problems(site, "x", tables=frozenset({*KEYS, "alpha2011"})) == [
        "references.bib:1: the calculator's tables name 'alpha2011', which has no entry; "
        "did you mean 'alpha2001'?"
    ]


def test_a_missing_bibliography_stops_the_build(site: Site) -> None:
    """The message says which file was looked for."""
    site("x")
    Path("references.bib").unlink()
    with pytest.raises(match=r"references\.bib:1: this file does not exist"):
        markdown(frozenset())


def test_a_broken_bibliography_is_the_only_problem(site: Site) -> None:
    """The citations of the pages are not blamed for a bibliography that cannot be read."""
    (problem,) = problems(site, "x [@alpha2001]", bib="@article{alpha2001,\n  title = {T}\n")
    assert problem.startswith("references.bib:")
    assert "this is not BibTeX" in problem


def test_all_problems_are_told_at_once(site: Site) -> None:
    """A contributor sees every problem of every file in one go, in the order of the files."""
    bib = f"@book{{a, doi = {{x}}, {DATES}}}"
    messages = problems(site, "[@x]\n\n[@y", bib=bib, tables=frozenset())
    assert [p.split(": ")[0] for p in messages] == [
        "docs/page.md:1", "docs/page.md:3", *["references.bib:1"] * 3,
    ]  # fmt: skip


def test_the_bibliography_is_read_once_and_again_when_a_file_changes(site: Site) -> None:
    """Every page asks for it; it is read anew only after a page or the bibliography changed."""
    site("x")
    bib, docs = Path("references.bib"), Path("docs")
    first = load(bib, docs, lambda: frozenset(KEYS))
    assert load(bib, docs, lambda: frozenset(KEYS)) is first
    for path in (docs / "page.md", bib):
        os.utime(path, ns=(1, path.stat().st_mtime_ns + 1))
        assert load(bib, docs, lambda: frozenset(KEYS)) is not first
