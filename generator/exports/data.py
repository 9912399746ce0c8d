"""The digest as data: a record for each paper, JSON Lines of all, and a static API with a version in its path.

The fields of ``api/v1/`` never change; incompatible changes become ``api/v2/``. The schema is ``api/v1/schema.json``.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from generator.build.inputs import SEPARATOR, Inputs, query
from generator.build.task import File, Task, plain_task, text_file
from generator.exports.editorial import collection_records, tag_records, term_records
from generator.exports.paper_texts import PaperTexts
from generator.exports.records import Record, non_empty, to_json
from generator.model import site_paths
from generator.model.catalog import Catalog
from generator.model.counting import facet_values
from generator.model.localized import in_digest_language
from generator.model.settings import Settings

API = "api/v1"


def record_file(texts: PaperTexts, paper_id: str) -> File:
    """Return the ``index.json`` of a paper."""
    return text_file(f"{site_paths.paper(paper_id)}/index.json", texts.record_line(paper_id))


def api_tasks(catalog: Catalog, settings: Settings, theme: Path, inputs: Inputs) -> Iterator[Task]:
    """Yield the tasks for the files of the API, except the list of papers, which ``all_papers.py`` writes."""
    facets = Facets(catalog, settings, inputs)
    # Functions, not lists: each is called when its task runs.
    records_by_name: dict[str, Callable[[], list[Record]]] = {
        "venues": lambda: _venues(catalog, settings),
        "editions": lambda: _editions(catalog, settings),
        "topics": lambda: _topics(catalog, settings),
        "authors": lambda: _authors(catalog, settings),
        "institutions": lambda: _institutions(catalog, settings),
        "tags": lambda: tag_records(catalog, settings),
        "collections": lambda: collection_records(catalog, settings),
        "glossary": lambda: term_records(catalog, settings),
        "facets": facets.records,
    }
    for name, read_records in records_by_name.items():
        yield plain_task(f"api {name}", _list_file, settings, name, read_records)
    yield plain_task("api index", _index_file, catalog, settings, facets)
    yield plain_task("api schema", lambda: [_schema(theme, inputs)])


def api_frame(settings: Settings) -> tuple[str, str, str]:
    """The path of ``papers.json`` in the API, and the text before and after the papers in this file."""
    # The papers are the last member of the document, so the last bracket closes their list.
    before, _, after = _json_text({**_about(settings), "papers": []}).rpartition("]")
    return f"{API}/papers.json", before, f"]{after}"


def short_record(record: Record) -> str:
    """A paper in the API's ``papers.json``, as JSON. ``record`` is its whole record."""
    return to_json(_short(record))


class Facets:
    """The facets with their counts."""

    def __init__(self, catalog: Catalog, settings: Settings, inputs: Inputs) -> None:
        self._catalog, self._settings, self.inputs = catalog, settings, inputs
        inputs.register(self)

    @query
    def records(self) -> list[Record]:
        """Each facet with its values and their numbers of papers, the most frequent first."""
        counts: dict[str, Counter[str]] = {}
        for paper in self._catalog.papers.values():
            for name, values in facet_values(self._catalog, self._settings.language, paper).items():
                counts.setdefault(name, Counter()).update(values)
        return [
            {"name": name, "values": [{"value": value, "papers": count} for value, count in _most_frequent(counter)]}
            for name, counter in counts.items()
        ]

    @query
    def number(self) -> int:
        """The number of facets.

        The index of the API depends on this query only: it is not written again when a count changes.
        """
        return len(self.records())


def _list_file(settings: Settings, name: str, read_records: Callable[[], list[Record]]) -> Iterator[File]:
    yield text_file(f"{API}/{name}.json", _json_text({**_about(settings), name: read_records()}))


def _index_file(catalog: Catalog, settings: Settings, facets: Facets) -> Iterator[File]:
    counts = {
        "papers": len(catalog.papers),
        "venues": len(catalog.series),
        "editions": len(catalog.editions),
        "topics": len(catalog.topics),
        "authors": len(catalog.authors),
        "institutions": len(catalog.institutions),
        "tags": len(catalog.tags),
        "collections": len(catalog.collections),
        "glossary": len(catalog.glossary),
        "facets": facets.number(),
    }
    yield text_file(f"{API}/index.json", _json_text({**_about(settings), **_file_list(settings, counts)}))


def _schema(theme: Path, inputs: Inputs) -> File:
    inputs.record(f"file{SEPARATOR}exports/api.schema.json")
    return File(f"{API}/schema.json", (theme / "exports" / "api.schema.json").read_bytes())


def _json_text(fields: Record) -> str:
    return to_json(fields) + "\n"


def _about(settings: Settings) -> Record:
    """The first fields of each file."""
    return {
        "digest": settings.name,
        "license": settings.license or "not stated",
        "text": "Titles, authors and venues are facts of the papers. Each paper's record states who wrote its text.",
    }


def _file_list(settings: Settings, counts: Mapping[str, int]) -> Record:
    """The URLs of the API's files. ``counts`` are the numbers of items in the files."""
    address = f"{settings.site_url}{API}"
    return {
        "schema": f"{address}/schema.json",
        "records": f"{settings.site_url}papers.jsonl",
        "files": [{"name": name, "url": f"{address}/{name}.json", "items": count} for name, count in counts.items()],
    }


def _short(record: Record) -> Record:
    """The fields of a paper that lists need, and the URL of its whole record."""
    fields = {name: record[name] for name in ("id", "url", "title", "added", "changed", "status")}
    return {
        **fields,
        "record": f"{record['url']}index.json",
        "authors": [author["name"] for author in record.get("authors", [])],
        "edition": record["venue"]["edition"],
        "topics": [topic["id"] for topic in record["topics"]],
    }


def _page_fields(settings: Settings, site_path: str, papers: Iterable[str]) -> Record:
    """The URL of the page at ``site_path``, and the ids of its papers."""
    return {"url": f"{settings.site_url}{site_path}/", "papers": list(papers)}


def _venues(catalog: Catalog, settings: Settings) -> list[Record]:
    return [
        non_empty({"id": series.id, "name": series.name, "full_name": series.full_name, "kind": series.kind.value,
               "website": series.url, "editions": [edition.id for edition in series.editions]})
        | {"url": f"{settings.site_url}{site_paths.series(series.id)}/"}
        for series in catalog.series.values()
    ]  # fmt: skip


def _editions(catalog: Catalog, settings: Settings) -> list[Record]:
    return [
        non_empty({"id": edition_id, "name": entry.name, "venue": entry.series.id, "year": entry.edition.year,
               "place": entry.edition.place, "starts": entry.edition.starts and entry.edition.starts.isoformat(),
               "ends": entry.edition.ends and entry.edition.ends.isoformat()})
        | _page_fields(settings, site_paths.edition(entry), catalog.papers_by_edition.get(edition_id, ()))
        for edition_id, entry in catalog.editions.items()
    ]  # fmt: skip


def _topics(catalog: Catalog, settings: Settings) -> list[Record]:
    language = settings.language
    return [
        non_empty({"id": topic_id, "name": in_digest_language(topic.name, language), "parent": topic.parent,
               "description": in_digest_language(topic.description, language)})
        | _page_fields(settings, site_paths.topic(topic_id), catalog.papers_by_topic.get(topic_id, ()))
        for topic_id, topic in catalog.topics.items()
    ]  # fmt: skip


def _authors(catalog: Catalog, settings: Settings) -> list[Record]:
    return [
        non_empty({"id": entry.id, "name": entry.name, "variants": list(entry.variants),
               "orcid": entry.person and entry.person.orcid})
        | _page_fields(settings, site_paths.author(entry.id), entry.papers)
        for entry in catalog.authors.values()
    ]  # fmt: skip


def _institutions(catalog: Catalog, settings: Settings) -> list[Record]:
    return [
        non_empty({"id": entry.id, "name": entry.name, "variants": list(entry.variants),
               "ror": entry.institution and entry.institution.ror})
        | _page_fields(settings, site_paths.institution(entry.id), entry.papers)
        for entry in catalog.institutions.values()
    ]  # fmt: skip


def _most_frequent(counts: Counter[str]) -> list[tuple[str, int]]:
    # Not ``Counter.most_common``, whose order of equal counts changes with the order of the papers.
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
