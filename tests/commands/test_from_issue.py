"""``digest from-issue`` makes an entry of a form. Hostile text in it stays text."""

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.codec.decode import decode
from generator.commands.add import RecordFinder
from generator.commands.from_issue import run
from generator.fetch.cache import ResponseCache
from generator.fetch.client import Client, Clock, Limits
from generator.fetch.sites import SITES
from generator.importers.issue_form import LABELS, WRITERS
from generator.importers.raw_paper import Options
from generator.model.paper import Paper
from generator.store import yaml_file
from tests.commands.test_add import RECORDS, _bytes_of
from tests.conftest import ROOT
from tests.support.command import digest
from tests.support.playing_server import Reply, playing

FORMS = ROOT / ".github/ISSUE_TEMPLATE"
HOSTILE = json.loads((ROOT / "tests/cases/hostile.json").read_text("utf-8"))
TOLD = Options(origin="issue 7", added="2026-05-02")
BY_HAND = {
    "title": "Owls at $O(n)$ o'clock: a field study",
    "authors": "- Ada Byron; University of London; https://orcid.org/0000-0002-1825-0097\n- Bo Elm\net al.",
    "venue": "Conf & Co <b> 2025",
    "topics": "Cats {{ and }} {% kin %}\ndogs\nOwls",
    "keywords": "owls, night",
    "arxiv": "https://arxiv.org/abs/2502.00001v3",
    "links": "code: https://code.example/owls\nhttps://owls.example/",
    "published": "2025-05-01",
    "tldr": "Owls call\nat night.",
    "summary": "First.\r\n\r\n### Title\r\n\r\nSecond.",
    "writer": "A language model wrote them, and I edited them",
    "model": "Toy",
}


def _form(name: str) -> list[dict[str, Any]]:
    fields = yaml.safe_load((FORMS / name).read_text("utf-8"))["body"]
    return [field for field in fields if field["type"] != "markdown"]


def _issue(name: str, values: dict[str, str]) -> str:
    """The text that the code host makes of a filled form."""
    rows = [(field["attributes"]["label"], values.get(field["id"], "_No response_")) for field in _form(name)]
    return "\n\n".join(f"### {label}\n\n{value}" for label, value in rows) + "\n"


def _run(text: str, content: Path, *replies: Reply) -> int:
    limits = Limits(total=0.3, size=20_000)
    client = Client("t", ResponseCache(content.parent / "cache"), limits, Clock(sleep=lambda _: None))
    with playing(*(replies or (Reply(404),))) as server, client:
        sites = tuple(replace(site, pattern=server.address + "/{}") for site in SITES)
        return run(text, TOLD, RecordFinder(client, sites), content)


def _entry(path: Path) -> dict[str, Any]:
    raw = yaml_file.read(path.read_text("utf-8")).raw
    assert raw is not None
    return raw


def test_the_forms_name_the_fields_that_are_read() -> None:
    labels = {field["attributes"]["label"] for name in ("add-by-id.yml", "add-by-hand.yml") for field in _form(name)}
    assert labels == set(LABELS)
    for name in ("add-by-id.yml", "add-by-hand.yml"):
        writer = next(field for field in _form(name) if field["id"] == "writer")
        assert writer["attributes"]["options"] == list(WRITERS)


@pytest.mark.parametrize("path", sorted(FORMS.glob("*.yml")), ids=lambda path: path.name)
def test_the_forms_are_valid(path: Path) -> None:
    """https://docs.github.com/communities/using-templates-to-encourage-useful-issues-and-pull-requests"""
    form = yaml.safe_load(path.read_text("utf-8"))
    if path.name == "config.yml":
        return
    assert {"name", "description", "body"} <= set(form)
    ids = [field["id"] for field in _form(path.name)]
    assert len(ids) == len(set(ids))
    for field in _form(path.name):
        assert field["type"] in ("input", "textarea", "dropdown")
        assert len(field["attributes"].get("options", ["a"])) == len(set(field["attributes"].get("options", ["a"])))
        assert "None" not in field["attributes"].get("options", []), "the host keeps this word for itself"


def test_a_form_without_an_identifier_becomes_an_entry(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(_issue("add-by-hand.yml", BY_HAND), content) == 0
    out = capsys.readouterr()
    assert out.out == "papers/conf-2025/byron2025owls.yaml\n"
    assert "unknown topic 'Owls'" in out.err
    assert _entry(content / out.out.strip()) == {
        "title": "Owls at $O(n)$ o'clock: a field study",
        "authors": [
            {"name": "Ada Byron", "affiliation": "University of London", "orcid": "0000-0002-1825-0097"}, "Bo Elm"
        ],
        "authors_incomplete": "true",
        "venue": "conf-2025",
        "topics": ["cats", "dogs"],
        "keywords": ["owls", "night"],
        "arxiv": "2502.00001",
        "links": {"page": "https://owls.example/", "code": "https://code.example/owls"},
        "tldr": "Owls call at night.",
        "summary": "First.\n\n### Title\n\nSecond.",
        "added": "2026-05-02",
        "published": "2025-05-01",
        "summary_by": {"kind": "ai-edited", "model": "Toy", "date": "2026-05-02"},
        "source": {"kind": "issue", "item": "7"},
    }  # fmt: skip
    assert digest("check", "--content", content, content / "papers/conf-2025/byron2025owls.yaml") == 0


def test_a_form_with_an_identifier_becomes_an_entry(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = _issue("add-by-id.yml", {"paper": "https://arxiv.org/abs/2501.00023", "topics": "cats"})
    assert _run(text, content, Reply(body=(RECORDS / "arxiv.xml").read_bytes())) == 0
    *_, path = capsys.readouterr().out.splitlines()
    entry = _entry(content / path)
    assert entry["arxiv"] == "2501.00023"
    assert entry["topics"] == ["cats"]
    assert entry["tldr"] == ""


def test_topics_are_suggested_if_the_form_has_none(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(_issue("add-by-hand.yml", {**BY_HAND, "title": "Dogs that wait", "topics": "Owls"}), content) == 0
    out = capsys.readouterr()
    text = (content / out.out.strip()).read_text("utf-8")
    assert "\ntopics: []  # near dogs 0." in text
    assert "near dogs 0." in out.err


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no title"),
        ("I like owls.", "no title"),
        ("### Paper\n\nowls\n", "'owls' is not an identifier"),
        ("### Paper\n\narxiv:2501.00023\n", "no such record"),
        ("### Title\n\nDogs that fetch\n", "the digest has the paper: papers/conf-2025/zhu2025dogs.yaml"),
        ("### Title\n\nOwls\n\n### DOI\n\nhello\n", "E207"),
        ("### Title\n\n" + "x" * 301, "E212"),
        ("### Title\n\nOwls\n\n### Links\n\ncode: javascript:alert(1)\n", "E211"),
    ],
)
def test_a_faulty_form_changes_nothing(text: str, why: str, content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = _bytes_of(content)
    assert _run(text, content) == 1
    out = capsys.readouterr()
    assert why in out.err
    assert out.out == ""
    assert _bytes_of(content) == before


@pytest.mark.parametrize(
    "trap", [*HOSTILE, "../../x", "$(id)", "`id`", "a: b\n- c", "--- !!x", "\x00\x1b[2J", "\u202ex"]
)
def test_hostile_fields_stay_text(trap: str, content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One new file in its place, whose fields hold the text and nothing else; or nothing, with a message."""
    before = _bytes_of(content)
    free = ("title", "authors", "venue", "track", "topics", "keywords", "tldr", "summary", "limitations")
    code = _run(_issue("add-by-hand.yml", dict.fromkeys(free, f"Owls {trap}")), content)
    after = _bytes_of(content)
    new = set(after) - set(before)
    assert {path: after[path] for path in before} == before
    out = capsys.readouterr()
    if code:
        assert not new
        return
    (path,) = [path for path in new if path.startswith("papers/")]
    assert len(new) == 1 + any(path.startswith("venues/") for path in new)
    assert out.out.splitlines() == sorted(new, reverse=True)
    paper, faults = decode(Paper, {"id": Path(path).stem, **_entry(content / path)})
    assert not faults
    assert paper is not None
    assert paper.title.startswith("Owls")


def test_a_form_is_read_from_standard_input(
    content: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)

    class Stdin:
        buffer = io.BytesIO(_issue("add-by-hand.yml", BY_HAND).encode() + b"\xff")

    monkeypatch.setattr("sys.stdin", Stdin)
    assert digest("from-issue", "--content", content, "--dry-run", "--number", "9") == 0
    assert capsys.readouterr().out.startswith("papers/conf-2025/")
    assert not (content / "papers/conf-2025/byron2025owls.yaml").exists()
    Stdin.buffer = io.BytesIO(b"x" * 300_000)
    assert digest("from-issue", "--content", content) == 1


def test_few_of_thousands_of_unknown_topics_are_named(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    topics = "\n".join(f"topic{number}" for number in range(5000))
    assert _run(_issue("add-by-hand.yml", {**BY_HAND, "topics": topics}), content) == 0
    output = capsys.readouterr().err
    assert "\n4,990 more unknown topics\n" in output
    assert output.count("unknown topic") == 11
