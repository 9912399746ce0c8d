"""Typing and encoding errors that a text reveals: spaces, wrong encodings, and words like ``et al.`` in author lists.

Mojibake is text in UTF-8 that was decoded as Windows-1252 or Latin-1, such as ``MÃ¤ntylÃ¤`` for ``Mäntylä``.
"""

import re
import unicodedata

from generator.text.identifiers import KINDS, identifier, read_identifier

# A lead byte of UTF-8 and its continuation bytes, as both encodings show them.
_CONTINUED = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_BROKEN = re.compile(f"[Â-ß]{_CONTINUED}|[à-ï]{_CONTINUED}{{2}}|[ð-ô]{_CONTINUED}{{3}}")
# Windows-1252 has no character for the last byte of ”, and programs turn the last byte of à into a space.
_CUT = {"â€": "”", "Ã": "à"}
_BROKEN_AND_CUT = re.compile(rf"â€(?!{_CONTINUED})|(?<=[a-zß-ÿ])Ã(?=\s|$)")
_AL = r"et\.? ?al{1,2}i{0,2}a?\.?"
# Two-letter words such as "He" are names and not listed.
_OTHERS = re.compile(
    r"(?:and |& |et |plus )?(?:the |many |several |[0-9]+ )*(?:more )?others?(?: (?:authors?|contributors))?|"
    r"(?:and |& |plus )?(?:many |several |[0-9]+ )+(?:more|others?)(?: (?:authors?|contributors|names?))?|"
    rf"(?:and |& )?{_AL}|et cetera|etc\.?|u\. ?(?:v\. ?)?a\.(?: ?m\.)?|(?:et |les )?autres|(?:y |e )?otros|"
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
_AT_END = re.compile(
    rf"(?<![\s,;])[\s,;]+(?:{_AL}|and others|(?:und|sowie) (?:andere|weitere)|et autres|y otros|e outros|ed? altri|"
    r"en anderen|og andre|och andra|u\. ?a\.|m\. ?fl\.|и др\.?|等人?)$",
    re.IGNORECASE,
)
# fields of one line, whose spaces are normalized
_LINES = frozenset(
    {"title", "name", "track", "publisher", "tldr", "keywords", "affiliation", "affiliations", "awards", "other_titles"}
)
_NOT_NORMALIZED = frozenset({"links", "url", "homepage", "id", "venue", "topics", "aliases", "parent", "source"})
_ORCID = re.compile(r"(?:https?://)?(?:www\.)?orcid\.org/([0-9X-]{19})/?", re.IGNORECASE)
_ROR = re.compile(r"(?:https?://)?ror\.org/(0[a-z0-9]{8})/?", re.IGNORECASE)
# invisible characters that copying leaves at the ends of texts
_EDGE = frozenset("\ufeff\u200b\u2060\u00ad\u200e\u200f")
# dates that are not in ISO format but unambiguous: the year comes first
_DAY = re.compile(r"([0-9]{4})[./]([0-9]{1,2})[./]([0-9]{1,2})|([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DAYS = frozenset({"added", "published", "status_date", "date", "starts", "ends"})


def repair_mojibake(text: str) -> str:
    """Repair mojibake in ``text``. The same object is returned if there is none.

    Text that only resembles mojibake stays: the repaired characters must be valid UTF-8 and not controls.
    """
    if text.isascii():
        return text
    return _BROKEN_AND_CUT.sub(lambda match: _CUT[match[0]], _BROKEN.sub(_character, text))


def _character(match: re.Match[str]) -> str:
    try:
        decoded = b"".join(_byte(character) for character in match[0]).decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return match[0]
    return decoded if decoded.isprintable() or decoded == "\xa0" else match[0]


def _byte(character: str) -> bytes:
    return character.encode("latin-1" if ord(character) < 256 else "cp1252")


def is_others(name: str) -> bool:
    """Whether ``name`` stands for further people: ``others``, ``et al.``, ``45 more authors``."""
    return bool(_OTHERS.fullmatch(name))


def is_placeholder(name: str) -> bool:
    """Whether ``name`` is a placeholder: ``Anonymous``, ``First Author``, ``N.N.``."""
    return bool(_PLACEHOLDER.fullmatch(name))


def without_others(name: str) -> str:
    """A name without a trailing ``et al.``."""
    return _AT_END.sub("", name)


def normalize_value(field: str, text: str) -> str:
    """Return the ``text`` of a ``field`` in its normal form; the same text if nothing needs repair.

    Faults that a person must decide, such as a wrong checksum or a control character inside a word, are left as they
    are.
    """
    if field in _NOT_NORMALIZED:
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
    identified = read_identifier(text) or identifier(kind, text)
    if identified is None:
        return text
    if identified.kind == kind:
        return identified.value
    bare = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", text.strip(), flags=re.IGNORECASE)
    return bare if kind == "doi" else text


def _line(text: str) -> str:
    """One line without leading, trailing or repeated spaces, and without the invisible characters that copying adds."""
    clean = text.strip("".join(_EDGE) + " \t\n\u00a0")
    clean = re.sub(r"[ \t\n\u00a0]{2,}|[\t\n]", " ", clean)
    return clean or text  # a text of nothing but spaces is reported as empty, with its position
