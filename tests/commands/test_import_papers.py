"""``digest import`` adds fields to existing entries, and changes no other line of them."""

import json
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.codec.decode import decode, encode
from generator.codec.venue_names import VenueResolver
from generator.fetch.cache import ResponseCache
from generator.model.entities import Edition, Series, VenueKind, VenueName
from generator.model.record import Raw
from generator.store.entries import FIELDS, read_entries, with_additions
from tests.conftest import ROOT
from tests.support.command import digest
from tests.support.playing_server import Reply, playing

RECORDS = ROOT / "tests" / "cases" / "bibliographies"
CATS = "papers/conf-2025/oconnor2025cats.yaml"
DOGS = "papers/conf-2025/zhu2025dogs.yaml"


def _bytes_of(content: Path) -> dict[str, bytes]:
    return {path.relative_to(content).as_posix(): path.read_bytes() for path in content.rglob("*") if path.is_file()}


def _import(content: Path, *records: Mapping[str, object], options: tuple[str, ...] = ()) -> int:
    source = content.parent / "records.jsonl"
    source.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return digest("import", source, "--content", content, "--added", "2026-05-02", *options)


def _added_lines(before: bytes, after: bytes) -> list[str]:
    """The lines of ``after`` that ``before`` lacks; every line of ``before`` must be there, in its order."""
    old, new = before.decode().split("\n"), after.decode().split("\n")
    added = []
    for line in new:
        if old and line == old[0]:
            old.pop(0)
        else:
            added.append(line)
    assert old == []
    return added


def test_an_entry_gains_missing_fields_and_no_other_line_changes(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = _bytes_of(content)
    record = {
        "title": "Another title of it",
        "arxiv": "2501.01234",
        "doi": "10.5555/cats",
        "track": "poster",
        "links": {"code": "https://other.example/", "video": "https://video.example/"},
        "published": "2025-05-01",
    }
    assert _import(content, record) == 0
    after = _bytes_of(content)
    assert {path for path in after if after[path] != before.get(path)} == {CATS}
    added = _added_lines(before[CATS], after[CATS])
    assert added == ['doi: "10.5555/cats"', "  video: https://video.example/", "published: 2025-05-01"]
    out = capsys.readouterr()
    assert f"changed {CATS}: doi, published, links.video added; links.code, title, track left" in out.out
    assert "0 added, 1 changed, 0 left as they were" in out.err
    assert digest("check", "--content", content) == 0


@pytest.mark.parametrize(
    "record",
    [
        {"title": "dogs, that FETCH", "doi": "10.5555/dogs"},
        {"title": "Dogs that fetch", "id": "zhu2025dogs", "doi": "10.5555/dogs"},
    ],
    ids=["title", "title and id"],
)
def test_an_entry_is_found_by_its_title(record: dict[str, object], content: Path) -> None:
    before = _bytes_of(content)[DOGS]
    assert _import(content, record) == 0
    assert _added_lines(before, _bytes_of(content)[DOGS]) == ['doi: "10.5555/dogs"']


REPLY = {"title": "Reply", "authors": ["Ada Byron"], "venue": "conf-2025", "doi": "10.5555/reply.1"}


@pytest.mark.parametrize(
    "other",
    [
        {"doi": "10.5555/reply.2"},
        {"doi": "10.5555/reply.2", "authors": ["Bo Li"]},
        {"doi": None, "authors": [{"name": "Bo Li"}, "Ada Byron"]},
    ],
    ids=["identifier", "both", "first author"],
)
def test_papers_of_one_title_with_different_facts_stay_two(
    other: dict[str, object], content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _import(content, REPLY, {**REPLY, **other}) == 0
    assert "2 added, 0 changed" in capsys.readouterr().err
    assert _import(content, REPLY, {**REPLY, **other}) == 0
    assert "0 added, 0 changed, 2 left" in capsys.readouterr().err


@pytest.mark.parametrize(
    "other",
    [
        {"doi": None},
        {"doi": None, "authors": None},
        {"doi": None, "arxiv": "2501.99999"},
        {"doi": None, "authors": ["A. BYRON", "Bo Li"]},
    ],
    ids=["no identifier", "title alone", "another kind", "another spelling"],
)
def test_papers_of_one_title_without_different_facts_are_one(
    other: dict[str, object], content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _import(content, REPLY) == 0
    capsys.readouterr()
    assert _import(content, {**REPLY, **other}) == 0
    assert "0 added, " in capsys.readouterr().err


def test_an_entry_is_found_by_an_alias_if_the_title_agrees(content: Path) -> None:
    path = "papers/preprint-2025.jsonl"
    before = _bytes_of(content)[path].decode().split("\n")
    assert _import(content, {"id": "berg2025lots", "title": "A paper by so many", "doi": "10.5555/many"}) == 0
    after = _bytes_of(content)[path].decode().split("\n")
    assert after[0] == before[0]
    assert json.loads(after[1]) == {**json.loads(before[1]), "doi": "10.5555/many"}


def test_an_id_of_another_paper_is_refused(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = _bytes_of(content)
    assert _import(content, {"id": "berg2025lots", "title": "Something else entirely"}) == 1
    assert _bytes_of(content) == before
    assert "berg2025lots: the id is taken by another paper, berg2025many" in capsys.readouterr().err


@pytest.mark.parametrize("bad", [{"doi": "11.5555/x"}, {"sheets": "1-9"}, {"links": {"code": "javascript:x"}}])
def test_a_bad_field_is_not_added(bad: dict[str, object], content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = _bytes_of(content)
    assert _import(content, {"title": "Dogs that fetch", **bad}, options=("--strict",)) == 1
    _import(content, {"title": "Dogs that fetch", **bad})
    assert _bytes_of(content) == before
    assert "records.jsonl:1: zhu2025dogs: E2" in capsys.readouterr().err


def test_a_record_of_two_entries_changes_neither(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = _bytes_of(content)
    assert _import(content, {"title": "Dogs that fetch\x1b", "arxiv": "2501.01234", "doi": "10.5555/both"}) == 0
    assert _bytes_of(content) == before
    assert "it is both oconnor2025cats and zhu2025dogs; merge these first" in capsys.readouterr().out


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.rstrip("\n"),
        lambda text: "# first\n\n" + text.replace("venue:", "\n# about the venue\nvenue:") + "\n\n# last\n",
        lambda text: text.replace("tldr: Dogs fetch what is thrown.", "tldr: |+\n  Dogs fetch.\n\n\n# a comment"),
        lambda text: text.replace("- Zhu Li", '- "Zhu Li" # first').replace("- dogs", "  - dogs"),
    ],
    ids=["CRLF", "BOM", "no last line end", "comments", "kept line ends", "quotes and indents"],
)
def test_files_of_unusual_form_gain_fields_or_stay(spoil: object, content: Path) -> None:
    path = content / DOGS
    path.write_bytes(spoil(path.read_text("utf-8")).encode())  # type: ignore[operator]
    before = path.read_bytes()
    record = {"title": "Dogs that fetch", "doi": "10.5555/dogs", "links": {"code": "https://a.example/"}}
    assert _import(content, record) == 0
    after = path.read_bytes()
    assert (b"\r\n" in after) == (b"\r\n" in before)
    assert after.startswith(b"\xef\xbb\xbf") == before.startswith(b"\xef\xbb\xbf")
    added = _added_lines(before.rstrip(b"\r\n"), after.rstrip(b"\r\n"))
    assert [line.rstrip("\r") for line in added] == ['doi: "10.5555/dogs"', "links:", "  code: https://a.example/"]


def test_a_file_in_flow_style_is_left_to_a_person(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = content / "papers/conf-2025/elm2025owls.yaml"
    path.write_text("{title: Owls, authors: [A B], venue: conf-2025, topics: [cats], added: 2025-01-01}\n", "utf-8")
    before = path.read_bytes()
    assert _import(content, {"title": "Owls", "doi": "10.5555/owls"}) == 0
    assert path.read_bytes() == before
    assert "left papers/conf-2025/elm2025owls.yaml; doi to add by hand" in capsys.readouterr().out


def test_a_draft_with_faults_is_found(content: Path) -> None:
    path = content / "papers/conf-2025/elm2025owls.yaml"
    path.write_text("title: Owls\ntldr: ''  # to be written\n", "utf-8")
    assert _import(content, {"title": "Owls", "doi": "10.5555/owls", "tldr": "From elsewhere."}) == 0
    assert path.read_text("utf-8") == "title: Owls\ndoi: \"10.5555/owls\"\ntldr: ''  # to be written\n"


def test_an_unreadable_entry_stops_the_import(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (content / DOGS).write_text("title: [", "utf-8")
    before = _bytes_of(content)
    assert _import(content, {"title": "Dogs that fetch", "doi": "10.5555/dogs"}) == 1
    assert _bytes_of(content) == before
    assert f"{DOGS}:1" in capsys.readouterr().err


def test_files_of_all_kinds_are_imported_together_and_again(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = sorted(path for path in RECORDS.iterdir() if path.name != "expected.json")
    arguments: tuple[str | Path, ...] = ("import", *files, "--content", content, "--added", "2026-05-02")
    assert digest(*arguments) == 0
    first = _bytes_of(content)
    assert not any(b"\nabstract:" in text for text in first.values())
    capsys.readouterr()
    assert digest(*arguments) == 0
    assert _bytes_of(content) == first
    assert "0 added, 0 changed" in capsys.readouterr().err
    assert digest("check", "--content", content) == 1
    faults = [line for line in capsys.readouterr().out.splitlines() if line[:1] != " " and ": W" not in line]
    assert {line.split(" ", 1)[1] for line in faults} == {"E202 the paper has no topic"}


def test_a_cut_file_writes_nothing(content: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.bib"
    cut.write_text((RECORDS / "refs.bib").read_text("utf-8")[:-40], "utf-8")
    before = _bytes_of(content)
    assert digest("import", RECORDS / "arxiv.xml", cut, "--content", content, "--strict") == 1
    assert _bytes_of(content) == before


def test_every_real_entry_can_gain_fields_and_keep_its_lines() -> None:
    entries, problems = read_entries(ROOT / "content")
    assert problems == []
    assert len(entries) > 500
    links: Raw = {"slides": "https://slides.example/a"}
    for entry in entries:
        if entry.line:
            continue
        added: dict[str, Raw] = {
            "track": "x",
            "awards": ["Best: paper"],
            "links": links,
            "status_note": "A note. " * 30,
        }
        fresh = {name: value for name, value in added.items() if name == "links" or name not in entry.raw}
        before = (ROOT / "content" / entry.path).read_bytes()
        after = with_additions(before.decode(), entry, fresh)
        assert after is not None, entry.path
        assert _added_lines(before, after.encode())
        order = [line.partition(":")[0] for line in after.split("\n") if line[:1].isalpha()]
        assert order == sorted(order, key=FIELDS.index), entry.path


ICML = Series(
    id="icml",
    name="ICML",
    full_name="International Conference on Machine Learning",
    kind=VenueKind.CONFERENCE,
    editions=(Edition(id="icml-2024", year=2024),),
)
IEEE = Series(
    id="cvpr",
    name="CVPR",
    full_name="Conference on Computer Vision and Pattern Recognition",
    kind=VenueKind.CONFERENCE,
)
COLLAS = Series(id="collas", name="CoLLAs", kind=VenueKind.CONFERENCE, editions=(Edition(id="collas"),))
NEURIPS = Series(id="neurips", name="NeurIPS", kind=VenueKind.CONFERENCE)


@pytest.mark.parametrize(
    ("name", "edition"),
    [
        ("ICML", "icml-2024"),
        ("icml 2024", "icml-2024"),
        ("International Conference on Machine Learning", "icml-2024"),
        ("Proceedings of the 41st International Conference on Machine Learning", "icml-2024"),
        ("Proceedings of the Forty-First International Conference on Machine Learning, ICML 2024", "icml-2024"),
        ("Some Machine Learning Meeting (ICML '24)", "icml-2024"),
        ("2024 IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR)", "cvpr-2024"),
        ("Advances in Neural Information Processing Systems", "neurips-2024"),
        ("Workshop on Small Things at ICML (ICML 2024)", "workshop-on-small-things-at-icml-2024"),
        ("Teapot Review", "teapot-review-2024"),
        ("東京", "dongjing-2024"),
        ("(((", "venue-2024"),
        ("Feed", "feed-2-2024"),
    ],
)
def test_venues_are_known_by_their_names(name: str, edition: str) -> None:
    resolver = VenueResolver([ICML, IEEE, COLLAS, NEURIPS])
    assert resolver.edition_id(VenueName(name=name, year=2024)) == edition
    assert resolver.edition_id(VenueName(name=name, year=2024)) == edition


def test_a_venue_without_a_year_and_a_paper_without_a_venue() -> None:
    resolver = VenueResolver([COLLAS])
    assert resolver.edition_id(VenueName(name="CoLLAs")) == "collas"
    assert resolver.edition_id(None, 2024) == "unrecorded-2024"
    assert resolver.new_series["unrecorded"].name == "Venue not recorded"


@pytest.mark.parametrize(
    "name", ["A \u202e B\x00", "x" * 9_000, "\u200d" + "क\u200d" * 400, "\u0958" * 400, "\ud800"], ids=range(5)
)
def test_a_series_of_any_name_is_a_good_record(name: str) -> None:
    for short in ("", name):
        resolver = VenueResolver([])
        resolver.edition_id(VenueName(name=name, year=2024, short=short))
        (series,) = resolver.new_series.values()
        assert decode(Series, encode(series))[1] == []


def test_books_of_one_series_belong_to_different_conferences(content: Path) -> None:
    source = content.parent / "a.bib"
    names = "41st International Conference on Kettles", "27th Conference on Pans"
    source.write_text(
        "".join(
            f"@inproceedings{{x{place}, title={{Of {name}}}, author={{A B}}, booktitle={{Proceedings of the {name}}}, "
            "year=2024, series={Proceedings of Machine Learning Research}}\n"
            for place, name in enumerate(names)
        )
    )
    assert digest("import", source, "--content", content) == 0
    folders = {path.name for path in (content / "papers").iterdir()}
    assert folders >= {"international-conference-on-kettles-2024", "conference-on-pans-2024"}


def test_a_new_year_becomes_an_edition(content: Path) -> None:
    venues = content / "venues/conf.yaml"
    venues.write_text(venues.read_text("utf-8").replace("- id: conf-2024", "# the first\n- id: conf-2022"), "utf-8")
    venues.write_text(venues.read_text("utf-8").replace("year: 2024", "year: 2022"), "utf-8")
    before = venues.read_bytes()
    source = content.parent / "a.bib"
    source.write_text(
        "".join(
            f"@inproceedings{{x{year}, title={{Of {year}}}, author={{A B}}, booktitle={{Conf {year}}}, year={year}}}\n"
            for year in (2021, 2024, 2026)
        )
    )
    (content / "papers/conf-2024/garcia2024null.yaml").unlink()
    assert digest("import", source, "--content", content) == 0
    assert _added_lines(before, venues.read_bytes()) == [
        "- id: conf-2026", "  year: 2026", "- id: conf-2024", "  year: 2024", "- id: conf-2021", "  year: 2021"
    ]  # fmt: skip


def test_drafts_of_a_bibliography_have_editions(content: Path) -> None:
    assert digest("parse", RECORDS / "refs.bib", "--out", content) == 0
    drafts = content / "papers"
    assert (drafts / "jmlr-2023/okoye2023kettles.yaml").is_file()
    assert (drafts / "arxiv-2025/park2025lamps.yaml").is_file()


def _listing(folder: Path, *addresses: str) -> None:
    lines = "".join(f"    - {address}\n" for address in addresses)
    (folder / "mkdocs.yml").write_text(f"site_name: Toy\nextra:\n  language: en\n  imports:\n{lines}", "utf-8")


def test_addresses_in_the_settings_are_fetched_and_imported(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with playing(Reply(body=(RECORDS / "arxiv.xml").read_bytes())) as server:
        _listing(tmp_path, f"{server.address}/api")
        assert digest("import", "--listed", "--content", content) == 0
        after = _bytes_of(content)
        assert digest("import", "--listed", "--content", content) == 0
        assert len(server.requests) == 1  # the answer is kept
    assert _bytes_of(content) == after
    assert "papers/arxiv-2025/berg2025wheels.yaml" in after


@pytest.mark.parametrize(("age", "requests"), [(600, 0), (7200, 1)])
def test_a_nightly_import_fetches_listed_addresses_again(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, age: int, requests: int
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = (RECORDS / "arxiv.xml").read_bytes()
    with playing(Reply(body=answer)) as server:
        _listing(tmp_path, f"{server.address}/api")
        ResponseCache(tmp_path / ".cache/fetch").store(f"{server.address}/api", answer.decode(), time.time() - age)
        assert digest("import", "--listed", "--content", content) == 0
        assert len(server.requests) == requests


def test_a_listed_address_without_records_changes_nothing(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    before = _bytes_of(content)
    with playing(Reply(body=b"<html>moved</html>")) as server:
        _listing(tmp_path, f"{server.address}/api")
        assert digest("import", "--listed", "--content", content) == 1
    assert "it contains no records" in capsys.readouterr().err
    assert _bytes_of(content) == before


def test_an_import_without_files_is_wrong_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert digest("import") == 2
    assert digest("import", "--listed") == 1
    (tmp_path / "mkdocs.yml").write_text("site_name: Toy\n", "utf-8")
    assert digest("import", "--listed") == 0


def test_the_given_topic_is_set_only_where_none_is(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (content / CATS).read_bytes()
    record = {"title": "Parrots that count", "authors": ["Ada Byron"]}
    assert _import(content, record, {"title": "x", "arxiv": "2501.01234"}, options=("--topic", "cat")) == 2
    assert "--topic cat: there is no such file in" in capsys.readouterr().err
    assert _import(content, record, {"title": "x", "arxiv": "2501.01234"}, options=("--topic", "cats")) == 0
    (path,) = (path for path in content.rglob("*.yaml") if "Parrots" in path.read_text("utf-8"))
    assert "topics:\n- cats\n" in path.read_text("utf-8")
    assert (content / CATS).read_bytes() == before
    assert _import(content, {"title": "Owls that sing", "authors": ["Ada Byron"]}) == 0
    assert "1 new entry has no topic; digest topics suggests some" in capsys.readouterr().err


def _record(**fields: object) -> str:
    base = {"title": "Fish", "authors": ["A B"], "venue": "conf-2025", "topics": ["cats"], "added": "2025-06-01"}
    return json.dumps({**base, **fields}) + "\n"


def test_a_second_import_changes_nothing(content: Path, tmp_path: Path) -> None:
    source = tmp_path / "papers.jsonl"
    source.write_text(_record() + _record(title="Birds", arxiv="2501.99999"), "utf-8")
    assert digest("import", source, "--content", content) == 0
    files = {p: p.read_bytes() for p in content.rglob("*.yaml")}
    assert (content / "papers/conf-2025/b2025fish.yaml").is_file()
    assert digest("import", source, "--content", content) == 0
    assert {p: p.read_bytes() for p in content.rglob("*.yaml")} == files
    assert digest("check", "--content", content) == 0


def test_a_record_with_several_faults_is_one_skipped_record(
    content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "papers.jsonl"
    source.write_text(_record() + _record(title=["Owls"], authors="A B"), "utf-8")
    assert digest("import", source, "--content", content) == 0
    assert "1 record skipped" in capsys.readouterr().err
    assert (content / "papers/conf-2025/b2025fish.yaml").is_file()


@pytest.mark.parametrize(
    "bad", [_record(title="Owls", added="x"), "{", "[]\n", _record(id="zhu2025dogs", title="Other")]
)
def test_a_bad_record_is_skipped_and_stops_a_strict_import(bad: str, content: Path, tmp_path: Path) -> None:
    source = tmp_path / "papers.jsonl"
    source.write_text(_record() + bad, "utf-8")
    before = sorted(content.rglob("*"))
    assert digest("import", source, "--content", content, "--strict") == 1
    assert sorted(content.rglob("*")) == before
    assert digest("import", source, "--content", content) == 0
    assert sorted({*content.rglob("*")} - {*before}) == [content / "papers/conf-2025/b2025fish.yaml"]
