"""Drafts of collections list papers in order, with empty fields for a person."""

from dataclasses import replace
from datetime import date
from typing import Any

import yaml

from generator.commands.collection_draft import Draft, draft_from_institution, drafts_from_articles
from generator.importers.prose_digest import NAME as ARTICLE
from generator.model.catalog import Content
from generator.model.entities import Institution
from generator.model.paper import Author
from generator.model.provenance import Source
from generator.model.record import RawRecord
from generator.store.load import load
from tests.conftest import TOY

TODAY = date(2026, 5, 2)


def _fields(draft: Draft) -> dict[str, Any]:
    fields: dict[str, Any] = yaml.safe_load(draft.text)
    return fields


def _content() -> Content:
    content = load(TOY).content
    isle = Institution(id="isle", name="Isle University", aliases=("University of Isle",))
    cats, dogs = (paper for paper in content.papers if paper.venue == "conf-2025")
    papers = (
        replace(cats, title="B", affiliations=("ISLE university",)),
        replace(dogs, title="A", authors=(Author(name="C D", affiliation=("University of Isle",)),)),
    )
    return replace(content, papers=papers, institutions=(isle,))


def test_papers_of_an_institution_are_sorted_by_title() -> None:
    draft = draft_from_institution(_content(), "conf-2025", "isle", TODAY)
    assert draft is not None
    assert draft.path == "collections/isle-at-conf-2025.yaml"
    assert _fields(draft)["items"] == [{"paper": "zhu2025dogs", "note": ""}, {"paper": "oconnor2025cats", "note": ""}]
    assert "- paper: zhu2025dogs\n  # A\n" in draft.text, "the title is a comment for the person who writes the note"
    assert _fields(draft)["name"] == ""


def test_without_papers_there_is_no_draft() -> None:
    assert draft_from_institution(_content(), "conf-2024", "isle", TODAY) is None


def _entry(number: int, **more: Any) -> RawRecord:
    return {"id": f"p{number}", "source": {"kind": ARTICLE, "name": "tide", "item": str(number)}, **more}


def test_an_article_becomes_a_collection_in_its_order() -> None:
    other: RawRecord = {"id": "x", "source": {"kind": "arxiv-atom", "name": "tide"}}
    (draft,) = drafts_from_articles([_entry(1, venue="conf-2025"), other, _entry(2)], Content(), TODAY)
    fields = _fields(draft)
    assert draft.path == "collections/article-tide.yaml"
    assert [item["paper"] for item in fields["items"]] == ["p1", "p2"]
    assert (fields["venue"], "disclosure" in fields) == ("conf-2025", False)


def test_a_paper_of_the_digest_keeps_its_id() -> None:
    content = _content()
    known = replace(content.papers[0], source=(Source(kind=ARTICLE, name="tide", item="2"),))
    (draft,) = drafts_from_articles([_entry(1), _entry(2)], replace(content, papers=(known,)), TODAY)
    assert [item["paper"] for item in _fields(draft)["items"]] == ["p1", known.id]


def test_an_article_by_a_model_needs_a_disclosure() -> None:
    (draft,) = drafts_from_articles([_entry(1, summary_by={"kind": "ai"})], Content(), TODAY)
    assert _fields(draft)["disclosure"] == ""
