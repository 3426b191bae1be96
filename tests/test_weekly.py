"""The weekly report: only what is stale, and nothing where nothing is."""

import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from scripts import pages, weekly
from tests.conftest import ROOT

TODAY = date(2027, 1, 2)
REAL = (ROOT / "references.bib").read_text(encoding="utf-8")


class Handler(BaseHTTPRequestHandler):
    """Answers with the status that the path names, and follows /moved to 200."""

    def do_GET(self) -> None:
        status = 301 if self.path == "/moved" else int(self.path.strip("/"))
        self.send_response(status)
        self.send_header("Content-Length", "0")
        if status == 301:
            self.send_header("Location", "/200")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the tests speak."""


@pytest.fixture
def origin() -> Iterator[str]:
    """Where that server is."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_only_a_dead_link_is_told(origin: str) -> None:
    """A page that is gone or a host that is not there; a refusal may be for programs alone."""
    places = [f"{origin}/{path}" for path in ("200", "moved", "403", "503", "404", "410")]
    places.append("http://127.0.0.1:9/")
    bib = "".join(f"@online{{k{nth},\n  url = {{{url}}},\n}}\n" for nth, url in enumerate(places))
    told = list(weekly.links(bib))
    assert [line.split("`")[1] for line in told] == ["k4", "k5", "k6"]
    assert told[0] == f"- `k4`: <{origin}/404> (status 404)"
    assert "no answer" in told[2]


def test_every_link_of_the_bibliography_is_looked_at() -> None:
    """One address for each entry that has one, whole."""
    found = weekly.addresses(REAL)
    assert len(found) == REAL.count("  url ") > 50
    assert all(f"{{{url}}}" in REAL.replace("\\", "") for url in found.values())


def test_a_page_is_overdue_from_the_day_after(tmp_path: Path) -> None:
    """On the day itself it is still due."""
    for name, due in (("a.md", "2027-01-01"), ("b.md", "2027-01-02"), ("c.md", "2027-01-03")):
        (tmp_path / name).write_text(f"---\nnext_review: {due}\n---\n", encoding="utf-8")
    assert list(weekly.overdue(tmp_path, TODAY)) == ["- `docs/a.md`: due 2027-01-01"]


def test_every_page_says_when_it_is_due() -> None:
    """The report reads the same date as the pages show."""
    docs = ROOT / "docs"
    due = {f"docs/{path.relative_to(docs).as_posix()}": path for path in docs.rglob("*.md")}
    told = dict(line[3:].split("`: due ") for line in weekly.overdue(docs, date.max))
    assert told == {k: str(pages.front_matter(path)["next_review"]) for k, path in due.items()}


def test_a_newer_version_is_told_by_both_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same version is not, and a registry that says nothing is."""
    ours = weekly.pins(ROOT)
    newest = ours | {"pyodide": "999.0.0", "mkdocs": ""}
    monkeypatch.setattr(weekly, "newest", newest.__getitem__)
    assert list(weekly.newer(ROOT)) == [
        f"- mkdocs: {ours['mkdocs']} here, unknown newest",
        f"- pyodide: {ours['pyodide']} here, 999.0.0 newest",
    ]


def test_nothing_to_do_is_an_empty_report(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Then the workflow opens no issue."""
    (tmp_path / "docs").mkdir()
    assert weekly.main(["--offline"], tmp_path, TODAY) == 0
    assert capsys.readouterr().out == ""
    (tmp_path / "docs" / "a.md").write_text("---\nnext_review: 2026-01-01\n---\n", "utf-8")
    assert weekly.main(["--offline"], tmp_path, TODAY) == 0
    assert capsys.readouterr().out == "## Reviews overdue\n\n- `docs/a.md`: due 2026-01-01\n"
