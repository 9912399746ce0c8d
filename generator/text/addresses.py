"""What names a paper: ``arxiv:2501.12345`` or the address of a known site -> kind of identifier and bare id."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

from generator.text.identifiers import is_acl, is_arxiv, is_doi, is_openreview


class Identifier(NamedTuple):
    """A public identifier: ``kind`` is the entry's field (arxiv, doi, openreview, acl), ``value`` the bare id."""

    kind: str
    value: str


_RULES: Mapping[str, Callable[[str], bool]] = MappingProxyType(
    {"arxiv": is_arxiv, "doi": is_doi, "openreview": is_openreview, "acl": is_acl}
)
KINDS = tuple(_RULES)

_VERSION = re.compile(r"v[0-9]+$")
# Registrants whose DOIs hold another identifier: https://info.arxiv.org/help/doi.html, https://aclanthology.org/info/ids/
_DOIS = ((re.compile(r"10\.48550/arxiv\.(.+)", re.IGNORECASE), "arxiv"), (re.compile(r"10\.18653/v1/(.+)"), "acl"))


def identifier(kind: str, value: str) -> Identifier | None:
    """The identifier of a kind, bare: without version, prefix or spaces. None if it is not well formed.

    A DOI that arXiv or the ACL Anthology gave is named by their own id, so that one paper has one name.
    """
    bare = value.strip()
    if kind == "arxiv":
        bare = _VERSION.sub("", re.sub(r"^arxiv:\s*", "", bare, flags=re.IGNORECASE))
    elif kind == "doi":
        bare = re.sub(r"^(?:doi:\s*|https?://(?:dx\.)?doi\.org/)+", "", bare, flags=re.IGNORECASE)
        for pattern, other in _DOIS:
            if (match := pattern.fullmatch(bare)) and (inner := identifier(other, match[1])):
                return inner
    return Identifier(kind, bare) if kind in _RULES and _RULES[kind](bare) else None


def read_identifier(text: str) -> Identifier | None:
    """The identifier that a person or a record wrote as ``kind:id`` or as an address; None if it names none."""
    text = text.strip()
    if text.lower().startswith(("http://", "https://")):
        return _of_address(text)
    kind, colon, value = text.partition(":")
    return identifier(kind.strip().lower(), value) if colon else None


def _of_address(address: str) -> Identifier | None:
    try:
        parts = urlsplit(address)
        query = parse_qs(parts.query)
    except ValueError:
        return None
    path = unquote(parts.path).strip("/")
    match (parts.hostname or "").removeprefix("www."):
        case "arxiv.org" | "export.arxiv.org":
            page, _, value = path.partition("/")
            return identifier("arxiv", value.removesuffix(".pdf")) if page in ("abs", "pdf", "html") else None
        case "doi.org" | "dx.doi.org":
            return identifier("doi", path)
        case "openreview.net":
            return identifier("openreview", query.get("id", [""])[0]) if path in ("forum", "pdf") else None
        case "aclanthology.org":
            return identifier("acl", re.sub(r"\.(pdf|bib|xml)$", "", path))
    return None
