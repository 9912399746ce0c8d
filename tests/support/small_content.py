"""Small contents for tests of single rules."""

from datetime import date
from typing import Any

from generator.model.catalog import Content
from generator.model.entities import Edition, Series, Topic, VenueKind
from generator.model.paper import Author, Paper
from generator.rules.all import Rule

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
