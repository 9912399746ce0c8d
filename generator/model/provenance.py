"""Provenance of a record: its source, who wrote the digest's texts, what that writer read, and which fields are facts.

The form for wrong facts lists these fields: the link on a paper's page fills it, ``digest fix-facts`` reads it.
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
"""Fields that the form for wrong facts can correct: facts from public records, never the digest's own texts."""

PAGE, RIGHT_FACTS = "Page", "Right facts"
"""The labels of the fields of the form for wrong facts: the page, and the corrected facts."""


class WriterKind(StrEnum):
    """Who wrote the digest's own text."""

    AI = "ai"
    AI_EDITED = "ai-edited"
    HUMAN = "human"


@record
class Reading:
    """A text that a writer read: ``what`` it is, such as the abstract, its address, and its version.

    ``sha256`` is the beginning of the hash of the text that a model read.
    """

    what: Line
    url: WebAddress | None = None
    version: Line | None = None
    sha256: Line | None = None


def _read_reading(value: object) -> object:
    return {"what": value} if isinstance(value, str) else value


def _write_reading(reading: Reading, handler: SerializerFunctionWrapHandler) -> object:
    raw = handler(reading)
    # ``of: abstract`` instead of a mapping with one field.
    return raw["what"] if set(raw) == {"what"} else raw


# One source is the rule; a list of one would be a line more in each entry.
def _listed(value: object) -> object:
    return [value] if isinstance(value, str | Mapping) else value


def _unlisted(value: tuple[object, ...], handler: SerializerFunctionWrapHandler) -> object:
    raw = handler(value)
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
    BeforeValidator(_listed, json_schema_input_type=Line | Reading | list[Line | Reading]),
    at_most(MAX_SOURCES, "texts that were read"),
    WrapSerializer(_unlisted),
]
"""What a writer read: one text or a list. A text with only a name is written as that name."""


@record
class SummaryBy:
    """The writer of the digest's text: ``model`` and ``version``, the day of the last edit, and the sources read.

    ``prompt`` is the beginning of the hash of a model's instructions, ``gates`` what the checks of its draft found.
    ``review`` is what the person who reviewed it vouches for, and since when.
    ``newer_version`` is the version of the paper that has appeared since, such as ``v3``: the text is stale.
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
    """Where an entry came from: by ``kind`` of importer or form, the ``name`` of what it read, the ``item`` in it."""

    kind: Line
    name: Line | None = None
    url: WebAddress | None = None
    item: Line | None = None


_SOURCE_LINE = re.compile(r"(?P<kind>\S+)(?:\s+(?:(?P<name>.+):(?=[0-9]+$))?(?P<item>.+))?")  # ``search-page 002:108``


def _read_source(value: object) -> object:
    """Read the former one-line form: ``search-page 002:108`` is kind ``search-page``, name ``002``, item ``108``."""
    match = _SOURCE_LINE.fullmatch(value.strip()) if isinstance(value, str) else None
    if match:
        return {part: text for part, text in match.groupdict().items() if text}
    return {"kind": value} if isinstance(value, str) else value  # left to the validator of ``kind``


Sources: TypeAlias = Annotated[
    tuple[Annotated[Source, BeforeValidator(_read_source, json_schema_input_type=Line | Source)], ...],
    BeforeValidator(_listed, json_schema_input_type=Line | Source | list[Line | Source]),
    at_most(MAX_SOURCES, "sources"),
    WrapSerializer(_unlisted),
]
"""Where a record came from: one source, or a list of them."""
