"""The provenance of a record: its source, the writer of the digest's texts and what the writer read.

``FACTS`` are the fields that the form for wrong facts can correct: a link on a paper's page fills the form, and
``digest fix-facts`` reads it.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, SerializerFunctionWrapHandler, WrapSerializer

from generator.model.record import record
from generator.model.values import Day, Line, WebAddress, at_most

MAX_SOURCES = 20
FACTS = (
    "title", "authors", "venue", "track", "topics", "keywords", "arxiv", "doi", "openreview", "acl", "links",
    "published", "pages", "publisher", "volume", "awards",
)  # fmt: skip
"""The fields of a paper that are facts from public records, and not the digest's own texts."""

PAGE_LABEL, FACTS_LABEL = "Page", "Right facts"
"""The labels of two fields of the form for wrong facts: the address of the page, and the corrected facts."""


class WriterKind(StrEnum):
    """Who wrote the digest's own text."""

    AI = "ai"
    AI_EDITED = "ai-edited"
    HUMAN = "human"


@record
class Reading:
    """A text that a writer read: its name (``what``), such as ``abstract``, its address and its version.

    ``sha256`` is the first part of the hash of a text that a model read.
    """

    what: Line
    url: WebAddress | None = None
    version: Line | None = None
    sha256: Line | None = None


def _read_reading(value: object) -> object:
    """Read ``abstract`` as ``what: abstract``; ``_write_reading`` writes the short form again."""
    return {"what": value} if isinstance(value, str) else value


def _write_reading(reading: Reading, handler: SerializerFunctionWrapHandler) -> object:
    raw = handler(reading)
    return raw["what"] if set(raw) == {"what"} else raw


def _read_one_or_many(value: object) -> object:
    """Read a single value as a list of one; ``_write_one_or_many`` writes the short form again."""
    return [value] if isinstance(value, str | Mapping) else value


def _write_one_or_many(values: tuple[object, ...], handler: SerializerFunctionWrapHandler) -> object:
    raw = handler(values)
    return raw[0] if len(raw) == 1 else raw


Readings: TypeAlias = Annotated[
    tuple[
        Annotated[
            Reading,
            BeforeValidator(_read_reading, json_schema_input_type=Line | Reading),
            WrapSerializer(_write_reading),
        ],
        ...,
    ],
    BeforeValidator(_read_one_or_many, json_schema_input_type=Line | Reading | list[Line | Reading]),
    at_most(MAX_SOURCES, "texts that were read"),
    WrapSerializer(_write_one_or_many),
]
"""What a writer read: one text or a list of them."""


@record
class SummaryBy:
    """The writer of the digest's text: a person, or a ``model`` and its ``version``.

    ``date`` is the day of the last edit, ``of`` what the writer read. ``prompt`` is the first part of the hash of the
    model's instructions, ``gates`` the result of the checks of the model's draft. ``reviewed_by`` is the name of a
    person, ``review`` what this person vouches for, and since when. ``newer_version`` is a version of the paper that is
    newer than the text, such as ``v3``.
    """

    kind: WriterKind
    model: Line | None = None
    version: Line | None = None
    date: Day | None = None
    of: Readings = ()
    prompt: Line | None = None
    gates: Line | None = None
    newer_version: Line | None = None
    reviewed_by: Line | None = None
    review: Line | None = None


@record
class Source:
    """Where a record came from. ``kind`` is an importer or a form, ``name`` the file or list that was read.

    ``item`` is the position or id of the record in that file or list.
    """

    kind: Line
    name: Line | None = None
    url: WebAddress | None = None
    item: Line | None = None


_SOURCE_LINE = re.compile(r"(?P<kind>\S+)(?:\s+(?:(?P<name>.+):(?=[0-9]+$))?(?P<item>.+))?")


def _read_source(value: object) -> object:
    """Read the former one-line form: ``search-page 002:108`` is kind ``search-page``, name ``002``, item ``108``."""
    match = _SOURCE_LINE.fullmatch(value.strip()) if isinstance(value, str) else None
    if match:
        return {part: text for part, text in match.groupdict().items() if text}
    return {"kind": value} if isinstance(value, str) else value  # an empty text: the validator of ``kind`` reports it


Sources: TypeAlias = Annotated[
    tuple[Annotated[Source, BeforeValidator(_read_source, json_schema_input_type=Line | Source)], ...],
    BeforeValidator(_read_one_or_many, json_schema_input_type=Line | Source | list[Line | Source]),
    at_most(MAX_SOURCES, "sources"),
    WrapSerializer(_write_one_or_many),
]
"""Where a record came from: one source, or a list of them."""
