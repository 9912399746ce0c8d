"""The decorator of all records, and the types of records before they are decoded."""

from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar, cast, dataclass_transform

from pydantic import ConfigDict, with_config

Raw: TypeAlias = str | list["Raw"] | dict[str, "Raw"]
"""Untyped content as read from a file: strings, lists and mappings of strings."""

RawRecord: TypeAlias = dict[str, Raw]
"""A record as read from a file, before it is decoded."""

Location: TypeAlias = tuple[str | int, ...]
"""The path of a value in a raw record: field names and list positions, e.g. ``("authors", 2, "orcid")``."""

_NO_UNKNOWN_FIELDS = ConfigDict(extra="forbid")  # a misspelled field is an error, not ignored
_RecordClass = TypeVar("_RecordClass", bound=type)


@dataclass_transform(frozen_default=True, kw_only_default=True)
def record(cls: _RecordClass) -> _RecordClass:
    """Make a class a record: a frozen, slotted, keyword-only dataclass. The codec then refuses unknown fields."""
    data_class: Any = dataclass(frozen=True, slots=True, kw_only=True)(cls)
    return cast("_RecordClass", with_config(_NO_UNKNOWN_FIELDS)(data_class))
