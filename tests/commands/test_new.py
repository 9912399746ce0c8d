"""``digest new`` writes a template with the known fields, and comments on the others."""

from pathlib import Path

import pytest

from generator.store.yaml_file import read
from tests.support.command import digest


def test_a_template_contains_the_arguments_and_comments_on_other_fields(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ("Ropes that Sing", "--author", "Ada Reef", "--author", "Bo Öst", "--venue", "conf-2025")
    assert digest("new", *command, "--content", content) == 0
    path = content / "papers/conf-2025/reef2025ropes.yaml"
    assert capsys.readouterr().out == f"{path}\n"
    text = path.read_text("utf-8")
    raw = read(text).raw
    assert raw is not None
    assert raw["title"] == "Ropes that Sing"
    assert raw["authors"] == ["Ada Reef", "Bo Öst"]
    assert raw["tldr"] == ""
    for field in ("track", "arxiv", "links", "summary_by", "limitations"):
        assert f"\n# {field}:" in text
    assert digest("check", path, "--content", content) == 1
    codes = {line.split()[1] for line in capsys.readouterr().out.splitlines() if ".yaml:" in line}
    assert codes == {"E215"}, "what is left to be written is named, and nothing else"


def test_an_empty_template_asks_for_title_and_authors(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert digest("new", "--venue", "conf-2025", "--content", content) == 0
    assert digest("new", "--venue", "conf-2025", "--content", content) == 0
    first, second = (Path(line) for line in capsys.readouterr().out.split())
    assert (first.name, second.name) == ("new-paper.yaml", "new-paper-2.yaml")
    assert digest("check", first, "--content", content) == 1
    out = capsys.readouterr().out
    assert "E215 title" in out
    assert "E215 authors" in out


def test_a_new_venue_gets_a_file(content: Path) -> None:
    assert digest("new", "Ropes that Sing", "--venue", "ICLR 2026", "--author", "Ada Reef", "--content", content) == 0
    assert (content / "papers/iclr-2026/reef2026ropes.yaml").is_file()
    assert "iclr-2026" in (content / "venues/iclr.yaml").read_text("utf-8")


def test_an_existing_paper_is_reported(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(content.rglob("*"))
    assert digest("new", "Dogs: that Fetch", "--author", "Zhu Li", "--content", content) == 1
    assert "papers/conf-2025/zhu2025dogs.yaml" in capsys.readouterr().err
    assert sorted(content.rglob("*")) == before


def test_an_existing_paper_without_the_given_authors_is_reported(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = content / "papers/conf-2025/ropes.yaml"
    path.write_text(
        "title: Ropes that Sing\nauthors_incomplete: true\nvenue: conf-2025\ntopics: [cats]\nadded: 2025-05-02\n",
        "utf-8",
    )
    before = path.read_bytes()
    assert digest("new", "Ropes that Sing", "--author", "Ada Reef", "--venue", "conf-2025", "--content", content) == 1
    assert "already has this paper: papers/conf-2025/ropes.yaml\n" in capsys.readouterr().err
    assert path.read_bytes() == before


@pytest.mark.parametrize("wrong", [("x" * 400,), ("Ropes", "--author", "y" * 600)])
def test_a_too_long_title_or_name_is_wrong_use(wrong: tuple[str, ...], content: Path) -> None:
    assert digest("new", *wrong, "--content", content) == 2


def test_a_collection_is_drafted_from_an_edition_and_an_institution(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ("new", "collection", "--venue", "conf-2025", "--institution", "agh", "--content", content)
    assert digest(*command) == 0
    path = content / "collections/agh-at-conf-2025.yaml"
    assert capsys.readouterr().out == f"{path}\n"
    raw = read(path.read_text("utf-8")).raw
    assert raw is not None
    assert raw["items"] == [{"paper": "oconnor2025cats", "note": ""}]
    assert "\n  # Cats <script>" in path.read_text("utf-8"), "a person sees which paper it is"
    assert digest("check", path, "--content", content) == 1
    assert {line.split()[1] for line in capsys.readouterr().out.splitlines() if ".yaml:" in line} == {"E215"}
    assert digest(*command) == 1, "what is there is left alone"
    assert "already exists" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("venue", "institution", "code"),
    [("conf-2052", "agh", 2), ("conf-2025", "nowhere", 2), ("preprint-2025", "agh", 1)],
)
def test_a_collection_without_papers_is_refused(content: Path, venue: str, institution: str, code: int) -> None:
    before = sorted(content.rglob("*"))
    options = ("--venue", venue, "--institution", institution, "--content", content)
    assert digest("new", "collection", *options) == code
    assert sorted(content.rglob("*")) == before


def test_a_dry_run_shows_the_template(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(content.rglob("*"))
    assert digest("new", "Ropes that Sing", "--venue", "conf-2025", "--content", content, "--dry-run") == 0
    assert "title: Ropes that Sing" in capsys.readouterr().out
    assert sorted(content.rglob("*")) == before
