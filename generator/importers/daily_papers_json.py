"""Hugging Face's Daily Papers as JSON: https://huggingface.co/docs/hub/api, ``/api/daily_papers``."""

from typing import Any

from generator.importers.public_record import PublicRecord, Writer, add_record, day, unreadable, year_of
from generator.importers.raw_paper import Options, Parsed
from generator.importers.untyped import document, first, mappings
from generator.model.venue import VenueKind, VenueName
from generator.text.addresses import identifier

NAME = "daily-papers-json"


def recognises(text: str) -> bool:
    """A list of objects that each hold a ``paper``."""
    return bool(_papers(document(text, '"paper"', '"title"')))


def read(text: str, options: Options) -> Parsed:
    """Read the papers. ``added`` is the day on which the page showed them; written summaries are not taken."""
    papers = _papers(document(text))
    parsed = Parsed() if papers else unreadable(NAME)
    for ordinal, paper in enumerate(papers, 1):
        add_record(parsed, _record(paper, f"{options.origin}:{ordinal}"), NAME, options)
    return parsed


def _papers(value: Any) -> list[dict[str, Any]]:
    return [item["paper"] for item in mappings(value) if isinstance(item.get("paper"), dict)]


def _record(paper: dict[str, Any], otherwise: str) -> PublicRecord:
    arxiv = first(paper.get("id"))
    published = _day(paper.get("publishedAt"))
    links = {"code": first(paper.get("githubRepo")), "project": first(paper.get("projectPage"))}
    return PublicRecord(
        key=arxiv or otherwise,
        title=first(paper.get("title")),
        writers=[Writer(name=first(author.get("name"))) for author in mappings(paper.get("authors"))],
        venue=VenueName(name="arXiv", year=year_of(published), kind=VenueKind.PREPRINT),
        added=_day(paper.get("submittedOnDailyAt")),
        published=published,
        identifiers=[identifier("arxiv", arxiv)],
        links=links,
        abstract=first(paper.get("summary")),
    )


def _day(moment: Any) -> str:
    return day(*first(moment)[:10].split("-"))
