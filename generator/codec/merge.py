"""Find the entry that a record describes, merge records of one paper, and propose the id of a new entry.

Existing fields of an entry are kept.
"""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from generator.model.record import Raw, RawRecord
from generator.text.identifiers import KINDS, identifier
from generator.text.names import split_name
from generator.text.slug import MAX_SLUG, folded, slugify

# Set once when an entry is created, or decided by a person: later records do not change them.
_SET_ONCE = frozenset({"id", "topics", "tags", "added", "source", "authors_incomplete", "aliases"})
_MIN_SIMILARITY = 90  # percent; the least similarity of nearly equal titles
# Words that do not name a title's subject.
_INSIGNIFICANT_WORDS = frozenset(
    "a an the on of for in to and or with by from via is are be do does how why what when where which who can towards "
    "toward new using use at as its it you your we our un une le la les der die das ein eine learning".split()
)


@dataclass(frozen=True)
class Additions:
    """The fields that a record adds to an entry, and the names of fields that differ, where the entry stays as it is.

    ``fields`` contains only those ``links`` that the entry lacks.
    """

    fields: RawRecord
    differing: tuple[str, ...]


class Directory:
    """An index of the entries of a digest by identifier, title, id and alias."""

    def __init__(self) -> None:
        self._ids: dict[str, str] = {}
        self._identifiers: dict[str, str] = {}
        self._titles: dict[str, str] = {}
        self._by_folded_title: dict[str, dict[str, None]] = {}
        self._entries: dict[str, RawRecord] = {}

    @property
    def used_ids(self) -> frozenset[str]:
        """Every id and alias; a new entry can use none of them."""
        return frozenset(self._ids)

    def __contains__(self, name: object) -> bool:
        """Whether ``name`` is an id or alias of an entry."""
        return name in self._ids

    def add(self, entry_id: str, raw: RawRecord) -> None:
        """Add an entry, or update it."""
        for name in (entry_id, *_texts(raw.get("aliases"))):
            self._ids.setdefault(name, entry_id)
        self._entries[entry_id] = raw
        for name in _identifiers_of(raw):
            self._identifiers.setdefault(name, entry_id)
        for title in _titles(raw):
            self._titles.setdefault(title.casefold(), entry_id)
            self._by_folded_title.setdefault(folded(title), {})[entry_id] = None

    def find(self, raw: RawRecord) -> list[str]:
        """Return the ids of the entries that a record describes: usually none or one.

        An entry matches if it shares an identifier, or a title if identifiers and authors do not contradict, or an id
        or alias together with a nearly equal title.
        """
        matches = [self._identifiers[name] for name in _identifiers_of(raw) if name in self._identifiers]
        for title in filter(None, map(folded, _titles(raw))):
            same_title = self._by_folded_title.get(title, ())
            matches += [entry_id for entry_id in same_title if _may_be_same_paper(self._entries[entry_id], raw)]
        # An id alone proves nothing: other digests may use it for another paper.
        entry_id = self.entry_id_of(raw.get("id"))
        if entry_id is not None and self.find_by_title(raw) == entry_id:
            matches.append(entry_id)
        return list(dict.fromkeys(matches))

    def entry_id_of(self, paper_id: Raw | None) -> str | None:
        """The entry that has ``paper_id`` as its id or alias."""
        return self._ids.get(paper_id) if isinstance(paper_id, str) else None

    def find_by_title(self, raw: RawRecord) -> str | None:
        """The entry with nearly the same title as a record."""
        title = raw.get("title")
        if not isinstance(title, str):
            return None
        match = process.extractOne(
            title.casefold(), self._titles.keys(), scorer=fuzz.ratio, score_cutoff=_MIN_SIMILARITY
        )
        return self._titles[match[0]] if match else None


def additions(entry: RawRecord, record: RawRecord) -> Additions:
    """Return the fields and links of ``record`` that ``entry`` lacks, and the fields in which they differ."""
    fields = {name: value for name, value in record.items() if name not in entry and name not in {*_SET_ONCE, "venue"}}
    differing = {n for n, value in record.items() if n in entry and n not in _SET_ONCE and entry[n] != value}
    links, entry_links = record.get("links"), entry.get("links")
    if isinstance(links, dict) and isinstance(entry_links, dict):
        if missing := {kind: link for kind, link in links.items() if kind not in entry_links}:
            fields["links"] = missing
        differing -= {"links"}
        differing |= {f"links.{kind}" for kind, link in links.items() if entry_links.get(kind, link) != link}
    return Additions(fields, tuple(sorted(differing)))


def merge_additions(entry: RawRecord, added: RawRecord) -> RawRecord:
    """Return an entry with the fields of ``Additions``."""
    merged = {**entry, **added}
    entry_links, links = entry.get("links"), added.get("links")
    if isinstance(entry_links, dict) and isinstance(links, dict):
        merged["links"] = {**entry_links, **links}
    return merged


def _identifiers_of(raw: RawRecord) -> dict[str, str]:
    """The identifiers of a record with their kinds. DOIs are compared in lower case, as they ignore case."""
    kinds: dict[str, str] = {}
    for field in KINDS:
        value = raw.get(field)
        if isinstance(value, str) and (name := identifier(field, value)):
            kinds[f"{name.kind}:{name.value.lower() if name.kind == 'doi' else name.value}"] = name.kind
    return kinds


def _may_be_same_paper(entry: RawRecord, record: RawRecord) -> bool:
    """Whether two records with the same title may be the same paper: many papers are named "Reply"."""
    first, second = _identifiers_of(entry), _identifiers_of(record)
    equal = {first[name] for name in first.keys() & second.keys()}
    different = (set(first.values()) & set(second.values())) - equal
    families, other_families = _first_families(entry), _first_families(record)
    return not different and (not families or not other_families or bool(families & other_families))


def _first_families(raw: RawRecord) -> set[str]:
    """Possible family names of the first author, folded: the stated one and the one derived from the name."""
    # Sources split names differently (``de la Cruz``), so one common form is enough.
    authors = raw.get("authors")
    first = authors[0] if isinstance(authors, list) and authors else ""
    name, stated = (first.get("name"), first.get("family")) if isinstance(first, dict) else (first, None)
    if not isinstance(name, str) or not name.strip():
        return set()
    families = [stated] if isinstance(stated, str) else []
    return set(map(folded, (*families, split_name(name).family))) - {""}


def _titles(raw: RawRecord) -> list[str]:
    return [*_texts(raw.get("title")), *_texts(raw.get("other_titles"))]


def _texts(value: Raw | None) -> list[str]:
    if isinstance(value, list):
        return [item for item in value if isinstance(item, str)]
    return [value] if isinstance(value, str) else []


def propose_id(raw: RawRecord, used_ids: Container[str] = (), year: int | None = None) -> str:
    """The id of a new entry: first author's family name, year, first significant word of the title (or keywords).

    ``year`` is the edition's year, if known; else it is read from the entry. If ``used_ids`` contains the id, further
    words of the title are appended, then numbers.
    """
    words = _significant_words(raw)
    stem = slugify(_family(raw)).replace("-", "") + (str(year) if year else _year(raw))
    for count in range(1, len(words) + 1):
        proposed = slugify(f"{stem}{'-'.join(words[:count])}")
        if proposed and proposed not in used_ids:
            return proposed
    base = slugify(f"{stem}{words[0] if words else ''}")[: MAX_SLUG - 8].rstrip("-") or "paper"  # room for a number
    number = 2
    while f"{base}-{number}" in used_ids or (base not in used_ids and number == 2):
        if base not in used_ids:
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
    return [word for word in words if word and word not in _INSIGNIFICANT_WORDS and len(word) > 1] or [
        w for w in words if w
    ]
