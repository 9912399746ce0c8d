"""Convert raw mappings to records and back. Faults are returned as values with their location in the record."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails
from rapidfuzz import process

from generator.model.editorial import Collection, CollectionItem, Tag, Term
from generator.model.entities import Edition, Institution, Person, Series, Topic
from generator.model.localized import NO_LANGUAGE_CODE
from generator.model.paper import Author, Correction, Links, Paper
from generator.model.problem import Problem
from generator.model.provenance import Reading, Source, SummaryBy
from generator.model.record import Location, Raw, RawRecord
from generator.model.values import quoted

AnyRecord: TypeAlias = Paper | Series | Topic | Person | Institution | Collection | Term | Tag
Record = TypeVar("Record", bound=AnyRecord)

_NESTED: Mapping[str, type] = {
    "authors": Author,
    "links": Links,
    "summary_by": SummaryBy,
    "source": Source,
    "corrections": Correction,
    "editions": Edition,
    "items": CollectionItem,
    "written_by": SummaryBy,
    "of": Reading,
}
"""Fields whose values are nested records."""

_MAX_LISTED = 200
"""The most faults listed per record; further ones are only counted."""

_NO_FIELDS = (NO_LANGUAGE_CODE, "[key]")
"""Parts of Pydantic's locations that are neither field names nor indexes."""

_EXPECTED = {
    "string_type": "text",
    "tuple_type": "a list",
    "dict_type": "text, or a mapping of languages",
    "dataclass_type": "a mapping",
}


_ADAPTERS: dict[type, TypeAdapter[Any]] = {}


def _adapter(kind: type) -> TypeAdapter[Any]:
    if kind not in _ADAPTERS:  # building an adapter takes long, and most commands need few of them
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def decode(kind: type[Record], raw: RawRecord) -> tuple[Record | None, list[Problem]]:
    """Convert a raw mapping to a record of ``kind``.

    Returns the record and no problems, or None and every problem, each with its location inside ``raw``. After
    ``_MAX_LISTED`` problems the last one only counts the others.
    """
    try:
        return _adapter(kind).validate_python(raw), []
    except ValidationError as error:
        details = error.errors(include_url=False)
        problems = [_problem(kind, detail) for detail in details[:_MAX_LISTED]]
        if len(details) > _MAX_LISTED:
            problems.append(replace(problems[-1], more=len(details) - _MAX_LISTED))
        return None, problems


def encode(record: AnyRecord) -> RawRecord:
    """Convert a record to the raw mapping that ``decode`` reads: fields in declaration order, without defaults."""
    raw = _plain(_adapter(type(record)).dump_python(record, exclude_defaults=True))
    assert isinstance(raw, dict)
    return raw


def json_schema(kind: type[Any]) -> dict[str, Any]:
    """The JSON Schema (2020-12) of what ``decode`` accepts for ``kind``, for editors."""
    return _adapter(kind).json_schema(mode="validation")


def _plain(value: Any) -> Raw:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [_plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} is not encoded to text")


def _problem(kind: type, detail: ErrorDetails) -> Problem:
    location = _location(detail)
    field = _field_name(location)
    context = detail.get("ctx") or {}
    match detail["type"]:
        case "digest":  # the error of a validator of ``generator.model.values``
            return Problem(
                code=context["code"], message=f"{field}: {context['message']}", hint=context["hint"], location=location
            )
        case "unexpected_keyword_argument":
            return _unknown_field(kind, location)
        case "missing":
            return Problem(
                code="E202",
                message=f"the field {field} is missing",
                hint=f"Add a line `{location[-1]}: {date.today().isoformat() if field == 'added' else '…'}`.",
                location=location,
            )
        case "enum":
            return Problem(
                code="E214",
                message=f"{field}: unknown value {quoted(str(detail['input']))}",
                hint=f"Choose {context['expected']}.",
                location=location,
            )
        case other:
            expected = _EXPECTED.get(other, detail["msg"])
            return Problem(
                code="E203",
                message=f"{field} should be {expected}, but is {_kind_of(detail['input'])}",
                hint=_type_hint(other),
                location=location,
            )


def _location(detail: ErrorDetails) -> Location:
    """The location of the fault in the raw record."""
    # The name of an unknown field may be any text, even one of ``_NO_FIELDS``: its last part is kept as it is.
    parts = detail["loc"]
    end = len(parts) - (detail["type"] == "unexpected_keyword_argument")
    return (*(part for part in parts[:end] if part not in _NO_FIELDS), *parts[end:])


def _unknown_field(kind: type, location: Location) -> Problem:
    owner = next((_NESTED[str(part)] for part in reversed(location[:-1]) if part in _NESTED), kind)
    field_names = [field.name for field in fields(owner) if not (field.name == "id" and owner is not Edition)]
    unknown = str(location[-1])
    match = process.extractOne(unknown, field_names, score_cutoff=60)
    hint = f"Did you mean {match[0]}?" if match else f"Known fields: {', '.join(field_names)}."
    if unknown == "id":  # never in ``field_names``; another field must not be suggested for it
        hint = "Delete it: the file's name is the id."
    return Problem(code="E201", message=f"unknown field {quoted(unknown)}", hint=hint, location=location)


def _field_name(location: Location) -> str:
    name = ""
    for part in location:
        name += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if name else part
    return name or "the record"


def _kind_of(value: object) -> str:
    if isinstance(value, str):
        return "text"
    return "a mapping" if isinstance(value, Mapping) else "a list" if isinstance(value, Sequence) else "nothing"


def _type_hint(error: str) -> str:
    if error == "tuple_type":
        return "Write one value a line, each after `- `."
    if error == "string_type":
        return "Write plain text; put it in quotes if it contains `: ` or starts with a special character."
    return "See the description of the field in CONTRIBUTING or docs/fields.md."
