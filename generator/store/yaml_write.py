"""Write YAML files in one canonical form, which ``yaml_file.py`` reads. Knows no papers."""

import re
from typing import Any

import yaml

from generator.model.record import Raw, RawRecord

_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

_WIDTH = 96  # characters per line of folded text
# Identifiers always have quotes: other YAML readers would take ``2501.10`` for a number.
QUOTED_FIELDS = frozenset({"arxiv", "doi", "openreview", "acl", "orcid", "ror"})
# Years, dates, numbers and flags are written without quotes; the keys are the YAML tags of such plain values.
_BARE = {
    "timestamp": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "int": re.compile(r"0|[1-9][0-9]*"),
    "bool": re.compile("true|false"),
}
BARE_FIELDS = frozenset(
    {"year", "order", "added", "published", "date", "status_date", "starts", "ends", "authors_incomplete"}
)


class _Folded(str):
    """Text that is written as a folded block."""


class _Quoted(str):
    """Text that is always written in double quotes."""


class _Bare(str):
    """Text that is written without quotes: a year, a date, a number, a flag."""


class _CanonicalDumper(_Dumper):  # type: ignore[misc]  # the base is chosen at run time
    """Writes strings in one way only; never an alias."""

    def ignore_aliases(self, _data: object) -> bool:
        return True  # equal lists would otherwise become ``&id001`` and ``*id001``, which the reader refuses


_CanonicalDumper.add_representer(_Folded, lambda d, v: d.represent_scalar("tag:yaml.org,2002:str", str(v), style=">"))
_CanonicalDumper.add_representer(_Quoted, lambda d, v: d.represent_scalar("tag:yaml.org,2002:str", str(v), style='"'))
_CanonicalDumper.add_representer(_Bare, lambda d, v: d.represent_scalar(f"tag:yaml.org,2002:{_bare_kind(v)}", str(v)))


def _bare_kind(value: str) -> str:
    return next((kind for kind, pattern in _BARE.items() if pattern.fullmatch(value)), "")


def write(raw: RawRecord, schema: str = "") -> str:
    """The canonical text of a raw record: fields in order, long text folded, identifiers quoted.

    ``schema`` is the relative path of the JSON Schema, named in the first line for editors.
    """
    styled = {key: _styled(value, key) for key, value in raw.items()}
    body = yaml.dump(
        styled, Dumper=_CanonicalDumper, width=_WIDTH, allow_unicode=True, sort_keys=False, default_flow_style=False
    )
    head = f"# yaml-language-server: $schema={schema}\n" if schema else ""
    return head + str(body)


def _styled(value: Raw, field: str) -> Any:
    if isinstance(value, dict):
        return {key: _styled(item, key) for key, item in value.items()}
    if isinstance(value, list):
        return [_styled(item, field) for item in value]
    if field in QUOTED_FIELDS:
        return _Quoted(value)
    if field in BARE_FIELDS and _bare_kind(value):
        return _Bare(value)
    # A folded block cannot hold spaces at line ends, or lines that begin with one: these would change the value.
    foldable = len(value) + len(field) > _WIDTH or "\n" in value
    if foldable and " " in value.strip() and value == value.strip() and "\n " not in value and " \n" not in value:
        return _Folded(value)
    return value
