"""Lists that tell of the same things in several places name the same ones."""

import json
import re
from dataclasses import fields, replace
from datetime import date
from enum import StrEnum
from typing import Any

import pytest

from generator.build.inputs import Inputs
from generator.build.task import File
from generator.exports import all_papers, cards
from generator.exports.records import RecordWriter
from generator.exports.script_words import script_texts
from generator.model.catalog import Catalog, Content, build_catalog
from generator.model.editorial import Collection, CollectionItem, CollectionKind, Tag, TagKind, Term
from generator.model.entities import Edition, Institution, Person, Series, Topic, VenueKind
from generator.model.paper import Author, Correction, Paper, Status
from generator.model.provenance import SummaryBy, WriterKind
from generator.pages import papers
from generator.search.facets import FacetFiles
from generator.store import yaml_write
from generator.store.load import load
from generator.text import identifiers
from generator.text.color import DARK, LIGHT
from tests.conftest import ROOT, SETTINGS, TOY
from tests.support.full_paper import LINKS, REGISTRIES_AND_LINKS, full_paper

_SCRIPTS = ROOT / "theme/overrides/assets/javascripts"


@pytest.fixture(scope="module")
def content() -> Content:
    return load(TOY).content


@pytest.fixture(scope="module")
def full(content: Content) -> Paper:
    return full_paper(content)


def test_every_register_has_its_label_address_and_rule(full: Paper) -> None:
    registries = list(full.identifiers)
    assert registries == [name for name in REGISTRIES_AND_LINKS if name != "links"]
    assert list(papers._REGISTRIES) == registries
    assert list(identifiers._ADDRESSES) == registries
    assert list(identifiers.KINDS) == registries
    assert set(registries) < yaml_write.QUOTED_FIELDS
    assert set(registries) < set(all_papers.COLUMNS)
    schema = json.loads((ROOT / "theme/exports/api.schema.json").read_text("utf-8"))
    assert list(schema["$defs"]["record"]["properties"]["identifiers"]["properties"]) == registries
    assert [link.text for link in papers.identifiers(full)] == list(papers._REGISTRIES.values())


def test_numbers_days_and_flags_are_written_without_quotes(full: Paper) -> None:
    plain = {field.name for field in fields(Paper) if isinstance(getattr(full, field.name), int | date)}
    assert plain <= yaml_write.UNQUOTED_FIELDS


def test_every_kind_of_link_has_its_label(full: Paper) -> None:
    assert tuple(papers._LINKS) == LINKS
    assert [kind for kind, _ in full.links.present] == list(LINKS)
    assert len(papers.links(full)) == len(LINKS)


def test_a_kind_of_link_without_a_label_is_named_by_itself(full: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else no page would be built until somebody finds the whole."""
    monkeypatch.delitem(papers._LINKS, "poster")
    monkeypatch.delitem(papers._REGISTRIES, "acl")
    assert "poster" in [link.text for link in papers.links(full)]
    assert "acl" in [link.text for link in papers.identifiers(full)]


def _facets_of_query() -> list[str]:
    match = re.search(r"FACETS = (\[.*?\]);", (_SCRIPTS / "query.js").read_text("utf-8"), re.DOTALL)
    assert match
    facets: list[str] = json.loads(match[1])
    return facets


def test_scripts_know_the_facets_that_are_written(toy: Catalog) -> None:
    tasks = FacetFiles(toy, SETTINGS, Inputs()).tasks()
    files = {file.path: json.loads(file.text) for task in tasks for file in task.run({}) if isinstance(file, File)}
    named = {facet["name"]: facet for facet in files["search/facets.json"]}
    apart = [path.partition("facets/")[2].removesuffix(".json") for path in files if "facets/" in path]
    assert {*named, *apart} == set(_facets_of_query())
    answer = (_SCRIPTS / "search-answer.js").read_text("utf-8")
    own_files = re.search(r"OWN_FILES = (\[.*?\])", answer)
    assert own_files
    assert sorted(json.loads(own_files[1])) == sorted(apart)
    texts = script_texts((_SCRIPTS / "strings.js").read_text("utf-8"))
    for name in _facets_of_query():
        assert f"facet.{name}" in texts
        assert f"kind.{name}" in texts
    values = {f"value.{facet}.{value}" for facet in ("code", "award", "limits") for _, value in named[facet]["values"]}
    assert {key for key in texts if key.startswith("value.")} == values


def test_scripts_have_a_word_for_each_status() -> None:
    texts = script_texts((_SCRIPTS / "strings.js").read_text("utf-8"))
    assert {key for key in texts if key.startswith("standing.")} == {
        f"standing.{status.value}" for status in Status if status is not Status.PUBLISHED
    }


_NOT_IN_RECORDS = {"abstract", "asked_as", "distinct_from", "source"}
_TOLD_OTHERWISE = {
    "arxiv": "identifiers", "doi": "identifiers", "openreview": "identifiers", "acl": "identifiers", "track": "venue",
    "venue_note": "venue",
    "volume": "venue", "pages": "venue", "publisher": "venue",
    "tldr": "texts", "summary": "texts", "significance": "texts", "limitations": "texts", "summary_by": "text_writer",
}  # fmt: skip


def test_the_schema_of_the_api_has_every_field_of_a_record(content: Content, full: Paper) -> None:
    catalog = build_catalog(replace(content, papers=(full, *content.papers[1:])))
    settings = replace(SETTINGS, license="MIT", license_url="https://x.example/")
    record = RecordWriter(catalog, settings, Inputs()).record(full)
    schema = json.loads((ROOT / "theme/exports/api.schema.json").read_text("utf-8"))["$defs"]["record"]["properties"]
    assert record.keys() == schema.keys()
    _same_fields(record, schema)
    names = {_TOLD_OTHERWISE.get(field.name, field.name) for field in fields(Paper)} - _NOT_IN_RECORDS
    assert names <= record.keys()
    assert [kind.value for kind in Status] == schema["status"]["enum"]
    assert [kind.value for kind in VenueKind] == schema["venue"]["properties"]["kind"]["enum"]
    assert [*(kind.value for kind in WriterKind), "not recorded"] == schema["text_writer"]["properties"]["kind"]["enum"]


def _same_fields(record: Any, schema: dict[str, Any]) -> None:
    """Whether what a record holds has the fields of its schema, however deep."""
    for name, value in record.items():
        inner = schema[name].get("items", schema[name])
        if properties := inner.get("properties"):
            first = value[0] if isinstance(value, list) else value
            missing = properties.keys() - first.keys()
            assert missing <= {"year"}, name  # an edition may have none
            _same_fields(first, properties)


def _rows(heading: str) -> dict[str, str]:
    """The rows of a table of docs/fields.md by their first cell."""
    text = (ROOT / "docs" / "fields.md").read_text("utf-8")
    lines = text[text.index(heading) :].splitlines()[2:]
    end = next(number for number, line in enumerate(lines) if not line.startswith("|"))
    cells = [line.strip("|").split("|", 1) for line in lines[:end]]
    return {first.strip(): second.strip() for first, second in cells}


def _code(text: str) -> list[str]:
    return re.findall(r"`([a-z_-]+):?`", text)


def test_every_field_of_an_entry_is_documented() -> None:
    rows = _rows("| field | content |")
    names = [name for row in rows for name in _code(row)]
    assert sorted(names) == sorted(field.name for field in fields(Paper) if field.name != "id")
    assert _code(rows["`links`"]) == list(LINKS)
    assert _code(rows["`authors`"]) == [field.name for field in fields(Author)]
    assert _code(rows["`summary_by`"]) == [field.name for field in fields(SummaryBy)]
    assert _code(rows["`corrections`"]) == [field.name for field in fields(Correction)]
    assert _code(rows["`status`, `status_note`, `status_date`"]) == [status.value for status in Status]


def _section(heading: str) -> set[str]:
    """The fields and values that the tables of a section of docs/fields.md name."""
    _, _, rest = (ROOT / "docs" / "fields.md").read_text("utf-8").partition(f"\n{heading}\n")
    section = rest.partition("\n#")[0]
    return {name for line in section.splitlines() if line.startswith("|") for name in _code(line)}


def test_every_field_of_other_records_is_documented() -> None:
    rows = {place: set(_code(text)) for place, text in _rows("| folder | required fields; optional fields |").items()}
    rows |= {heading: _section(heading) for heading in ("### Venues", "### Collections")}
    expected = {
        "### Venues": _names(Series) | _names(Edition) | {"id", "venue"} | _values(VenueKind),
        "`content/topics/`": _names(Topic),
        "`content/people/`": _names(Person),
        "`content/institutions/`": _names(Institution),
        "### Collections": _names(Collection) | _names(CollectionItem) | _values(CollectionKind) | {"summary_by"},
        "`content/glossary/`": _names(Term),
        "`content/tags/`": _names(Tag) | _values(TagKind),
    }
    assert rows == expected


def _values(kind: type[StrEnum]) -> set[str]:
    return {value.value for value in kind}


def _names(kind: type) -> set[str]:
    return {field.name for field in fields(kind) if field.name != "id"}


@pytest.mark.parametrize(
    ("file", "pattern", "expected"),
    [
        ("theme/overrides/assets/stylesheets/digest.css", r"--paper: light-dark\((#\w+), (#\w+)\)", (LIGHT, DARK)),
        ("theme/overrides/assets/javascripts/scheme.js", r'"(#\w{6})"', (DARK, LIGHT)),
        ("theme/exports/manifest.webmanifest.j2", r'_color": "(#\w+)"', (LIGHT,)),
        ("theme/exports/mail.html.j2", r"background-color: ?(#\w+)", (DARK, LIGHT, LIGHT)),
    ],
)
def test_the_color_of_paper_is_the_same_everywhere(file: str, pattern: str, expected: tuple[str, ...]) -> None:
    colors = re.findall(pattern, (ROOT / file).read_text("utf-8"))
    assert tuple(color for group in colors for color in ([group] if isinstance(group, str) else group)) == expected


def test_cards_are_drawn_on_paper() -> None:
    assert "#" + "".join(f"{part:02x}" for part in cards._BACKGROUND) == LIGHT
