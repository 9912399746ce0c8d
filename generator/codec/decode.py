"""Convert raw mappings to records and back. Faults are returned as problems with their location in the record."""

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
"""The most problems listed per record; further ones are only counted."""

_NOT_IN_LOCATION = (NO_LANGUAGE_CODE, "[key]")
"""Parts of Pydantic's locations that are not keys or indexes of the raw record.

``NO_LANGUAGE_CODE`` stands for a text without a language code; ``[key]`` marks a fault in the key of a mapping.
"""

# by Pydantic's type of error
_EXPECTED = {
    "string_type": "text",
    "tuple_type": "a list",
    "dict_type": "text, or a mapping of languages",
    "dataclass_type": "a mapping",
    "date_type": "a date, such as 2026-04-23",
    "bool_type": "true or false",
    "int_type": "a whole number",
}


_ADAPTERS: dict[type, TypeAdapter[Any]] = {}


def _adapter(kind: type) -> TypeAdapter[Any]:
    """The adapter of a class. It is built when needed: building takes long, and most commands need few adapters."""
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def decode(kind: type[Record], raw: RawRecord) -> tuple[Record | None, list[Problem]]:
    """Convert a raw mapping to a record of the class ``kind``.

    Returns the record and no problems, or None and the problems, each with its location in ``raw``. If there are more
    than ``_MAX_LISTED``, a last problem has the number of the others in ``more``.
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
    """Convert a record to a raw mapping for ``decode``: fields in declaration order, without default values."""
    raw = _to_raw(_adapter(type(record)).dump_python(record, exclude_defaults=True))
    assert isinstance(raw, dict)
    return raw


def json_schema(kind: type[Any]) -> dict[str, Any]:
    """The JSON Schema (2020-12) of what ``decode`` accepts for ``kind``, for editors."""
    return _adapter(kind).json_schema(mode="validation")


def _to_raw(value: Any) -> Raw:
    """Convert enumerations to text, and mappings and sequences to dictionaries and lists."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return {key: _to_raw(item) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [_to_raw(item) for item in value]
    raise TypeError(f"{type(value).__name__} is not encoded to text")


def _problem(kind: type, detail: ErrorDetails) -> Problem:
    """Convert one error of Pydantic to a problem with our code, message and hint."""
    location = _location(detail)
    field = _field_path(location)
    context = detail.get("ctx") or {}
    match detail["type"]:
        case "digest":  # an error of our own validators in `model/values.py`
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
        case error_type:
            expected = _EXPECTED.get(error_type, detail["msg"])
            return Problem(
                code="E203",
                message=f"{field} should be {expected}, but is {_describe_type(detail['input'])}",
                hint=_type_hint(error_type),
                location=location,
            )


def _location(detail: ErrorDetails) -> Location:
    """The location of the fault in the raw record."""
    parts = detail["loc"]
    # The last part is kept if it names an unknown field: a file can contain a field named ``[key]``.
    end = len(parts) - 1 if detail["type"] == "unexpected_keyword_argument" else len(parts)
    return (*(part for part in parts[:end] if part not in _NOT_IN_LOCATION), *parts[end:])


def _unknown_field(kind: type, location: Location) -> Problem:
    """The problem of an unknown field in a record of the class ``kind`` or in a record nested in it."""
    owner = next((_NESTED[str(part)] for part in reversed(location[:-1]) if part in _NESTED), kind)
    # Files have no field ``id``: the file's name is the id. Only editions have one.
    field_names = [field.name for field in fields(owner) if not (field.name == "id" and owner is not Edition)]
    unknown = str(location[-1])
    match = process.extractOne(unknown, field_names, score_cutoff=60)
    hint = f"Did you mean {match[0]}?" if match else f"Known fields: {', '.join(field_names)}."
    if unknown == "id":
        hint = "Delete it: the file's name is the id."
    return Problem(code="E201", message=f"unknown field {quoted(unknown)}", hint=hint, location=location)


def _field_path(location: Location) -> str:
    """The location as messages name it, counting from 1: ``authors[3].orcid``."""
    path = ""
    for part in location:
        path += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if path else part
    return path or "the record"


def _describe_type(value: object) -> str:
    if isinstance(value, str):
        return "text"
    return "a mapping" if isinstance(value, Mapping) else "a list" if isinstance(value, Sequence) else "nothing"


def _type_hint(error_type: str) -> str:
    if error_type == "tuple_type":
        return "Write one value per line, each after `- `."
    if error_type == "string_type":
        return "Write plain text; put it in quotes if it contains `: ` or starts with a special character."
    return "See the description of the field in CONTRIBUTING or docs/fields.md."
