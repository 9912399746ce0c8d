"""The records of a built site: search, lookup by several names, and what is related."""

import json
from typing import Any

import pytest

from generator.access.records import LookupFailed, SiteRecords


def _row(paper_id: str, title: str, year: int = 2025, **more: Any) -> dict[str, Any]:
    venue = {
        "series": "conf",
        "edition": f"conf-{year}",
        "name": f"Conf {year}",
        "full_name": "Conference",
        "year": year,
    }
    return {"id": paper_id, "title": title, "venue": venue, "authors": [{"name": "Ada Byron"}], **more}


ROWS = [
    _row("kites", "Kites and wind", topics=[{"id": "toys", "name": "Toys"}], aliases=["old-kites"]),
    _row(
        "winds", "Strong winds", texts=[{"tldr": "Kites fall.", "summary": ""}], topics=[{"id": "toys", "name": "Toys"}]
    ),
    _row("dogs", "Dogs", 2024, keywords=["kite-flying"]),
]


def _site(rows: list[dict[str, Any]] = ROWS) -> SiteRecords:
    files = {"papers.jsonl": "".join(f"{json.dumps(row)}\n" for row in rows), "papers/kites/cite.bib": "@misc{kites}"}
    return SiteRecords(files.__getitem__)


def _ids(records: list[dict[str, Any]]) -> list[str]:
    return [record["id"] for record in records]


def test_a_word_in_the_title_counts_more_than_in_the_text() -> None:
    assert _ids(_site().search("kites")) == ["kites", "winds"]


def test_papers_with_all_words_exclude_those_with_some() -> None:
    assert _ids(_site().search("strong kites")) == ["winds"]
    assert _ids(_site().search("strong cats")) == ["winds"], "no paper has all words"


def test_a_word_finds_longer_words_that_begin_with_it() -> None:
    assert _ids(_site().search("kite")) == ["dogs", "kites", "winds"]
    assert _site().search("kit") == [], "too short: it begins too many words"


def test_results_are_narrowed_and_limited() -> None:
    site = _site()
    assert _ids(site.search("", year=2024)) == ["dogs"]
    assert _ids(site.search("", venue="Conf 2025", topic="TOYS")) == ["kites", "winds"]
    assert _ids(site.search("", limit=0)) == ["kites"], "at least one"
    assert len(_site([_row(f"p{n}", "Kites") for n in range(80)]).search("kites", limit=80)) == 50


@pytest.mark.parametrize("name", ["conf", "conf-2025", "Conf 2025", "CONF"])
def test_a_venue_is_a_series_or_an_edition(name: str) -> None:
    venue = _site().venue(name)
    assert (venue["count"], venue["name"]) == ((2, "Conf 2025") if "2025" in name else (3, "Conference"))


@pytest.mark.parametrize("limit", [0, -1])
def test_the_papers_of_a_venue_or_topic_are_at_least_one(limit: int) -> None:
    assert _ids(_site().venue("conf", limit)["papers"]) == ["kites"]
    assert _ids(_site().topic("toys", limit)["papers"]) == ["kites"]


def test_related_papers_share_what_few_have() -> None:
    related = _site().related("old-kites")
    assert [(record["id"], record["shared"]) for record in related] == [
        ("winds", ["author Ada Byron", "topic toys"]), ("dogs", ["author Ada Byron"]),
    ]  # fmt: skip


def test_a_citation_is_that_of_the_current_id() -> None:
    assert _site().citation("old-kites") == "@misc{kites}"


def test_an_id_that_leads_out_of_the_folder_of_papers_is_damage() -> None:
    with pytest.raises(LookupFailed, match="damaged"):
        _site([_row("../kites", "Kites")]).citation("../kites")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda site: site.paper("kitess"), "there is no paper 'kitess'; did you mean kites"),
        (lambda site: site.venue("cnf"), "there is no venue 'cnf'; did you mean conf"),
        (lambda site: site.topic("toyz"), "there is no topic 'toyz'; did you mean toys"),
        (lambda site: site.citation("kites", "bibtx"), "there is no citation format 'bibtx'; did you mean bibtex"),
    ],
)
def test_an_unknown_name_gets_a_suggestion(call: Any, message: str) -> None:
    with pytest.raises(LookupFailed, match=message.replace("?", r"\?")):
        call(_site())


@pytest.mark.parametrize(
    ("name", "venue_id"), [("Conf 2025", "conf-2025"), ("CONF-2025", "conf-2025"), ("Conf", "conf")]
)
def test_the_id_of_a_venue_is_that_of_the_site(name: str, venue_id: str) -> None:
    assert _site().venue(name)["id"] == venue_id


def test_the_id_of_a_series_is_not_taken_for_the_name_of_its_edition() -> None:
    rows = [_row("kites", "Kites"), _row("dogs", "Dogs", 2024)]
    rows[0]["venue"]["name"] = "Conf"  # an edition without a year
    venue = _site(rows).venue("conf")
    assert (venue["id"], venue["name"], venue["count"]) == ("conf", "Conference", 2)


def test_the_name_of_a_series_does_not_mean_its_edition_without_a_year() -> None:
    rows = [_row("kites", "Kites"), _row("dogs", "Dogs", 2024)]
    for row in rows:
        row["venue"]["series"] = "conference-on-toys"
    rows[0]["venue"].update(name="Conf", edition="conf-undated", year=None)
    venue = _site(rows).venue("Conf")
    assert (venue["id"], venue["name"], venue["count"]) == ("conference-on-toys", "Conference", 2)
    assert _site(rows).venue("conf-undated")["id"] == "conf-undated"


def test_the_name_of_a_venue_without_a_year_is_not_shortened() -> None:
    rows = [_row("kites", "Kites"), _row("dogs", "Dogs")]
    rows[0]["venue"] = {
        "series": "conf-letters",
        "edition": "conf-letters",
        "name": "Conf Letters",
        "full_name": "Letters",
    }
    assert _ids(_site(rows).venue("Conf")["papers"]) == ["dogs"]


@pytest.mark.parametrize(
    "fault",
    [
        {"venue": "conf"},
        {"authors": ["Ada"]},
        {"topics": [{"id": "toys"}]},
        {"texts": [1]},
        {"id": 1},
        {"keywords": [2]},
    ],
)
def test_a_record_with_a_value_of_another_type_is_damaged(fault: dict[str, Any]) -> None:
    with pytest.raises(LookupFailed, match="damaged"):
        _site([{**ROWS[0], **fault}]).search("kites")
