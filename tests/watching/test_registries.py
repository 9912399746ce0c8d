"""Responses of registries become states. Other texts are refused."""

import json
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest

from generator.fetch.sites import pause_of
from generator.watching.registries import (
    REGISTRIES,
    BadResponse,
    Notice,
    Registry,
    read_arxiv,
    read_crossref,
    read_notices,
    read_openreview,
)

FEED = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"><entry>'
    "<id>http://arxiv.org/abs/{id}</id><updated>2025-05-01T12:00:00Z</updated><title>Kites\n  and wind</title>{more}"
    "</entry></feed>"
)


def _works(*works: dict[str, Any]) -> str:
    return json.dumps({"message": {"items": works}})


@pytest.mark.parametrize("registry", REGISTRIES, ids=lambda registry: registry.name)
@pytest.mark.parametrize("text", ["", "<html>", '{"message": {"items": [', "{}", "[]", "<feed>", '{"notes": 1}'])
def test_other_texts_are_refused(registry: Registry, text: str) -> None:
    with pytest.raises(BadResponse):
        registry.read(text)


def test_an_arxiv_id_is_read_without_its_version() -> None:
    state = read_arxiv(FEED.format(id="2501.00001v3", more=""))["2501.00001"]
    assert (state.version, state.updated, state.title) == (3, date(2025, 5, 1), "Kites and wind")
    assert read_arxiv(FEED.format(id="math/0501001v1", more=""))["math/0501001"].version == 1


def test_code_is_an_address_without_the_full_stop_of_its_sentence() -> None:
    more = "<arxiv:comment>Code: http://github.com/toys/kite.git.</arxiv:comment>"
    assert read_arxiv(FEED.format(id="2501.00001v1", more=more))["2501.00001"].code == "https://github.com/toys/kite"


def test_the_last_number_that_looks_like_a_year_is_the_year() -> None:
    more = "<arxiv:journal_ref>Kite Letters 1999, 2010-2020 (2024)</arxiv:journal_ref>"
    assert read_arxiv(FEED.format(id="2501.00001v1", more=more))["2501.00001"].year == 2024


def test_notices_are_found_from_both_sides() -> None:
    notice = {"type": "partial_retraction", "DOI": "10.5555/n", "updated": {"date-parts": [[2025, 4, 2]]}}
    expected = Notice("partial-retraction", date(2025, 4, 2), "10.5555/n")
    (state,) = read_crossref(_works({"DOI": "10.5555/A", "updated-by": [notice]})).values()
    assert state.notices == (expected,)
    states = read_notices(_works({"DOI": "10.5555/n", "update-to": [{**notice, "DOI": "10.5555/A"}]}))
    assert states["10.5555/a"].notices == (expected,)


@pytest.mark.parametrize("parts", [None, [], [[2025]], [[2025, 4]], [[2025, None, None]], "2025", [[2025, 13, 1]]])
def test_an_incomplete_date_is_no_date(parts: Any) -> None:
    notice = {"type": "retraction", "updated": {"date-parts": parts}}
    (state,) = read_crossref(_works({"DOI": "10.5555/a", "updated-by": [notice]})).values()
    assert state.notices[0].day is None


@pytest.mark.parametrize(
    ("venue", "venue_id", "decision"),
    [
        ("Conf 2025 Poster", "conf.example/2025/Conference", "accepted"),
        ("Submitted to Conf 2025", "conf.example/2025/Conference/Submission", ""),
        ("Conf 2025 Withdrawn Submission", "conf.example/2025/Conference/Withdrawn_Submission", "withdrawn"),
        ("Submitted to Conf 2025", "conf.example/2025/Conference/Rejected_Submission", "rejected"),
        ("", "", ""),
    ],
)
def test_a_decision_follows_from_the_names_of_the_venue(venue: str, venue_id: str, decision: str) -> None:
    content = {"venue": {"value": venue}, "venueid": {"value": venue_id}}
    review = {"id": "r1", "forum": "f1", "content": {}}
    note = {"id": "f1", "forum": "f1", "mdate": 1746100800000, "content": content}
    states = read_openreview(json.dumps({"notes": [review, note]}))
    assert list(states) == ["f1"], "a review is not a paper"
    assert (states["f1"].decision, states["f1"].updated) == (decision, date(2025, 5, 1))
    assert states["f1"].venue == (venue if decision == "accepted" else "")


def test_a_note_without_an_id_is_no_paper() -> None:
    assert read_openreview(json.dumps({"notes": [{"content": {"venue": {"value": "Conf 2025"}}}]})) == {}


def test_an_address_names_all_identifiers_of_a_batch() -> None:
    registries = {registry.name: registry for registry in REGISTRIES}
    assert registries["arXiv"].address(["2501.00001", "math/0501001"]).endswith("id_list=2501.00001,math/0501001")
    assert registries["Crossref"].address(["10.5555/a b"]).endswith("filter=doi:10.5555/a%20b")


def test_registers_wait_as_long_as_the_terms_of_their_hosts_ask() -> None:
    for registry in REGISTRIES:
        assert registry.pause >= pause_of(urlsplit(registry.address_pattern).netloc) > 0
