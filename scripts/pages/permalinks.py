"""Python-Markdown extension: the `¶` beside a heading is for the mouse alone.

The toc extension puts the link into the heading, whose name would end in it, and Tab would stop
at each. Whoever uses neither eyes nor mouse has the headings themselves, and the page's contents
link to each of them.
"""

from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor


class ForTheMouse(Treeprocessor):
    """Takes the links of the headings out of their names and out of the Tab order."""

    def run(self, root: Element) -> None:
        """Mark each link, which keeps its address and its title."""
        for link in root.iter("a"):
            if link.get("class") == "headerlink":
                link.attrib.update({"aria-hidden": "true", "tabindex": "-1"})


class Permalinks(Extension):
    """Runs after toc, which makes the links."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Register behind toc's priority of 5."""
        md.treeprocessors.register(ForTheMouse(md), "permalinks", 4)


def makeExtension(**settings: object) -> Permalinks:
    """Return the extension, as Python-Markdown asks for it."""
    return Permalinks(**settings)
