"""The base of all records: frozen, slotted, keyword-only dataclasses that reject unknown fields."""

from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar, cast, dataclass_transform

from pydantic import ConfigDict, with_config

Raw: TypeAlias = str | list["Raw"] | dict[str, "Raw"]
"""Untyped content as read from a file: strings, lists and mappings of strings."""

RawRecord: TypeAlias = dict[str, Raw]

Location: TypeAlias = tuple[str | int, ...]
"""The path of a value in a raw record: field names and list positions, e.g. ``("authors", 2, "orcid")``."""

_CLOSED = ConfigDict(extra="forbid")  # a misspelled field is an error, not ignored
_Class = TypeVar("_Class", bound=type)


@dataclass_transform(frozen_default=True, kw_only_default=True)
def record(cls: _Class) -> _Class:
    """Make a class a record that the codec can decode: a frozen dataclass that refuses unknown fields."""
    data_class: Any = dataclass(frozen=True, slots=True, kw_only=True)(cls)
    return cast("_Class", with_config(_CLOSED)(data_class))
