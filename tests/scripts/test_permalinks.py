"""The link beside a heading: for the mouse, and no part of the heading's name."""

from xml.etree import ElementTree

from markdown import markdown

from scripts.pages import permalinks


def test_the_link_is_out_of_the_name_and_of_the_tab_order() -> None:
    """It keeps its address; the heading's own links stay as they are."""
    page = markdown(
        "## Food [sources](x.md)",
        extensions=["toc", permalinks.makeExtension()],
        extension_configs={"toc": {"permalink": "#"}},
    )
    own, link = ElementTree.fromstring(page)
    assert link.attrib.items() >= {"href": "#food-sources", "aria-hidden": "true"}.items()
    assert link.attrib["tabindex"] == "-1"
    assert own.attrib == {"href": "x.md"}
