"""Entries: what is read, refused and written. Codec and store together, as a contributor meets them."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from generator.codec.decode import decode, encode
from generator.codec.merge import propose_id
from generator.commands.check import advice_of, problems_of
from generator.commands.schema import schemas
from generator.model.paper import Paper
from generator.model.problem import Problem
from generator.model.record import Raw, RawRecord
from generator.model.values import quoted
from generator.store.entries import entry_text, write_file
from generator.store.load import load
from generator.store.yaml_file import MAX_BYTES, read, read_bytes
from generator.store.yaml_write import write
from tests.conftest import ROOT, SOURCES, needs_sources
from tests.growth.steps import steps_of
from tests.model.test_faults import GOOD


def test_the_good_entry_is_good(content: Path) -> None:
    (content / "papers/conf-2025/byron2025good.yaml").write_text(GOOD, "utf-8")
    assert problems_of(load(content)) == []


def test_all_faults_of_all_files_come_in_one_run(content: Path) -> None:
    for number in range(3):
        text = GOOD.replace("title: A good title", f"titel: A{number}").replace("2025-05-02", "yesterday")
        (content / f"papers/conf-2025/bad{number}.yaml").write_text(text, "utf-8")
    codes = sorted(p.code for p in problems_of(load(content)))
    assert codes == ["E201"] * 3 + ["E202"] * 3 + ["E205"] * 3


@pytest.mark.parametrize("key", ["", "[key]", "[default]", " "])
def test_a_field_may_be_called_anything_and_is_refused(key: str, content: Path) -> None:
    (content / "papers/conf-2025/bad.yaml").write_text(f"{GOOD}{json.dumps(key)}: x\n", "utf-8")
    row = {**json.loads(_row()), key: "x", "authors": [{key: "x", "name": "Bo Elm"}]}
    (content / "papers/conf-2025.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    problems = [(p.path, p.code, p.message) for p in problems_of(load(content))]
    message = f"unknown field {quoted(key)}"
    assert problems.count(("papers/conf-2025/bad.yaml", "E201", message)) == 1
    assert problems.count(("papers/conf-2025.jsonl", "E201", message)) == 2


@pytest.mark.parametrize(
    ("written", "source"),
    [
        ("search-page 002:108", {"kind": "search-page", "name": "002", "item": "108"}),
        ("bibtex DBLP:journals/x", {"kind": "bibtex", "item": "DBLP:journals/x"}),
        ("issue 7", {"kind": "issue", "item": "7"}),
        ("example", {"kind": "example"}),
        (["daily-papers 001:3", {"kind": "page", "url": "https://a.example/"}],
         [{"kind": "daily-papers", "name": "001", "item": "3"}, {"kind": "page", "url": "https://a.example/"}]),
    ],
)  # fmt: skip
def test_a_source_may_stand_on_one_line_as_it_once_did(written: Raw, source: Raw) -> None:
    raw: RawRecord = {"id": "a", "title": "A", "venue": "v", "topics": ["t"], "added": "2025-05-02"}
    paper, faults = decode(Paper, {**raw, "source": written})
    assert (faults, paper and encode(paper)) == ([], {**raw, "source": source})


@pytest.mark.parametrize(
    ("line", "code"),
    [("source: ''", "E215"), ("source:\n  name: x", "E202"), ("source:\n  kind: x\n  page: 3", "E201")],
)
def test_a_source_says_at_least_its_kind(line: str, code: str, content: Path) -> None:
    (content / "papers/conf-2025/bad.yaml").write_text(f"{GOOD}{line}\n", "utf-8")
    (fault,) = problems_of(load(content))
    assert (fault.code, fault.path) == (code, "papers/conf-2025/bad.yaml")
    assert fault.line > 8


def test_a_link_in_the_place_of_the_list_of_addresses_tells_nothing(content: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("token = abc\n", "utf-8")
    (content / "permalinks.txt").unlink(missing_ok=True)
    (content / "permalinks.txt").symlink_to(tmp_path / "secret")
    problems = problems_of(load(content))
    assert [problem.code for problem in problems] == ["E126"]
    assert "token" not in str(problems)


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2101-01-01", "9999-12-31"])
def test_a_day_is_one_of_our_time(day: str, content: Path) -> None:
    (content / "papers/conf-2025/bad.yaml").write_text(GOOD.replace("2025-05-02", day), "utf-8")
    assert [problem.code for problem in problems_of(load(content))] == ["E205"]


@pytest.mark.parametrize("odd", ["\ud800", "\u202e", "\u200b"], ids=ascii)
def test_an_address_holds_no_character_that_hides(odd: str, content: Path) -> None:
    row = {**json.loads(_row()), "links": {"pdf": f"https://example.org/{odd}"}}
    (content / "papers/conf-2025.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    assert [problem.code for problem in problems_of(load(content))] == ["E211"]


def test_two_papers_of_one_title_can_be_told_apart(content: Path) -> None:
    path = content / "papers/conf-2025/byron2025dogs.yaml"
    twin = GOOD.replace("A good title", "Dogs that fetch")
    path.write_text(twin, "utf-8")
    assert [problem.code for problem in problems_of(load(content))] == ["E304"]
    path.write_text(f"{twin}distinct_from: [zhu2025dogs]\n", "utf-8")
    assert problems_of(load(content)) == []


def test_an_entry_that_takes_in_another_begins_its_aliases_with_its_own_id(content: Path) -> None:
    """By the first one feeds know the paper; the page does not lead on to itself."""
    path = content / "papers/conf-2025/byron2025good.yaml"
    path.write_text(f"{GOOD}aliases: [byron2025good, byron2025same]\n", "utf-8")
    assert problems_of(load(content)) == []
    path.write_text(f"{GOOD}aliases: [byron2025same, byron2025good]\n", "utf-8")
    assert [problem.code for problem in problems_of(load(content))] == ["E314"]


def test_a_group_with_a_comma_is_no_person_turned_round(content: Path) -> None:
    path = content / "papers/conf-2025/byron2025good.yaml"
    for name, codes in (("Byron, Ada", ["W314"]), ("Toys, Inc.", [])):
        path.write_text(GOOD.replace("- Ada Byron", f"- {name}"), "utf-8")
        assert [p.code for p in advice_of(load(content)) if p.path.endswith(path.name) and p.code[1] == "3"] == codes


def test_a_proposed_id_is_never_too_long() -> None:
    raw: RawRecord = {"title": "o" * 200, "authors": ["Bo Elm"], "published": "2025-01-01"}
    ids: set[str] = set()
    for _ in range(12):
        ids.add(propose_id(raw, ids))
    assert len(ids) == 12
    assert max(map(len, ids)) <= 80


def _row() -> str:
    """The good entry as a line of JSON."""
    return json.dumps({**read(GOOD).raw, "id": "byron2025good"})  # type: ignore[dict-item]


def test_a_file_over_the_limit_is_refused_and_one_at_the_limit_read() -> None:
    assert isinstance(read_bytes(b"a" * MAX_BYTES), str)
    assert not isinstance(read_bytes(b"a" * (MAX_BYTES + 1)), str)


@pytest.mark.parametrize(
    ("field", "most", "make"),
    [
        ("title", 300, lambda n: "x" * n),
        ("summary", 5000, lambda n: "x" * n),
        ("tldr", 500, lambda n: "x" * n),
        ("authors", 3000, lambda n: ["A B"] * n),
        ("topics", 20, lambda n: [f"t{i}" for i in range(n)]),
        ("keywords", 100, lambda n: ["k"] * n),
    ],
)
def test_limits_hold_at_the_limit_and_one_above(field: str, most: int, make: Callable[[int], Raw]) -> None:
    good: RawRecord = {
        "id": "a",
        "title": "T",
        "authors": ["A"],
        "venue": "v-1",
        "topics": ["t"],
        "added": "2025-01-01",
    }
    assert decode(Paper, {**good, field: make(most)})[1] == []
    faults = decode(Paper, {**good, field: make(most + 1)})[1]
    assert [fault.code for fault in faults] in (["E212"], ["E220"])


def test_strange_files_are_reported(content: Path) -> None:
    (content / "papers/conf-2025/x.yml").write_text(GOOD, "utf-8")
    (content / "notes.txt").write_text("x", "utf-8")
    (content / "papers/conf-2025/link.yaml").symlink_to("/etc/hostname")
    problems = {(p.path, p.code) for p in problems_of(load(content))}
    assert problems == {
        ("papers/conf-2025/x.yml", "E113"), ("notes.txt", "E113"), ("papers/conf-2025/link.yaml", "E126")
    }  # fmt: skip


def test_values_stay_the_text_they_are() -> None:
    text = "a: no\nb: 1.10\nc: 2401.10000\nd: 12:30\ne: Null\nf: 0012\ng: ~\nh: 2025-01-01\n"
    document = read(text)
    assert document.raw == {
        "a": "no", "b": "1.10", "c": "2401.10000", "d": "12:30", "e": "Null", "f": "0012", "g": "~", "h": "2025-01-01"
    }  # fmt: skip


def test_a_record_makes_the_round_trip(content: Path) -> None:
    for paper in load(content).content.papers:
        again, faults = decode(Paper, encode(paper))
        assert faults == []
        assert again == paper
        path, text = entry_text(paper)
        document = read(text)
        assert document.problems == []
        assert decode(Paper, {"id": paper.id, **(document.raw or {})}) == (paper, [])
        assert text.startswith("# yaml-language-server: $schema=../../schema/papers.schema.json\n")
        assert path == f"papers/{paper.venue}/{paper.id}.yaml"


def test_both_kinds_of_file_behave_alike(content: Path) -> None:
    """A paper in JSON Lines and the same paper in a file of its own are the same record, and fail the same way."""
    paper = next(p for p in load(content).content.papers if p.id == "berg2025many")
    (content / "papers/preprint-2025.jsonl").write_text("", "utf-8")
    path, text = entry_text(paper)
    write_file(content / path, text, content)
    assert next(p for p in load(content).content.papers if p.id == paper.id) == paper


def test_positions_in_json_lines(content: Path) -> None:
    path = content / "papers/preprint-2025.jsonl"
    rows = path.read_text("utf-8").splitlines()
    rows.append(
        '{"id": "x2025y", "title": "T", "authors": ["A"], "venue": "preprint-2025", "topics": ["cat"], "added": "x"}'
    )
    path.write_text("\n".join(rows), "utf-8")
    problems = [(p.line, p.column, p.code) for p in problems_of(load(content))]
    assert problems == [(3, 104, "E205")]


def test_writing_leaves_an_equal_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    assert write_file(path, "x\n", tmp_path)
    before = path.stat().st_mtime_ns
    assert not write_file(path, "x\n", tmp_path)
    assert path.stat().st_mtime_ns == before
    assert [p.name for p in tmp_path.iterdir()] == ["a.yaml"]


def test_long_text_is_folded_and_identifiers_are_quoted() -> None:
    raw = {"title": "no", "arxiv": "2601.10", "tldr": "word " * 30 + "end", "added": "2025-01-02"}
    text = write(raw)  # type: ignore[arg-type]
    assert "title: 'no'" in text
    assert 'arxiv: "2601.10"' in text
    assert "tldr: >-\n  word" in text
    assert "added: 2025-01-02" in text
    assert read(text).raw == raw


def test_schemas_are_up_to_date() -> None:
    for path, text in schemas().items():
        assert (ROOT / "content" / path).read_text("utf-8") == text, "run `digest schema`"


def test_problems_know_their_severity(content: Path) -> None:
    (content / "papers/conf-2025/bad.yaml").write_text("x: y\n", "utf-8")
    problem = problems_of(load(content))[0]
    assert problem.is_error
    assert replace(problem, line=3).line == 3


@needs_sources
def test_hostile_files_are_refused_or_read_as_text() -> None:
    """Each file of the collection: a problem with a code, or plain text; never an exception, never long."""
    for path in sorted((SOURCES / "hostile/yaml").iterdir()):
        text = read_bytes(path.read_bytes())
        document = read(text) if isinstance(text, str) else None
        assert not isinstance(text, str) or steps_of(partial(read, text)) < 20_000, path.name
        if document is not None and document.raw is not None:
            paper, faults = decode(Paper, {"id": "a", **{k: v for k, v in document.raw.items() if k != "id"}})
            assert paper is None, path.name
            assert faults, path.name


HOSTILE_IDS = (
    "../x", "/etc/x", "C:x", "a/../../x", "..%2fx", "a\x00b", "a\rb", "..", "", "-rf", "~", ".git/config", "_headers",
    "CNAME", "index", "search", "sitemap.xml", "feed.xml", "a" * 81, "Attention", "\u212b", "\ufb01", "a.",
    "p\u0430per", "con", "nul", "com1", "a--b", "a-", "a b", "a\n",
)  # fmt: skip


@pytest.mark.parametrize("field", ["id", "venue", "topics", "aliases"])
def test_no_id_leaves_its_place_or_collides(field: str) -> None:
    """Ids that differ in case or form only, lead elsewhere or are kept by systems are refused wherever an id stands."""
    for value in HOSTILE_IDS:
        faults = _faults_with(field, value)
        assert faults, value
        assert {fault.code for fault in faults} <= {"E204", "E221", "E213", "E215", "E222"}, value


@needs_sources
def test_only_safe_ids_of_the_collection_are_let_in() -> None:
    values = json.loads((SOURCES / "hostile/slugs.json").read_text("utf-8"))
    accepted = [value for value in values if not _faults_with("id", value)]
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value) and len(value) <= 80 for value in accepted)
    assert len(accepted) < len(values) / 4


def _faults_with(field: str, value: str) -> list[Problem]:
    raw: RawRecord = {"id": "a", "title": "T", "authors": ["A"], "venue": "v", "topics": ["t"], "added": "2025-01-01"}
    raw[field] = [value] if field in ("topics", "aliases") else value
    return decode(Paper, raw)[1]


def test_a_collision_names_both_files(content: Path) -> None:
    good = GOOD.replace("title: A good title", "title: Another\naliases: [zhu2025dogs]")
    (content / "papers/conf-2025/alias2025x.yaml").write_text(good, "utf-8")
    (content / "papers/preprint-2025").mkdir(exist_ok=True)
    (content / "papers/preprint-2025/zhu2025dogs.yaml").write_text(GOOD, "utf-8")
    problems = {(p.path, p.code): p.message for p in problems_of(load(content))}
    assert "papers/conf-2025/zhu2025dogs.yaml" in problems["papers/preprint-2025/zhu2025dogs.yaml", "E303"]
    assert "conf-2025/zhu2025dogs" in problems["papers/conf-2025/alias2025x.yaml", "E314"]
