"""Propose the id of a new entry, and merge several records of one paper."""

import re
from collections.abc import Container, Iterable, Sequence

from generator.model.record import Raw, RawRecord
from generator.text.names import split_name
from generator.text.slug import MOST, folded, slugify

# Words that do not name a title's subject.
_WEAK = frozenset(
    "a an the on of for in to and or with by from via is are be do does how why what when where which who can towards "
    "toward new using use at as its it you your we our un une le la les der die das ein eine learning".split()
)


def propose_id(raw: RawRecord, taken: Container[str] = (), year: int | None = None) -> str:
    """The id of a new entry: first author's family name, year, first significant word of the title (or keywords).

    ``year`` is the edition's year, if known; else it is read from the entry. If the id is in ``taken``, further words
    of the title are appended, then numbers.
    """
    words = _significant_words(raw)
    stem = slugify(_family(raw)).replace("-", "") + (str(year) if year else _year(raw))
    for count in range(1, len(words) + 1):
        proposed = slugify(f"{stem}{'-'.join(words[:count])}")
        if proposed and proposed not in taken:
            return proposed
    base = slugify(f"{stem}{words[0] if words else ''}")[: MOST - 8].rstrip("-") or "paper"  # room for a number
    number = 2
    while f"{base}-{number}" in taken or (base not in taken and number == 2):
        if base not in taken:
            return base
        number += 1
    return f"{base}-{number}"


def merge_records(papers: Iterable[RawRecord]) -> list[RawRecord]:
    """Merge records with equal titles (compared by letters and digits). A merged record has all their sources.

    A later record only fills fields that the earlier ones lack.
    """
    merged: dict[str, RawRecord] = {}
    for number, paper in enumerate(papers):
        title = paper.get("title")
        key = folded(title) if isinstance(title, str) else ""
        first_record = merged.setdefault(key or f"#{number}", dict(paper))
        if first_record != paper:
            sources = _listed(first_record.get("source"))
            sources += [source for source in _listed(paper.get("source")) if source not in sources]
            for field, value in paper.items():
                first_record.setdefault(field, value)
            if sources:
                first_record["source"] = sources
    return list(merged.values())


def _listed(value: Raw | None) -> list[Raw]:
    if isinstance(value, list):
        return list(value)
    return [value] if value else []


def _family(raw: RawRecord) -> str:
    authors = raw.get("authors")
    first = authors[0] if isinstance(authors, list) and authors else ""
    name, family = (first.get("name"), first.get("family")) if isinstance(first, dict) else (first, None)
    if not isinstance(name, str) or not name.strip():
        return ""
    return split_name(name, family if isinstance(family, str) else "").family


def _year(raw: RawRecord) -> str:
    """The year of the edition or publication date; that of ``added`` only if the entry has neither field."""
    for field in ("venue", "published") if raw.get("venue") or raw.get("published") else ("added",):
        parts = str(raw.get(field) or "").split("-")
        if year := next((part for part in reversed(parts) if re.fullmatch(r"(?:19|20)[0-9]{2}", part)), ""):
            return year
    return ""


def _significant_words(raw: RawRecord) -> Sequence[str]:
    title = raw.get("title")
    keywords = [word for word in _listed(raw.get("keywords")) if isinstance(word, str)]
    text = title if isinstance(title, str) else " ".join(keywords[:1])
    words = [slugify(word).replace("-", "") for word in text.replace("-", " ").split()]
    return [word for word in words if word and word not in _WEAK and len(word) > 1] or [w for w in words if w]
