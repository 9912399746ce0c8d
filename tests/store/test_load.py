"""A whole content folder with its problems."""

from pathlib import Path

from generator.commands.check import problems_of
from generator.store.entries import record_file, write_file
from generator.store.load import load, misplaced_papers
from tests.model.test_faults import GOOD


def test_all_faults_of_all_files_are_reported_at_once(content: Path) -> None:
    for number in range(3):
        text = GOOD.replace("title: A good title", f"titel: A{number}").replace("2025-05-02", "yesterday")
        (content / f"papers/conf-2025/bad{number}.yaml").write_text(text, "utf-8")
    codes = sorted(p.code for p in problems_of(load(content)))
    assert codes == ["E201"] * 3 + ["E202"] * 3 + ["E205"] * 3


def test_files_in_other_places_and_links_are_reported(content: Path) -> None:
    (content / "papers/conf-2025/x.yml").write_text(GOOD, "utf-8")
    (content / "notes.txt").write_text("x", "utf-8")
    (content / "papers/conf-2025/link.yaml").symlink_to("/etc/hostname")
    problems = {(p.path, p.code) for p in problems_of(load(content))}
    assert problems == {
        ("papers/conf-2025/x.yml", "E113"), ("notes.txt", "E113"), ("papers/conf-2025/link.yaml", "E126")
    }  # fmt: skip


def test_a_paper_in_json_lines_is_the_record_of_its_yaml_file(content: Path) -> None:
    """A paper in JSON Lines and the same paper in a file of its own are the same record, and fail the same way."""
    paper = next(p for p in load(content).content.papers if p.id == "berg2025many")
    (content / "papers/preprint-2025.jsonl").write_text("", "utf-8")
    path, text = record_file(paper)
    write_file(content / path, text, content)
    assert next(p for p in load(content).content.papers if p.id == paper.id) == paper


def test_a_collision_names_both_files(content: Path) -> None:
    good = GOOD.replace("title: A good title", "title: Another\naliases: [zhu2025dogs]")
    (content / "papers/conf-2025/alias2025x.yaml").write_text(good, "utf-8")
    (content / "papers/preprint-2025").mkdir(exist_ok=True)
    (content / "papers/preprint-2025/zhu2025dogs.yaml").write_text(GOOD, "utf-8")
    problems = {(p.path, p.code): p.message for p in problems_of(load(content))}
    assert "papers/conf-2025/zhu2025dogs.yaml" in problems["papers/preprint-2025/zhu2025dogs.yaml", "E303"]
    assert "conf-2025/zhu2025dogs" in problems["papers/conf-2025/alias2025x.yaml", "E314"]


def test_a_paper_in_the_folder_of_another_edition_is_reported_with_its_path(content: Path) -> None:
    (content / "papers/preprint-2025/byron2025good.yaml").parent.mkdir(exist_ok=True)
    (content / "papers/preprint-2025/byron2025good.yaml").write_text(GOOD, "utf-8")
    loaded = load(content)
    (problem,) = loaded.with_positions(misplaced_papers(loaded))
    assert (problem.code, problem.path) == ("E306", "papers/preprint-2025/byron2025good.yaml")
    assert problem.hint == "Move it to papers/conf-2025/byron2025good.yaml, or correct the venue."
    assert problem.line == 1 + GOOD.split("\n").index("venue: conf-2025")
