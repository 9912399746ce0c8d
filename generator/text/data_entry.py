"""Repair typing and encoding errors in field values, and recognize words such as ``et al.`` in author lists.

Mojibake is text in UTF-8 that was decoded as Windows-1252 or Latin-1, such as ``MÃ¤ntylÃ¤`` for ``Mäntylä``.
"""

import re
import unicodedata

from generator.text.identifiers import KINDS, identifier, read_identifier

# UTF-8 as the two encodings show it: a continuation byte; a lead byte with one, two or three continuation bytes.
_CONTINUATION = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_MOJIBAKE = re.compile(f"[Â-ß]{_CONTINUATION}|[à-ï]{_CONTINUATION}{{2}}|[ð-ô]{_CONTINUATION}{{3}}")
# The last byte of mojibake can be missing: Windows-1252 has no character for the last byte of ”, and programs turn the
# last byte of à into a space.
_CUT_MOJIBAKE_REPAIRS = {"â€": "”", "Ã": "à"}
_CUT_MOJIBAKE = re.compile(rf"â€(?!{_CONTINUATION})|(?<=[a-zß-ÿ])Ã(?=\s|$)")
_ET_AL = r"et\.? ?al{1,2}i{0,2}a?\.?"
# An item of an author list that means further authors, in several languages. Two Latin letters alone ("He") are a name.
_OTHERS = re.compile(
    r"(?:and |& |et |plus )?(?:the |many |several |[0-9]+ )*(?:more )?others?(?: (?:authors?|contributors))?|"
    r"(?:and |& |plus )?(?:many |several |[0-9]+ )+(?:more|others?)(?: (?:authors?|contributors|names?))?|"
    rf"(?:and |& )?{_ET_AL}|et cetera|etc\.?|u\. ?(?:v\. ?)?a\.(?: ?m\.)?|(?:et |les )?autres|(?:y |e )?otros|"
    r"(?:e )?outros|(?:e |ed )?altri|(?:und |sowie )?(?:viele |[0-9]+ )*(?:andere|weitere)(?: \w{5,12})?|en anderen|"
    r"a kol\.|i inni|и др\.?|и другие|m\. ?fl\.|e\. ?a\.|og andre|och andra|\.\.\.|…|等人?|他|ほか|외",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"\[?(?:anonym(?:ous)?(?: (?:authors?(?:\(s\))?|submission))?[0-9]*|anon\.?|unknown(?: authors?)?|authors? unknown|"
    r"no authors?(?: listed)?|authors?(?: names?)?|author names? withheld|(?:first|second|last|corresponding) author|"
    r"(?:your|author|first|family|full) name|first ?name last ?name|paper under double-blind review|"
    r"n/?a|n\. ?n\.|none|null|nan|tbd|tba|todo|xxx+)\]?",
    re.IGNORECASE,
)
_OTHERS_AT_END = re.compile(
    rf"(?<![\s,;])[\s,;]+(?:{_ET_AL}|and others|(?:und|sowie) (?:andere|weitere)|et autres|y otros|e outros|ed? altri|"
    r"en anderen|og andre|och andra|u\. ?a\.|m\. ?fl\.|и др\.?|等人?)$",
    re.IGNORECASE,
)
# Fields whose spaces are normalized.
_ONE_LINE_FIELDS = frozenset(
    {"title", "name", "track", "publisher", "tldr", "keywords", "affiliation", "affiliations", "awards", "other_titles"}
)
_UNCHANGED_FIELDS = frozenset({"links", "url", "homepage", "id", "venue", "topics", "aliases", "parent", "source"})
_ORCID = re.compile(r"(?:https?://)?(?:www\.)?orcid\.org/([0-9X-]{19})/?", re.IGNORECASE)
_ROR = re.compile(r"(?:https?://)?ror\.org/(0[a-z0-9]{8})/?", re.IGNORECASE)
# Characters that copying leaves at the ends of texts.
_INVISIBLE = frozenset("\ufeff\u200b\u2060\u00ad\u200e\u200f")
# Dates that are not in ISO format but unambiguous, since the year comes first: ``2026/4/23``, ``2026-4-23``.
_DATE = re.compile(r"([0-9]{4})[./]([0-9]{1,2})[./]([0-9]{1,2})|([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DATE_FIELDS = frozenset({"added", "published", "status_date", "date", "starts", "ends"})


def repair_mojibake(text: str) -> str:
    """Return ``text`` without mojibake; the same object if nothing needs repair.

    Text that only resembles mojibake stays: the repaired bytes must be valid UTF-8 and printable.
    """
    if text.isascii():
        return text
    return _CUT_MOJIBAKE.sub(lambda match: _CUT_MOJIBAKE_REPAIRS[match[0]], _MOJIBAKE.sub(_repair_character, text))


def _repair_character(match: re.Match[str]) -> str:
    try:
        decoded = b"".join(_original_byte(character) for character in match[0]).decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return match[0]
    return decoded if decoded.isprintable() or decoded == "\xa0" else match[0]


def _original_byte(character: str) -> bytes:
    """The byte that one of the two encodings shows as ``character``."""
    return character.encode("latin-1" if ord(character) < 256 else "cp1252")


def is_others(name: str) -> bool:
    """Whether ``name`` means further people instead of one: ``others``, ``et al.``, ``45 more authors``."""
    return bool(_OTHERS.fullmatch(name))


def is_placeholder(name: str) -> bool:
    """Whether ``name`` is a placeholder: ``Anonymous``, ``First Author``, ``N.N.``."""
    return bool(_PLACEHOLDER.fullmatch(name))


def without_others(name: str) -> str:
    """Return ``name`` without ``et al.`` or a similar expression at its end."""
    return _OTHERS_AT_END.sub("", name)


def normalize_value(field: str, text: str) -> str:
    """Return the ``text`` of a ``field`` in its normal form; the same text if nothing needs repair.

    Faults that need a person's decision stay, such as a wrong checksum or a control character inside a word.
    """
    if field in _UNCHANGED_FIELDS:
        return text
    clean = unicodedata.normalize("NFC", text)
    if field in KINDS:
        return _normalize_identifier(field, clean)
    if field == "orcid" and (match := _ORCID.fullmatch(clean.strip())):
        return match[1].upper()
    if field == "ror" and (match := _ROR.fullmatch(clean.strip())):
        return match[1].lower()
    if field in _DATE_FIELDS and (match := _DATE.fullmatch(clean.strip())):
        year, month, day = [part for part in match.groups() if part]
        return f"{year}-{int(month):02}-{int(day):02}"
    if field in _ONE_LINE_FIELDS:
        return _normalize_line(clean)
    return clean


def _normalize_identifier(kind: str, text: str) -> str:
    """Return the bare identifier of ``kind``; ``text`` unchanged if it is none.

    A DOI that contains an identifier of another kind, such as an arXiv id, only loses its prefix.
    """
    identified = read_identifier(text) or identifier(kind, text)
    if identified is None:
        return text
    if identified.kind == kind:
        return identified.value
    bare = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", text.strip(), flags=re.IGNORECASE)
    return bare if kind == "doi" else text


def _normalize_line(text: str) -> str:
    """Return one line without leading, trailing or repeated spaces, and without invisible characters at its ends."""
    clean = text.strip("".join(_INVISIBLE) + " \t\n\u00a0")
    clean = re.sub(r"[ \t\n\u00a0]{2,}|[\t\n]", " ", clean)
    return clean or text  # a text of spaces stays, so that the check can report it as empty
