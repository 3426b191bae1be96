"""What every entry of the site's own bibliography must have."""

from collections.abc import Callable
from urllib.parse import urlsplit

from calculator.tables.sources import OUR_OWN, SOURCES, Source
from scripts.publish.downloads import without_no_date
from scripts.sources.bibtex import NO_DATE, Reference, read_references
from scripts.sources.entries import calculator_keys, is_day, read_bibliography
from scripts.sources.vancouver import to_text
from tests.conftest import ROOT

BIB = ROOT / "references.bib"
REFERENCES, PROBLEMS = read_bibliography(BIB)

# The article that the site's pages are written from cites these, in this order.
OWN = (
    "fiorentini2021", "uwitonze2018", "rondanelli2021", "groenendijk2022", "veronese2017",
    "cui2022women", "welch2017", "statpearls-hypermagnesaemia",
)  # fmt: skip


def test_the_bibliography_has_no_fault() -> None:
    """Keys, order, identifiers, addresses and dates are as the build asks for."""
    assert PROBLEMS == []


def test_the_references_of_the_article_are_there() -> None:
    """Each of the article's 8 references has an entry."""
    assert set(OWN) <= REFERENCES.keys()


def failing(holds: Callable[[Reference], object]) -> list[str]:
    """Return the key of every entry for which something does not hold."""
    return [key for key, reference in REFERENCES.items() if not holds(reference)]


def test_an_entry_says_when_it_was_last_looked_at() -> None:
    """Every entry has the day somebody last looked for support for it."""
    assert failing(lambda reference: is_day(reference.get("urldate"))) == []


def test_an_entry_can_be_found_by_a_reader() -> None:
    """Every entry has an identifier or an address, is a printed book, or is our own rules."""

    def findable(reference: Reference) -> bool:
        printed = reference.type == "book" and reference.get("publisher") and reference.get("year")
        lasting = any(map(reference.get, ("doi", "pmid", "pmcid", "url")))
        return bool(lasting or printed or reference.key == OUR_OWN)

    assert failing(findable) == []


def test_an_entry_reads_as_whole_sentences() -> None:
    """No field that is missing leaves stray punctuation behind."""
    strays = ("..", " .", " ;", " ,", "; .", ": .", "  ", ". ;")

    def whole(reference: Reference) -> bool:
        text = to_text(reference)
        return text[0].isalnum() and not any(stray in text for stray in strays)

    assert failing(whole) == []


def test_an_article_can_be_found_in_its_journal() -> None:
    """An article has a journal, and a volume or an identifier that leads to the article.

    The journal of spencer1994 has not been confirmed yet: its PMID leads to it.
    """
    leads = ("volume", "doi", "pmid", "pmcid", "url")

    def named(reference: Reference) -> bool:
        journal = reference.get("journal") or reference.key == "spencer1994"
        return reference.type != "article" or bool(journal and any(map(reference.get, leads)))

    assert failing(named) == []


# Where an article with an identifier may be: a registry, or a publisher, whose addresses last.
LASTING = frozenset(
    """
    doi.org pubmed.ncbi.nlm.nih.gov pmc.ncbi.nlm.nih.gov www.ncbi.nlm.nih.gov
    bmcmedicine.biomedcentral.com bmjopen.bmj.com cochranelibrary.com link.springer.com
    www.cambridge.org www.degruyter.com www.efsa.europa.eu www.hindawi.com www.mdpi.com
    www.nature.com
    """.split()
)


def test_an_article_with_an_identifier_has_an_address_that_lasts() -> None:
    """Reference managers take the address; the copy that was read is named in the note."""

    def lasting(reference: Reference) -> bool:
        identified = reference.type == "article" and (reference.get("doi") or reference.get("pmid"))
        return not identified or urlsplit(reference.get("url")).netloc in LASTING

    assert failing(lasting) == []


def test_no_year_is_made_up_for_a_reference_manager() -> None:
    """The BibTeX that readers take away leaves the year out where a source has none."""
    taken = {one.key: one for one in read_references(without_no_date(BIB.read_text("utf-8")))}
    assert taken.keys() == REFERENCES.keys()
    for key, reference in REFERENCES.items():
        year = reference.get("year")
        assert taken[key].get("year") == ("" if year == NO_DATE else year), key


def test_the_checks_name_each_source_as_the_bibliography_does() -> None:
    """Its title and its address, by DOI where it has one, so that a copied result stands alone."""
    for key in calculator_keys():
        entry = REFERENCES[key]
        address = f"https://doi.org/{entry.get('doi')}" if entry.get("doi") else entry.get("url")
        assert SOURCES.get(key) == Source(entry.get("title"), address), key
    assert set(SOURCES) == calculator_keys()
