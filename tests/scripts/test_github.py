"""What GitHub reads: workflows with least rights, forms that links can fill in, true paths."""

import json
import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import TypedDict
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from calculator.words.form import FORMS as FORMS_OF_CHECKS
from scripts import dev
from scripts.blocks import challenge
from scripts.blocks import extension as blocks
from tests.bench import __main__ as bench
from tests.bench import report
from tests.conftest import ROOT
from tests.trust import report as trust

GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted(
    set((GITHUB / "ISSUE_TEMPLATE").glob("*.yml")) - {GITHUB / "ISSUE_TEMPLATE/config.yml"}
)
FACTS = (ROOT / "scripts" / "theme" / "partials" / "page-facts.html").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
# The files that are mended, each with the blocks that show it; and the pages that are written.
KEPT, WRITTEN = (
    json.loads(FACTS.split(f"set {name} = ")[1].partition(" -%}")[0])
    for name in ("kept", "written")
)

every_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
every_form = pytest.mark.parametrize("path", FORMS, ids=lambda path: path.name)

Job = TypedDict("Job", {"permissions": dict[str, str], "timeout-minutes": int, "steps": list[dict]})


def read(path: Path) -> dict:
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def jobs(path: Path) -> list[Job]:
    return list(read(path)["jobs"].values())


def commands(path: Path) -> list[str]:
    return [step["run"] for job in jobs(path) for step in job["steps"] if "run" in step]


# --------------------------------------------------------------------------- the judges


def test_the_judge_of_schemas_would_find_a_fault(tmp_path: Path) -> None:
    """A form with a question that has no words does not pass; `dev.py lint` asks about ours."""
    bad = read(GITHUB / "ISSUE_TEMPLATE" / "hazard.yml")
    del bad["body"][1]["attributes"]["label"]
    (tmp_path / "bad.yml").write_text(yaml.safe_dump(bad), encoding="utf-8")
    (judge,) = [command for title, command in dev.checks() if "issue-forms" in title]
    command = [sys.executable, *judge[1:5], str(tmp_path / "bad.yml")]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "'label' is a required property" in ran.stdout


def test_every_file_that_github_reads_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """A workflow or a form that `dev.py lint` did not name would pass unread."""
    monkeypatch.chdir(ROOT)
    judged = {
        Path(word) for _, command in dev.checks() for word in command if word.startswith(".github")
    }
    expected = {*WORKFLOWS, *(GITHUB / "ISSUE_TEMPLATE").glob("*.yml"), GITHUB / "dependabot.yml"}
    assert judged == {path.relative_to(ROOT) for path in expected}


# --------------------------------------------------------------------------- least rights


@every_workflow
def test_a_workflow_has_no_right_that_a_job_does_not_name(path: Path) -> None:
    """Nothing for all; each job says what it needs, and ends."""
    assert read(path)["permissions"] == {}
    for job in jobs(path):
        assert "permissions" in job
        assert job["timeout-minutes"] <= 60


def test_a_pull_request_can_write_nothing_and_is_told_nothing() -> None:
    """A stranger's code runs in it: no right to write, no secret, none of the base's."""
    path = GITHUB / "workflows" / "check.yml"
    # YAML 1.1 reads the key `on` as true.
    assert read(path)[True] == {"pull_request": None}
    assert [job["permissions"] for job in jobs(path)] == [{"contents": "read"}]
    assert "secrets" not in path.read_text(encoding="utf-8")


@every_workflow
def test_an_action_is_pinned_by_the_commit_of_a_release(path: Path) -> None:
    """A tag can be moved; the version beside it is for people and Dependabot."""
    text = path.read_text(encoding="utf-8")
    uses = re.findall(r"uses: (.*)", text)
    assert uses
    assert [
        one for one in uses if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one)
    ] == []
    for job in jobs(path):
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


def test_an_action_has_one_version_everywhere() -> None:
    """Two pins of one action would drift apart."""
    text = "".join(path.read_text(encoding="utf-8") for path in WORKFLOWS)
    pins = set(re.findall(r"uses: (\S+)@(.*)", text))
    assert len({name for name, _ in pins}) == len(pins)


@every_workflow
def test_a_command_is_never_made_of_what_others_typed(path: Path) -> None:
    """Values reach a command through its environment only."""
    assert not [command for command in commands(path) if "${{" in command]


# --------------------------------------------------------------------------- true commands


@every_workflow
def test_a_workflow_runs_what_there_is(path: Path) -> None:
    """Every script, module and command of dev.py that it names exists."""
    text = "\n".join(commands(path))
    for script in re.findall(r"python3 (\S+\.py)", text):
        assert (ROOT / script).is_file(), script
    for module in re.findall(r"-m (scripts\.\w+)", text):
        assert (ROOT / f"{module.replace('.', '/')}.py").is_file(), module
    assert set(re.findall(r"scripts/dev\.py (\w+)", text)) <= dev.COMMANDS.keys()


def test_the_check_is_the_readmes_command() -> None:
    """What passes on a contributor's computer passes there; no slow case is left out."""
    command = "python3 scripts/dev.py test"
    assert f"{command} --all" in commands(GITHUB / "workflows" / "check.yml")
    assert command in (ROOT / "README.md").read_text(encoding="utf-8")
    assert command in CONTRIBUTING


def test_the_site_is_built_once_with_the_addresses_of_its_repository() -> None:
    """One build, uploaded as it is; every address that mkdocs.yml reads is set, none by name."""
    path = GITHUB / "workflows" / "deploy.yml"
    builds = [s for job in jobs(path) for s in job["steps"] if "dev.py build" in s.get("run", "")]
    assert len(builds) == 1
    names = set(re.findall(r"!ENV \[?(\w+)", (ROOT / "mkdocs.yml").read_text(encoding="utf-8")))
    assert set(builds[0]["env"]) == names == {"SITE_URL", "REPO_URL", "EDIT_URI"}
    assert all("${{ " in value for value in builds[0]["env"].values())


def test_pages_that_are_switched_off_fail_before_any_work_is_done() -> None:
    """The first step of a deployment asks for the site, and the build takes its address."""
    path = GITHUB / "workflows" / "deploy.yml"
    first = jobs(path)[0]["steps"][0]
    assert first["uses"].startswith("actions/configure-pages@")
    (build,) = [step for step in jobs(path)[0]["steps"] if "SITE_URL" in step.get("env", {})]
    assert build["env"]["SITE_URL"] == f"${{{{ steps.{first['id']}.outputs.base_url }}}}/"


def test_a_deployment_does_not_run_the_slow_cases_again() -> None:
    """The pull request passed them; a site that is to be mended would wait for them."""
    ran = commands(GITHUB / "workflows" / "deploy.yml")
    assert [one for one in ran if "dev.py test" in one] == ["python3 scripts/dev.py test"]


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a checkout of git")
def test_git_gives_every_computer_the_same_bytes() -> None:
    """A file is text that ends its lines with LF, on Windows too, or is marked as binary."""
    command = ["git", "ls-files", "--eol"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    kinds = {" ".join(line.split("\t")[0].split()) for line in listed.splitlines()}
    lines = {f"i/{end} w/{end} attr/text=auto eol=lf" for end in ("lf", "none")}
    assert kinds <= lines | {"i/-text w/-text attr/-text"}
    assert len(kinds) > 1


def test_hooks_and_the_container_run_our_own_commands() -> None:
    """Nothing is fetched from anyone else's repository."""
    hooks = read(ROOT / ".pre-commit-config.yaml")["repos"]
    assert [one["repo"] for one in hooks] == ["local"]
    container = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text("utf-8"))
    entries = [hook["entry"] for hook in hooks[0]["hooks"]] + [container["postAttachCommand"]]
    for entry in entries:
        assert entry.removeprefix("python3 scripts/dev.py ") in dev.COMMANDS


def test_owners_are_asked_about_paths_that_exist() -> None:
    """A path that moved would lose its owner without a word."""
    lines = (GITHUB / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    paths = [line.split()[0] for line in lines if line.startswith("/")]
    assert paths
    assert [path for path in paths if not (ROOT / path.strip("/")).exists()] == []
    names = [name for line in lines if not line.startswith("#") for name in line.split()[1:]]
    assert [name for name in names if not re.fullmatch(r"@[\w-]+(/[\w-]+)?", name)] == []


@pytest.mark.skipif(not shutil.which("bash"), reason="the workflow's lines are bash's")
@pytest.mark.parametrize(
    ("dead", "number", "expected"),
    [
        ("0", "", []),
        ("2", "", ["issue create --title Links that no longer answer --body-file report.md"]),
        ("2", "7", ["issue edit 7 --body-file report.md"]),
    ],
)
def test_the_weekly_issue_is_opened_once_and_then_kept_up_to_date(
    tmp_path: Path, dead: str, number: str, expected: list[str]
) -> None:
    """The workflow's own lines, with a `gh` that writes down what it is asked."""
    (tmp_path / "report.md").write_text("## Links\n", encoding="utf-8")
    gh = tmp_path / "gh"
    gh.write_text(f'#!/bin/sh\n[ "$2" = list ] && echo "{number}" || echo "$@" >> asked\n', "utf-8")
    gh.chmod(0o755)
    (command,) = [one for one in commands(GITHUB / "workflows" / "weekly.yml") if "gh " in one]
    environment = {
        "PATH": f"{tmp_path}:{os.environ['PATH']}",
        "TITLE": "Links that no longer answer",
        "DEAD": dead,
        "GITHUB_STEP_SUMMARY": "summary",
    }
    # The shell and its options as GitHub runs a step that names none.
    shell = ["bash", "-e", "-c", command]
    ran = subprocess.run(shell, cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, b"")
    asked = tmp_path / "asked"
    assert (asked.read_text("utf-8").splitlines() if asked.exists() else []) == expected
    assert (tmp_path / "summary").read_text("utf-8") == "## Links\n"


# --------------------------------------------------------------------------- forms and links


def ids(path: Path) -> list[str]:
    return [field["id"] for field in read(path)["body"] if "id" in field]


@every_form
def test_a_form_can_be_opened_for_a_page(path: Path) -> None:
    """Its id `where` takes the page's address, and the foot of every page opens it."""
    assert "where" in ids(path)
    assert f"report ~ '{path.name}'" in FACTS


def test_every_form_that_a_page_opens_exists() -> None:
    """A link to a form that is gone would open an empty list."""
    assert set(re.findall(r"report ~ '([\w.-]+)'", FACTS)) == {path.name for path in FORMS}


def test_a_challenge_fills_in_the_form(monkeypatch: pytest.MonkeyPatch) -> None:
    """The names that the links use are ids of the form, and never change."""
    path = GITHUB / "ISSUE_TEMPLATE" / "wrong-number.yml"
    assert {"value", "source", "where"} <= set(ids(path))
    monkeypatch.setenv("REPO_URL", "https://code.example/a/b")
    for value in challenge.values("serum"):
        query = parse_qs(urlsplit(challenge.of_value(value)).query)
        assert query.pop("template") == [path.name]
        assert query.keys() == {"value", "source", "where", "title"}


def test_a_hazard_is_asked_for_in_the_four_steps_of_its_log() -> None:
    """Cause, effect, hazard, harm: each must be answered."""
    fields = read(GITHUB / "ISSUE_TEMPLATE" / "hazard.yml")["body"]
    needed = [one["id"] for one in fields if one.get("validations", {}).get("required")]
    assert needed == ["where", "cause", "effect", "hazard", "harm"]


def test_a_page_leads_to_the_files_of_what_it_shows() -> None:
    """Who edits the page alone would look for the numbers, or the questions, in vain."""
    files = {
        name: {challenge.values(name)[0].file} for name in blocks.TABLES if challenge.values(name)
    }
    files |= {"claims": {"docs/evidence/claims.csv"}, "sources": {"references.bib"}}
    files |= {f"examples-{one}": {f"tests/examples/{one}.csv"} for one in ("serum", "intake")}
    files |= {f"check-{one}": {"calculator/words/form.py"} for one in FORMS_OF_CHECKS}
    kept = {block: {file for file in KEPT if block in KEPT[file]} for block in files}
    assert kept == files
    assert {block for shown in KEPT.values() for block in shown} == files.keys()
    assert all((ROOT / file).is_file() for file in KEPT)


def mended(text: str) -> list[str]:
    """The files of what a page shows, in the order in which its foot leads to them."""
    written = re.findall(r"^/// (\w+) \| ([\w-]+)$", text, re.MULTILINE)
    shown = {f"check-{one}" if kind == "check" else one for kind, one in written}
    return [file for file, shows in KEPT.items() if shown & set(shows)]


def test_a_page_that_a_program_writes_leads_to_what_it_is_written_from() -> None:
    """A word mended in the page itself would be gone at the next run."""
    assert {"docs/" + name: file for name, file in WRITTEN.items()} == {
        bench.PAGE.relative_to(ROOT).as_posix(): report.TEMPLATE.relative_to(ROOT).as_posix(),
        trust.PAGE.relative_to(ROOT).as_posix(): trust.TEMPLATE.relative_to(ROOT).as_posix(),
    }


class Links(HTMLParser):
    """The links of a built page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if tag == "a" and name == "href" and value]


@pytest.mark.browser
def test_a_forks_pages_lead_to_the_fork(built: Path, tmp_path: Path) -> None:
    """With the addresses as deploy.yml sets them: edit, table, and each form with its page."""
    assert built  # The runtime that the pages need is there.
    fork, home = "https://github.com/somebody/fork", "https://somebody.github.io/fork/"
    addresses = {"REPO_URL": fork, "EDIT_URI": "edit/trunk/docs/", "SITE_URL": home}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path)]
    environment = {**os.environ, **addresses}
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr.decode()
    for page in (ROOT / "docs").rglob("*.md"):
        name = page.relative_to(ROOT / "docs").as_posix()
        place = name.removesuffix(".md").removesuffix("index").rstrip("/")
        text = (tmp_path / place / "index.html").read_text(encoding="utf-8")
        links = Links(text[text.index('class="page-facts"') :]).found
        files = [WRITTEN.get(name, f"docs/{name}"), *mended(page.read_text("utf-8"))]
        edits = [one for one in links if one.startswith(f"{fork}/edit/")]
        assert edits == [f"{fork}/edit/trunk/{file}" for file in files]
        told = [parse_qs(urlsplit(one).query) for one in links if f"{fork}/issues/new?" in one]
        where = f"{home}{place}/" if place else home
        assert [one["where"] for one in told] == [[where]] * len(FORMS)
        assert [one for one in links if "github.com" in one and not one.startswith(fork)] == []


# --------------------------------------------------------------------------- CONTRIBUTING


def test_the_three_doors_are_on_one_screen() -> None:
    """Words, numbers and sources, code: before anything has to be scrolled."""
    screen = "\n".join(CONTRIBUTING.splitlines()[:15])
    for door in ("**fix words**", "**change a number or a source**", "**change code**"):
        assert door in screen


@pytest.mark.parametrize("thing", ["food", "source", "claim", "page", "lint rule"])
def test_each_how_to_is_there(thing: str) -> None:
    """Numbered steps under a heading of its own."""
    section = CONTRIBUTING.split(f"### Add a {thing}\n")[1].split("\n#")[0]
    assert "1. " in section


def test_every_path_that_is_named_exists() -> None:
    """A guide to files that moved is worse than none."""
    texts = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "references.bib"]
    texts += [*(ROOT / "docs").rglob("*.md"), *GITHUB.rglob("*.md")]
    path = r"(?<![\w/.-])((?:docs|calculator|scripts|tests|\.github)/[\w./-]*[\w/])"
    named = {
        (text.name, one) for text in texts for one in re.findall(path, text.read_text("utf-8"))
    }
    links = re.findall(r"\]\(([^)#]+)\)", CONTRIBUTING)
    named |= {("CONTRIBUTING.md", link) for link in links if "://" not in link}
    # NAME.md and RULE.md stand for what the reader adds.
    paths = {(text, one) for text, one in named if not re.search(r"/[A-Z]+\.md$", one)}
    assert len(paths) > 50
    assert {(text, one) for text, one in paths if not (ROOT / one).exists()} == set()


def test_every_heading_that_is_linked_exists() -> None:
    """By the id that GitHub gives it."""
    headings = re.findall(r"^#+ (.*)$", CONTRIBUTING, re.MULTILINE)
    known = {heading.lower().replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", CONTRIBUTING)) <= known


def test_every_decision_is_short_and_linked() -> None:
    """What was chosen, what it costs, when to look again, in about 20 lines."""
    for path in (GITHUB / "decisions").glob("*.md"):
        text = path.read_text(encoding="utf-8")
        assert f".github/decisions/{path.name}" in CONTRIBUTING
        assert len(text.splitlines()) <= 24, path.name
        for part in ("**Chosen.**", "**What it costs.**", "**Look again**"):
            assert part in text, path.name
