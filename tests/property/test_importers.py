"""Every importer: a record made of a paper is imported as that paper, and a damaged one is imported or reported."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from html import escape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.codec.decode import decode
from generator.importers.kinds import IMPORTERS, importer_named, recognize
from generator.importers.raw_paper import Options, Parsed
from generator.model.paper import Paper
from tests.support.fuzzing import tries

GIVEN = ("Ada", "Bo", "Inés", "Jean-Luc", "O. B.", "Min-seo")
FAMILY = ("Reef", "Öst", "van der Berg", "de la Tour", "Li", "Nguyễn", "O'Neil")
WORDS = ("Ropes", "Knots", "Tides", "Anchors", "Fog", "Buoys", "Harbours", "Sails", "Lamps")
SMALL = ("that", "of", "under", "with", "beside", "without")


@dataclass(frozen=True)
class Example:
    """A paper as the records of these tests tell it."""

    title: str
    people: tuple[tuple[str, str], ...]
    day: date
    number: int

    @property
    def names(self) -> list[str]:
        """The authors' names as they are spoken."""
        return [f"{given} {family}" for given, family in self.people]

    @property
    def arxiv(self) -> str:
        """An arXiv id of the paper's month."""
        return f"{self.day:%y%m}.{self.number:05}"

    @property
    def doi(self) -> str:
        """A DOI."""
        return f"10.5555/ropes.{self.number}"


titles = st.tuples(
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=4, unique=True),
    st.sampled_from(SMALL),
    st.sampled_from(WORDS),
).map(lambda parts: f"{' '.join(parts[0])} {parts[1]} {parts[2]} {{& n < 5}}".replace("{", "").replace("}", ""))
people = st.lists(st.tuples(st.sampled_from(GIVEN), st.sampled_from(FAMILY)), min_size=1, max_size=4, unique=True)
papers = st.builds(
    Example,
    title=titles,
    people=people.map(tuple),
    day=st.dates(date(2010, 1, 1), date(2026, 9, 30)),
    number=st.integers(1, 99_999),
)


def _openreview(paper: Example, *, version: int) -> str:
    moment = int(datetime(paper.day.year, paper.day.month, paper.day.day, 12, tzinfo=UTC).timestamp() * 1000)
    content: dict[str, Any] = {"title": paper.title, "authors": paper.names, "venue": f"COR {paper.day.year} Poster"}
    if version == 2:
        content["authors"] = [{"fullname": name, "username": "~X1"} for name in paper.names]
        content = {name: {"value": value} for name, value in content.items()}
    forum = f"rOpEs{paper.number:05}"
    return json.dumps({"notes": [{"id": forum, "forum": forum, "pdate": moment, "content": content}]}, indent=1)


def _crossref(paper: Example) -> str:
    authors = [{"given": given, "family": family} for given, family in paper.people]
    when = {"date-parts": [[paper.day.year, paper.day.month, paper.day.day]]}
    work = {"DOI": paper.doi, "type": "journal-article", "title": [escape(paper.title)], "author": authors}
    return json.dumps({"message": {**work, "issued": when, "container-title": ["Journal of Ropes"]}}, indent=1)


def _datacite(paper: Example) -> str:
    creators = [{"name": f"{family}, {given}"} for given, family in paper.people]
    dates = [{"date": paper.day.isoformat(), "dateType": "Issued"}]
    attributes = {"doi": paper.doi, "titles": [{"title": paper.title}], "creators": creators, "dates": dates}
    return json.dumps({"data": [{"type": "dois", "attributes": {**attributes, "publisher": "Pier Archive"}}]}, indent=1)


def _daily(paper: Example) -> str:
    record = {
        "id": paper.arxiv,
        "authors": [{"name": name} for name in paper.names],
        "publishedAt": f"{paper.day}T01:00Z",
    }
    return json.dumps([{"paper": record, "title": paper.title}], indent=1)


def _acl(paper: Example) -> str:
    authors = "".join(f"<author><first>{g}</first><last>{escape(f)}</last></author>" for g, f in paper.people)
    meta = f"<meta><booktitle>Conference on Ropes</booktitle><year>{paper.day.year}</year></meta>"
    row = f'<paper id="{paper.number}"><title>{escape(paper.title)}</title>{authors}<doi>{paper.doi}</doi></paper>'
    return f'<collection id="{paper.day.year}.rop">\n<volume id="1">{meta}\n{row}\n</volume></collection>'


def _arxiv(paper: Example) -> str:
    authors = "".join(f"<author><name>{escape(name)}</name></author>" for name in paper.names)
    inside = f"<id>http://arxiv.org/abs/{paper.arxiv}v1</id><published>{paper.day}T00:00:00Z</published>"
    entry = f"<entry>{inside}<title>{escape(paper.title)}</title>{authors}</entry>"
    return f'<feed xmlns="http://www.w3.org/2005/Atom">\n{entry}\n</feed>'


def _tags(paper: Example) -> str:
    values = [("title", paper.title), *(("author", f"{f}, {g}") for g, f in paper.people), ("doi", paper.doi)]
    values += [("publication_date", f"{paper.day:%Y/%m/%d}"), ("journal_title", "Journal of Ropes")]
    return "<html>" + "\n".join(f'<meta name="citation_{name}" content="{escape(text)}">' for name, text in values)


def _page(paper: Example) -> str:
    day = f"{paper.day:%b} {paper.day.day}, {paper.day.year}"
    names = "\n,\n".join(paper.names)
    head = f"Papers\narxiv:{paper.arxiv}\n{paper.title}\nPublished on {day}\nUpvote\n12\n"
    return f"{head}Authors:\n{names}\nAbstract\nRopes hold if they are tied.\nView arXiv page\n"


def _jsonl(paper: Example) -> str:
    fields = {"title": paper.title, "authors": paper.names, "arxiv": paper.arxiv, "doi": paper.doi}
    return json.dumps({**fields, "published": paper.day.isoformat()}) + "\n"


RECORDS: dict[str, tuple[str, Callable[[Example], str], tuple[str, ...]]] = {
    "openreview, version 1": ("openreview-json", lambda p: _openreview(p, version=1), ("published",)),
    "openreview, version 2": ("openreview-json", lambda p: _openreview(p, version=2), ("published",)),
    "crossref": ("crossref-json", _crossref, ("published", "doi")),
    "datacite": ("datacite-json", _datacite, ("published", "doi")),
    "daily papers": ("daily-papers-json", _daily, ("published", "arxiv")),
    "acl": ("acl-xml", _acl, ("doi",)),
    "arxiv": ("arxiv-atom", _arxiv, ("published", "arxiv")),
    "citation tags": ("citation-tags", _tags, ("published", "doi")),
    "paper page": ("paper-page", _page, ("published", "arxiv")),
    "JSON Lines": ("jsonl", _jsonl, ("published", "arxiv", "doi")),
}
PAGES = {"daily-papers", "search-page", "prose-digest"}
"""Kinds of page; their properties stand at the end."""
WRITTEN_HERE = {"bibtex", "ris", "csl-json"}
"""Formats that the digest writes; `test_imported_records` has their properties."""


def test_every_importer_has_its_properties() -> None:
    assert {importer.NAME for importer in IMPORTERS} == {kind for kind, _, _ in RECORDS.values()} | PAGES | WRITTEN_HERE


def _names(parsed: Parsed) -> list[str]:
    authors = parsed.papers[0].fields["authors"]
    assert isinstance(authors, list)
    return [str(author["name"]) if isinstance(author, dict) else str(author) for author in authors]


@pytest.mark.parametrize("name", RECORDS)
@given(paper=papers)
@tries(25)
def test_a_record_of_a_paper_is_imported_as_that_paper(name: str, paper: Example) -> None:
    kind, record, fields = RECORDS[name]
    text = record(paper)
    importer = recognize(text)
    assert importer is not None
    assert kind == importer.NAME
    parsed = importer.read(text, Options(origin="t"))
    assert [p.fields["title"] for p in parsed.papers] == [paper.title]
    assert _names(parsed) == paper.names
    assert "authors_incomplete" not in parsed.papers[0].fields
    wanted = {"published": paper.day.isoformat(), "doi": paper.doi, "arxiv": paper.arxiv}
    for field in fields:
        assert parsed.papers[0].fields[field] == wanted[field]


@pytest.mark.parametrize("name", RECORDS)
@given(paper=papers, data=st.data())
@tries(40)
def test_a_damaged_record_is_imported_or_reported(name: str, paper: Example, data: st.DataObject) -> None:
    """A piece is cut out or doubled: each author and the title arrive, or something is said of the record."""
    kind, record, _ = RECORDS[name]
    text = record(paper)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    damaged = data.draw(st.sampled_from((text[:start] + text[end:], text[:end] + text[start:])))
    importer = importer_named(kind)
    assert importer is not None
    parsed = importer.read(damaged, Options(origin="t"))
    json.dumps([p.fields for p in parsed.papers])
    if not parsed.papers:
        assert parsed.notes
        return
    fields = parsed.papers[0].fields
    if kind == "jsonl":  # these are an entry's own fields, so the codec reports what is wrong with them
        assert fields.get("title") or decode(Paper, fields)[1]
        return
    assert fields["title"]
    if "authors" not in fields:
        assert fields["authors_incomplete"] == "true"


def _cards(all_papers: list[Example]) -> str:
    cards = "".join(f"Submitted by\nreefer\n12\n{p.title}\n· {len(p.people)} authors\n3\n" for p in all_papers)
    return f"Daily Papers\nSep 3\n{cards}Previous\nSep 2\nSep 4\nNext\nAbout\n"


def _listing(all_papers: list[Example]) -> str:
    return "".join(f"{p.title}\nRopes hold if they are tied, and {p.number} of them do.\n" for p in all_papers)


@given(several=st.lists(papers, min_size=2, max_size=6, unique_by=lambda paper: paper.title))
@tries(30)
def test_pages_of_papers_give_their_titles(several: list[Example]) -> None:
    for text in (_cards(several), _listing(several)):
        importer = recognize(text)
        assert importer is not None
        parsed = importer.read(text, Options(origin="t", year=2025))
        assert [paper.fields["title"] for paper in parsed.papers] == [paper.title for paper in several]


def _article(paper: Example, other: Example) -> str:
    def listed(names: list[str]) -> str:
        return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"

    return (
        "The Conference on Ropes (COR) takes place from May 1st to May 3rd 2026 in Kiel.\n"
        f"{listed(paper.names)} study ropes. They tie knots.\nThe knots hold.\n"
        f"In their paper, {listed(other.names)} examine fog.\nIt is thick.\n"
    )


@given(paper=papers, other=papers)
@tries(30)
def test_articles_give_their_authors(paper: Example, other: Example) -> None:
    text = _article(paper, other)
    importer = recognize(text)
    assert importer is not None
    parsed = importer.read(text, Options(origin="t"))
    read = [p.fields["authors"] for p in parsed.papers]
    same = set(other.names) <= set(paper.names)  # who is named already does not begin another paper
    assert read == ([paper.names] if same else [paper.names, other.names])


@given(several=st.lists(papers, min_size=2, max_size=6, unique_by=lambda paper: paper.title), data=st.data())
@tries(60)
def test_a_damaged_page_loses_no_title_silently(several: list[Example], data: st.DataObject) -> None:
    """A piece is cut out or doubled: a title that is left whole is imported or named in a report."""
    for text in (_cards(several), _listing(several)):
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start, min(len(text), start + 60)))
        damaged = data.draw(st.sampled_from((text[:start] + text[end:], text[:end] + text[start:])))
        importer = recognize(damaged)
        if importer is None:
            continue  # the command says so
        parsed = importer.read(damaged, Options(origin="t", year=2025))
        reports = [unread.text for unread in parsed.unread] + [note.message for note in parsed.notes]
        imported = [text for paper in parsed.papers for text in map(str, paper.fields.values())]
        for title in {paper.title for paper in several} & set(damaged.splitlines()):
            assert any(title in report for report in (*reports, *imported)), damaged


@given(paper=papers, other=papers, data=st.data())
@tries(60)
def test_a_damaged_article_is_imported_or_reported(paper: Example, other: Example, data: st.DataObject) -> None:
    text = _article(paper, other)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    damaged = data.draw(st.sampled_from((text[:start] + text[end:], text[:end] + text[start:])))
    importer = importer_named("prose-digest")
    assert importer is not None
    parsed = importer.read(damaged, Options(origin="t"))
    assert parsed.notes
    imported = " ".join(str(value) for entry in parsed.papers for value in entry.fields.values())
    reports = " ".join([unread.text for unread in parsed.unread] + [note.message for note in parsed.notes])
    for line in filter(None, map(str.strip, damaged.splitlines())):
        assert " ".join(line.split()) in f"{imported} {reports}", line
