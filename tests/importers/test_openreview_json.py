"""Notes of OpenReview: versions, venues, decisions and authors."""

import json
from collections.abc import Callable, Mapping

import pytest

from generator.importers import openreview_json
from generator.importers.raw_paper import Options, Parsed

OPTIONS = Options(origin="o")
NOTE_ID = "kEtTlEs012"


def _read(content: Mapping[str, object], **note: object) -> Parsed:
    return openreview_json.read(
        json.dumps({"notes": [{"id": NOTE_ID, "forum": NOTE_ID, "content": content, **note}]}), OPTIONS
    )


@pytest.mark.parametrize("wrap", [lambda value: value, lambda value: {"value": value}], ids=["version 1", "version 2"])
def test_both_versions_of_the_api_are_read(wrap: Callable[[object], object]) -> None:
    content = {"title": "Ropes", "authors": ["Ada Reef", "Bo Öst"], "venue": "ICLR 2025 Oral"}
    (paper,) = _read({name: wrap(value) for name, value in content.items()}).papers
    assert paper.fields["authors"] == ["Ada Reef", "Bo Öst"]
    assert (paper.fields["openreview"], paper.fields["track"]) == (NOTE_ID, "oral")
    assert paper.venue is not None
    assert (paper.venue.name, paper.venue.year) == ("ICLR", 2025)


@pytest.mark.parametrize(
    ("fields", "links"),
    [
        ({"github": "https://github.com/a/b"}, {"code": "https://github.com/a/b"}),
        ({"github": "https://github.com/a/b", "code": "https://c.example/"}, {"code": "https://c.example/"}),
        ({"code": "on request", "homepage": "https://a.example/"}, {"project": "https://a.example/"}),
    ],
)
def test_any_field_of_a_kind_of_link_is_read(fields: Mapping[str, str], links: Mapping[str, str]) -> None:
    (paper,) = _read({"title": "Ropes", "authors": ["Ada Reef"], **fields}).papers
    assert paper.fields["links"] == links


@pytest.mark.parametrize("venue", ["Submitted to ICLR 2025", "ICLR 2025 Conference Withdrawn Submission", ""])
def test_a_paper_that_no_venue_accepted_has_none(venue: str) -> None:
    parsed = _read({"title": "Ropes", "authors": ["Ada Reef"], "venue": venue})
    assert parsed.papers[0].venue is None
    assert "accepted" in parsed.notes[0].message


def test_a_reply_with_the_decision_names_track_and_venue() -> None:
    decision = {"content": {"decision": "Accept (Oral)"}}
    content = {"title": "Ropes", "authors": ["Ada Reef"], "venueid": "ICLR.cc/2021/Conference"}
    (paper,) = _read(content, details={"directReplies": [decision]}).papers
    assert paper.venue is not None
    assert (paper.venue.name, paper.venue.year, paper.fields["track"]) == ("ICLR", 2021, "oral")


@pytest.mark.parametrize("project", [" https://a.example/ ", ["https://a.example/"]])
def test_a_link_with_spaces_or_in_a_list_is_read_and_not_reported(project: object) -> None:
    parsed = _read({"title": "Ropes", "authors": ["Ada Reef"], "project": project})
    assert parsed.papers[0].fields["links"] == {"project": "https://a.example/"}
    assert parsed.unread == []


def test_reviews_are_no_papers() -> None:
    parsed = _read({"title": "Ropes"}, forum="other")
    assert parsed.papers == []
    assert [unread.kind for unread in parsed.unread] == ["reply to a paper"]


def test_an_author_without_a_name_leaves_the_list_incomplete() -> None:
    parsed = _read({"title": "Ropes", "authors": [{"fullname": "Ada Reef"}, {"username": "~Bo1"}]})
    assert parsed.papers[0].fields["authors"] == ["Ada Reef"]
    assert parsed.papers[0].fields["authors_incomplete"] == "true"
    assert ("author without a name", "~Bo1") in {(unread.kind, unread.text) for unread in parsed.unread}
