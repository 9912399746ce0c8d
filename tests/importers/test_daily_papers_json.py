"""Daily Papers as JSON: papers alone, in lists and in objects."""


# venues and lists of names stand on one line, as registries write them

import json

from generator.importers import csl_json, daily_papers_json
from generator.importers.raw_paper import Options

OPTIONS = Options(origin="o")


def test_items_may_be_in_an_object_and_a_paper_may_be_alone() -> None:
    item = {"id": "x", "type": "article", "title": "Cats that sleep"}
    paper = {"id": "2501.01234", "title": "Cats that sleep", "authors": [{"name": "Ann Berg"}], "upvotes": 3}
    for text, kind in (
        (json.dumps({"items": [item]}), csl_json),
        (json.dumps({**paper, "publishedAt": "2025-01-03T00:00:00.000Z"}), daily_papers_json),
    ):
        assert kind.recognizes(text)
        assert [paper.fields["title"] for paper in kind.read(text, OPTIONS).papers] == ["Cats that sleep"]


def test_the_page_shows_a_paper_later_than_it_appeared() -> None:
    paper = {"id": "2501.01234", "title": "Ropes", "authors": [{"name": "Ada Reef"}], "upvotes": 3}
    paper |= {"publishedAt": "2025-01-03T00:00:00.000Z", "submittedOnDailyAt": "2025-01-07T00:00:00.000Z"}
    (imported,) = daily_papers_json.read(json.dumps([{"paper": paper, "publishedAt": "2025-01-07"}]), OPTIONS).papers
    assert (imported.fields["published"], imported.fields["added"]) == ("2025-01-03", "2025-01-07")
    assert (imported.fields["arxiv"], imported.venue and imported.venue.year) == ("2501.01234", 2025)


def test_fields_beside_a_paper_complete_it_and_unknown_ones_are_reported() -> None:
    item = {"title": "Ropes", "authors": ["Ada Reef"], "mood": "calm", "paper": {"id": "2501.01234"}}
    parsed = daily_papers_json.read(json.dumps([item]), OPTIONS)
    assert parsed.papers[0].fields["authors"] == ["Ada Reef"]
    assert [(unread.kind, unread.text) for unread in parsed.unread] == [("field mood", "calm")]
