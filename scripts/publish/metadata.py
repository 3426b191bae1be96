"""JSON-LD for search engines: what a page is, when it was reviewed, and what it cites.

The names are those of schema.org. The head's other names stand in
scripts/theme/partials/metadata.html.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

from calculator import __version__
from calculator.words.form import FORMS
from scripts.data import tables
from scripts.publish.data import LICENCE
from scripts.publish.page import Page, pages
from scripts.sources.bibtex import Reference, address_of
from scripts.sources.entries import BIB, read_bibliography

Node = dict[str, object]

LICENCE_OF_CODE = "https://opensource.org/license/mit"
KINDS = {"article": "ScholarlyArticle", "book": "Book", "techreport": "Report", "online": "WebPage"}
ABOUT: list[Node] = [
    {"@type": "Thing", "name": "Magnesium"},
    {"@type": "AnatomicalStructure", "name": "Bone"},
]
AUDIENCE: Node = {"@type": "MedicalAudience", "audienceType": "Patients and the public"}

_WRITTEN = re.compile(r'<script type="application/ld\+json">.*?</script>', re.DOTALL)


def write(site: Path) -> None:
    """Put its JSON-LD into the head of every page of a built site."""
    references, _ = read_bibliography(BIB)
    by_folder = {page.folder: page for page in pages(site)}
    for folder, page in by_folder.items():
        parents = [by_folder[up] for up in above(folder) if up in by_folder]
        html = with_data(page.html, graph(page, parents, references))
        (site / folder / "index.html").write_bytes(html.encode())


def with_data(html: str, nodes: list[Node]) -> str:
    """Return a page with these nodes at the end of its head, and none that it had."""
    data = json.dumps({"@context": "https://schema.org", "@graph": nodes}, separators=(",", ":"))
    # No text of ours may end the script.
    script = f'<script type="application/ld+json">{data.replace("<", chr(92) + "u003c")}</script>'
    return _WRITTEN.sub("", html).replace("</head>", f"{script}</head>", 1)


def above(folder: str) -> list[str]:
    """Return the folders that a folder stands in, the site's own first."""
    parts = folder.split("/") if folder else []
    return ["/".join(parts[:n]) for n in range(len(parts))]


def graph(page: Page, parents: list[Page], references: Mapping[str, Reference]) -> list[Node]:
    """Return what is told about a page, and about what it holds."""
    nodes = [of_page(page, [references[key] for key in page.cited])]
    if parents and page.address:
        nodes.append(of_place([*parents, page]))
    if page.folder == "evidence":
        nodes.append(of_data(page, "claims and verdicts", page.address, ["claims"]))
    if page.folder == "about/data":
        folder = f"{page.address.removesuffix('about/data/')}{tables.FOLDER}/"
        nodes.append(of_data(page, "data", folder, [one.name for one in tables.TABLES]))
    checks = [name for name in FORMS if f'data-check="{name}"' in page.html]
    return nodes + [of_check(page, name) for name in checks]


def of_page(page: Page, cited: list[Reference]) -> Node:
    """Return the page itself. The pages about the site are not about medicine."""
    medical = not page.folder.startswith("about")
    return filled(
        {
            "@type": "MedicalWebPage" if medical else "WebPage",
            "@id": page.address,
            "url": page.address,
            "name": page.title,
            "description": page.description,
            "inLanguage": "en-GB",
            "isPartOf": {"@type": "WebSite", "name": page.site},
            "author": [organisation(name) for name in page.authors],
            "version": __version__,
            "lastReviewed": page.reviewed.isoformat(),
            "reviewedBy": [{"@type": "Person", "name": name} for name in page.reviewers],
            "license": LICENCE,
            "isAccessibleForFree": True,
            "about": ABOUT if medical else [],
            "audience": AUDIENCE if medical else {},
            "citation": [citation(reference) for reference in cited],
        }
    )


def citation(reference: Reference) -> Node:
    """Return a source by its address, which tells the rest; by its title where it has none."""
    doi = reference.get("doi")
    address = address_of(doi) if doi else reference.get("url")
    told = {"@id": address} if address else {"name": reference.get("title")}
    return {"@type": KINDS.get(reference.type, "CreativeWork"), **told}


def of_place(trail: list[Page]) -> Node:
    """Return the way to a page from the front page."""
    items = [
        {"@type": "ListItem", "position": nth, "name": page.title, "item": page.address}
        for nth, page in enumerate(trail, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def of_data(page: Page, name: str, folder: str, names: list[str]) -> Node:
    """Return tables as data, with the address of each of their files."""
    files = {f"{one}.{kind}": words for one in names for kind, words in tables.KINDS.items()}
    return filled(
        {
            "@type": "Dataset",
            "name": f"{page.site}: {name}",
            "description": page.description,
            "url": page.address,
            "creator": [organisation(name) for name in page.authors],
            "version": __version__,
            "license": LICENCE,
            "isAccessibleForFree": True,
            "distribution": [
                {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": folder + file}
                for file, kind in files.items()
                if page.address
            ],
        }
    )


def of_check(page: Page, name: str) -> Node:
    """Return a check as a program that costs nothing and runs in any browser."""
    return filled(
        {
            "@type": "SoftwareApplication",
            "name": FORMS[name].title,
            "url": f"{page.address}#{name}" if page.address else "",
            "applicationCategory": "HealthApplication",
            "operatingSystem": "Any",
            "softwareRequirements": "A browser with JavaScript and WebAssembly",
            "softwareVersion": __version__,
            "author": [organisation(author) for author in page.authors],
            "license": LICENCE_OF_CODE,
            "offers": {"@type": "Offer", "price": "0", "priceCurrency": "GBP"},
        }
    )


def organisation(name: str) -> Node:
    """Return a group of people by its name."""
    return {"@type": "Organization", "name": name}


def filled(node: Node) -> Node:
    """Return a node without what is empty."""
    return {name: value for name, value in node.items() if value}
