"""Repairs of a value that need no decision: spaces, normal form, and the form of identifiers."""

import re
import unicodedata

from generator.text.addresses import KINDS, identifier, read_identifier

_LINES = frozenset(
    {"title", "name", "track", "publisher", "tldr", "keywords", "affiliation", "affiliations", "awards", "other_titles"}
)
_AS_THEY_ARE = frozenset({"links", "url", "homepage", "id", "venue", "topics", "aliases", "parent", "source"})
_ORCID = re.compile(r"(?:https?://)?(?:www\.)?orcid\.org/([0-9X-]{19})/?", re.IGNORECASE)
_ROR = re.compile(r"(?:https?://)?ror\.org/(0[a-z0-9]{8})/?", re.IGNORECASE)
_EDGE = frozenset("\ufeff\u200b\u2060\u00ad\u200e\u200f")
_DAY = re.compile(r"([0-9]{4})[./]([0-9]{1,2})[./]([0-9]{1,2})|([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DAYS = frozenset({"added", "published", "status_date", "date", "starts", "ends"})


def normalized(field: str, text: str) -> str:
    """The value ``text`` of ``field`` as it should have been written; the same if there is nothing to repair.

    What a person must decide, such as a wrong checksum or a control character inside a word, is left as it is.
    """
    if field in _AS_THEY_ARE:
        return text
    clean = unicodedata.normalize("NFC", text)
    if field in KINDS:
        return _identifier(field, clean)
    if field == "orcid" and (match := _ORCID.fullmatch(clean.strip())):
        return match[1].upper()
    if field == "ror" and (match := _ROR.fullmatch(clean.strip())):
        return match[1].lower()
    if field in _DAYS and (match := _DAY.fullmatch(clean.strip())):
        year, month, day = [part for part in match.groups() if part]
        return f"{year}-{int(month):02}-{int(day):02}"
    if field in _LINES:
        return _line(clean)
    return clean


def _identifier(kind: str, text: str) -> str:
    named = read_identifier(text) or identifier(kind, text)
    if named is None:
        return text
    if named.kind == kind:
        return named.value
    bare = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", text.strip(), flags=re.IGNORECASE)
    return bare if kind == "doi" else text


def _line(text: str) -> str:
    """One line without spaces at its ends or in a row, and without the marks that copying leaves at its ends."""
    clean = text.strip("".join(_EDGE) + " \t\n\u00a0")
    clean = re.sub(r"[ \t\n\u00a0]{2,}|[\t\n]", " ", clean)
    return clean or text
