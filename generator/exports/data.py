"""The digest as data: a record a paper, JSON Lines of all, and a static API whose version stands in its path.

``api/v1/`` keeps its fields for ever; what has to change becomes ``api/v2/``. Its schema is ``api/v1/schema.json``.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from typing import Any

from generator.exports.paper_texts import PaperTexts
from generator.exports.pieces import in_pieces
from generator.exports.records import Record, known
from generator.search.records import filters_of
from generator.model import places
from generator.model.catalog import Catalog
from generator.model.fingerprints import Fingerprints
from generator.model.page import Draft
from generator.model.settings import Settings
from generator.model.values import in_language

API = "api/v1"
_JSON = json.JSONEncoder(ensure_ascii=False)


def record_file(texts: PaperTexts, marks: Fingerprints, paper_id: str) -> Draft:
    """``index.json`` of a paper."""
    path = f"{places.paper(paper_id)}/index.json"
    return Draft(path=path, made_from=marks.paper(paper_id), write=partial(texts.record_line, paper_id))


def data_files(texts: PaperTexts, marks: Fingerprints) -> Iterator[Draft]:
    """``papers.jsonl``, and the files of the API."""
    catalog, settings, theme = texts.catalog, texts.settings, texts.theme
    kinds: dict[str, Callable[[], list[Record]]] = {
        "venues": lambda: _venues(catalog, settings),
        "editions": lambda: _editions(catalog, settings),
        "topics": lambda: _topics(catalog, settings),
        "authors": lambda: _authors(catalog, settings),
        "institutions": lambda: _institutions(catalog, settings),
        "facets": lambda: _facets(catalog, settings),
    }
    kinds = {name: cache(listed) for name, listed in kinds.items()}  # the index counts what the others list

    def counts() -> dict[str, int]:
        return {"papers": len(catalog.papers), **{name: len(listed()) for name, listed in kinds.items()}}

    def short(paper_id: str) -> str:
        return _JSON.encode(_short(texts.record(paper_id)))

    def export(path: str, write: Callable[[], str]) -> Draft:
        return Draft(path=path, made_from=marks.whole, write=write)

    yield in_pieces("papers.jsonl", marks, catalog.papers, texts.record_line)
    yield export(f"{API}/index.json", lambda: _document({**_about(settings), **_contents(settings, counts())}))
    before, _, after = _document({**_about(settings), "papers": []}).rpartition("]")
    yield in_pieces(f"{API}/papers.json", marks, catalog.papers, short, frame=(before, ", ", f"]{after}"))
    for name, listed in kinds.items():
        yield export(f"{API}/{name}.json", partial(_kind, settings, name, listed))
    yield export(f"{API}/schema.json", lambda: (theme / "exports" / "api.schema.json").read_text("utf-8"))


def _kind(settings: Settings, name: str, listed: Callable[[], list[Record]]) -> str:
    return _document({**_about(settings), name: listed()})


def _document(document: Record) -> str:
    return _JSON.encode(document) + "\n"


def _about(settings: Settings) -> Record:
    return {
        "digest": settings.name,
        "license": settings.license or "not stated",
        "text": "Titles, authors and venues are facts of the papers. Who wrote a text stands in each paper's record.",
    }


def _contents(settings: Settings, counts: Mapping[str, int]) -> Record:
    address = f"{settings.site_url}{API}"
    return {
        "schema": f"{address}/schema.json",
        "records": f"{settings.site_url}papers.jsonl",
        "files": [{"name": name, "url": f"{address}/{name}.json", "items": count} for name, count in counts.items()],
    }


def _short(record: Record) -> Record:
    """What a list needs of a paper, and where its whole record is."""
    kept = {name: record[name] for name in ("id", "url", "title", "added", "changed", "status")}
    return {
        **kept,
        "record": f"{record['url']}index.json",
        "authors": [author["name"] for author in record.get("authors", [])],
        "edition": record["venue"]["edition"],
        "topics": [topic["id"] for topic in record["topics"]],
    }


def _located(settings: Settings, place: str, papers: Iterable[str]) -> Record:
    return {"url": f"{settings.site_url}{place}/", "papers": list(papers)}


def _venues(catalog: Catalog, settings: Settings) -> list[Record]:
    return [
        known({"id": item.id, "name": item.name, "full_name": item.full_name, "kind": item.kind.value,
               "website": item.url, "editions": [edition.id for edition in item.editions]})
        | {"url": f"{settings.site_url}{places.series(item.id)}/"}
        for item in catalog.series.values()
    ]  # fmt: skip


def _editions(catalog: Catalog, settings: Settings) -> list[Record]:
    return [
        known({"id": key, "name": entry.name, "venue": entry.series.id, "year": entry.edition.year,
               "place": entry.edition.place, "starts": entry.edition.starts and entry.edition.starts.isoformat(),
               "ends": entry.edition.ends and entry.edition.ends.isoformat()})
        | _located(settings, places.edition(entry), catalog.papers_by_edition.get(key, ()))
        for key, entry in catalog.editions.items()
    ]  # fmt: skip


def _topics(catalog: Catalog, settings: Settings) -> list[Record]:
    own = settings.language
    return [
        known({"id": key, "name": in_language(topic.name, own, own), "parent": topic.parent,
               "description": in_language(topic.description, own, own)})
        | _located(settings, places.topic(key), catalog.papers_by_topic.get(key, ()))
        for key, topic in catalog.topics.items()
    ]  # fmt: skip


def _authors(catalog: Catalog, settings: Settings) -> list[Record]:
    return [
        known({"id": entry.id, "name": entry.name, "variants": list(entry.variants),
               "orcid": entry.person and entry.person.orcid})
        | _located(settings, places.author(entry.id), entry.papers)
        for entry in catalog.authors.values()
    ]  # fmt: skip


def _institutions(catalog: Catalog, settings: Settings) -> list[Record]:
    return [
        known({"id": entry.id, "name": entry.name, "variants": list(entry.variants),
               "ror": entry.institution and entry.institution.ror})
        | _located(settings, places.institution(entry.id), entry.papers)
        for entry in catalog.institutions.values()
    ]  # fmt: skip


def _facets(catalog: Catalog, settings: Settings) -> list[Record]:
    """By what papers are counted, each with its values and how many papers have them, most first."""
    counts: dict[str, Counter[str]] = {}
    for paper in catalog.papers.values():
        for name, values in filters_of(catalog, settings, paper).items():
            counts.setdefault(name, Counter()).update(values)
    return [{"name": name, "values": [_counted(*pair) for pair in _ordered(held)]} for name, held in counts.items()]


def _counted(value: str, count: int) -> dict[str, Any]:
    return {"value": value, "papers": count}


def _ordered(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
