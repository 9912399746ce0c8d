"""Convert raw records to YAML in one canonical form. ``yaml_file.py`` reads it."""

import re
from typing import Any

import yaml

from generator.model.record import Raw, RawRecord

_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

_WIDTH = 96  # characters per line of folded text
# Identifiers always have quotes: other YAML readers would read ``2501.10`` as a number.
QUOTED_FIELDS = frozenset({"arxiv", "doi", "openreview", "acl", "orcid", "ror"})
# Patterns of values without quotes (dates, years and numbers, flags) by the names of their YAML tags.
_UNQUOTED_VALUES = {
    "timestamp": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "int": re.compile(r"0|[1-9][0-9]*"),
    "bool": re.compile("true|false"),
}
UNQUOTED_FIELDS = frozenset(
    {"year", "order", "added", "published", "date", "status_date", "starts", "ends", "authors_incomplete"}
)


class _Folded(str):
    """Text that is written as a folded block."""


class _Quoted(str):
    """Text that is always written in double quotes."""


class _Unquoted(str):
    """Text that is written without quotes: a year, a date, a number, a flag."""


class _CanonicalDumper(_Dumper):  # type: ignore[misc]  # the base is chosen at run time
    """Writes the classes above in their style, and no aliases."""

    def ignore_aliases(self, _data: object) -> bool:
        return True  # a list that occurs twice would become ``&id001`` and ``*id001``, which the reader refuses


def _unquoted_tag(value: str) -> str:
    """The name of the YAML tag of a value that can be without quotes; '' for other values."""
    return next((tag for tag, pattern in _UNQUOTED_VALUES.items() if pattern.fullmatch(value)), "")


_YAML = "tag:yaml.org,2002:"
_CanonicalDumper.add_representer(
    _Folded, lambda dumper, text: dumper.represent_scalar(f"{_YAML}str", str(text), style=">")
)
_CanonicalDumper.add_representer(
    _Quoted, lambda dumper, text: dumper.represent_scalar(f"{_YAML}str", str(text), style='"')
)
_CanonicalDumper.add_representer(
    _Unquoted, lambda dumper, text: dumper.represent_scalar(f"{_YAML}{_unquoted_tag(text)}", str(text))
)


def to_yaml(raw: RawRecord, schema: str = "") -> str:
    """The canonical text of a raw record: fields in the order of ``raw``, long text folded, identifiers quoted.

    ``schema`` is the relative path of the JSON Schema. The first line states it for editors.
    """
    styled = {key: _styled(value, key) for key, value in raw.items()}
    body = yaml.dump(
        styled, Dumper=_CanonicalDumper, width=_WIDTH, allow_unicode=True, sort_keys=False, default_flow_style=False
    )
    head = f"# yaml-language-server: $schema={schema}\n" if schema else ""
    return head + str(body)


def _styled(value: Raw, field: str) -> Any:
    """The value of a field with the class of its style for each text."""
    if isinstance(value, dict):
        return {key: _styled(item, key) for key, item in value.items()}
    if isinstance(value, list):
        return [_styled(item, field) for item in value]
    if field in QUOTED_FIELDS:
        return _Quoted(value)
    if field in UNQUOTED_FIELDS and _unquoted_tag(value):
        return _Unquoted(value)
    is_long = len(value) + len(field) > _WIDTH or "\n" in value
    # A folded block would change spaces at the beginning and end of lines.
    is_foldable = " " in value and value == value.strip() and "\n " not in value and " \n" not in value
    return _Folded(value) if is_long and is_foldable else value
