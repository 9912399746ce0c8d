"""Small contents for tests of single rules."""

from dataclasses import replace
from datetime import date
from typing import Any

from generator.exports.all import all_exports
from generator.model.catalog import Content, build_catalog
from generator.model.entities import Edition, Series, Topic, VenueKind
from generator.model.paper import Author, Paper
from generator.pages.all import all_pages
from generator.pages.views import Views
from generator.rules.all import Rule
from tests.conftest import ROOT, SETTINGS

DAY = date(2025, 5, 2)
CONF = Series(id="conf", name="Conf", kind=VenueKind.CONFERENCE, editions=(Edition(id="conf-2025", year=2025),))
CATS = Topic(id="cats", name={"": "Cats"})


def paper(paper_id: str = "reef2025ropes", **fields: Any) -> Paper:
    """A paper without faults, changed by ``fields``; authors may be given as names."""
    defaults: dict[str, Any] = {
        "title": f"Title of {paper_id}", "authors": ("Ada Reef",), "venue": "conf-2025", "topics": ("cats",),
        "added": DAY,
    }  # fmt: skip
    values = {**defaults, **fields}
    values["authors"] = tuple(Author(name=name) if isinstance(name, str) else name for name in values["authors"])
    return Paper(id=paper_id, **values)


def content(*papers: Paper, **records: Any) -> Content:
    """The papers with one venue and one topic, and further ``records``."""
    defaults: dict[str, Any] = {"series": (CONF,), "topics": (CATS,)}
    return Content(papers=papers, **{**defaults, **records})


def broken(rule: Rule, records: Content) -> list[tuple[object, ...]]:
    """The problems that a rule finds: code, subject and location of each."""
    return [(problem.code, problem.subject, *problem.location) for problem in rule(records)]


def pages_of(records: Content, **settings: Any) -> dict[str, str]:
    """The Markdown pages of a content by path, with changed ``settings``."""
    changed = replace(SETTINGS, **settings)
    pages = all_pages(build_catalog(records, changed.founded), changed, ROOT / "theme")
    return {page.path: page.text for page in pages}


def views_of(*papers: Paper, **records: Any) -> Views:
    """The views of a small catalog."""
    return Views(build_catalog(content(*papers, **records)), SETTINGS)


def exports_of(records: Content, **settings: Any) -> dict[str, str]:
    """The exports of a content by path, without cards, with changed ``settings``."""
    changed = replace(SETTINGS, social_cards=False, **settings)
    return {
        file.path: file.text for file in all_exports(build_catalog(records, changed.founded), changed, ROOT / "theme")
    }
