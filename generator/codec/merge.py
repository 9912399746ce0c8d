"""Find the entry of the paper that a record describes, merge records of one paper, and propose ids for new entries.

An *entry* is a paper of the digest, a *record* comes from another source. Both are raw mappings.
"""

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from itertools import count as count_from

from rapidfuzz import fuzz, process

from generator.model.record import Raw, RawRecord
from generator.text.identifiers import KINDS, identifier
from generator.text.names import split_name
from generator.text.slug import MAX_SLUG, folded, slugify

# Fields that are set when an entry is created, or by an editor: later records do not change them.
_SET_ONCE = frozenset({"id", "topics", "tags", "added", "source", "authors_incomplete", "aliases"})
_ROOM_FOR_NUMBER = 8  # characters of an id, for a number such as ``-2`` at its end
_MIN_SIMILARITY = 90  # least similarity (0 to 100) of nearly equal titles
# Words that ids omit because they do not name the subject of a title.
_INSIGNIFICANT_WORDS = frozenset(
    "a an the on of for in to and or with by from via is are be do does how why what when where which who can towards "
    "toward new using use at as its it you your we our un une le la les der die das ein eine learning".split()
)


@dataclass(frozen=True)
class Additions:
    """What a record adds to an entry.

    ``fields`` are the fields and links that the entry lacks. ``differing`` are the names of fields that have another
    value in the entry, such as ``title`` or ``links.pdf``; the entry keeps its value.
    """

    fields: RawRecord
    differing: tuple[str, ...]


class EntryIndex:
    """An index of the entries of a digest by identifier, title, id and alias."""

    def __init__(self) -> None:
        self._entries: dict[str, RawRecord] = {}  # by entry id
        # Entry ids by id or alias, by identifier (``arxiv:1706.03762``), and by title in lower case:
        self._by_name: dict[str, str] = {}
        self._by_identifier: dict[str, str] = {}
        self._by_title: dict[str, str] = {}
        # Several entries can share a folded title. The dictionaries of None are ordered sets.
        self._by_folded_title: dict[str, dict[str, None]] = {}

    @property
    def used_ids(self) -> frozenset[str]:
        """All ids and aliases."""
        return frozenset(self._by_name)

    def __contains__(self, name: object) -> bool:
        """Whether ``name`` is an id or alias of an entry."""
        return name in self._by_name

    def add(self, entry_id: str, raw: RawRecord) -> None:
        """Add an entry, or replace an entry that was added before. Its earlier names and titles still find it."""
        for name in (entry_id, *_texts(raw.get("aliases"))):
            self._by_name.setdefault(name, entry_id)
        self._entries[entry_id] = raw
        for key in _identifiers_of(raw):
            self._by_identifier.setdefault(key, entry_id)
        for title in _titles(raw):
            self._by_title.setdefault(title.casefold(), entry_id)
            self._by_folded_title.setdefault(folded(title), {})[entry_id] = None

    def find(self, raw: RawRecord) -> list[str]:
        """Return the ids of the entries that describe the paper of a record: usually none or one.

        An entry matches in one of three cases:

        - It shares an identifier with the record.
        - It shares a title, and identifiers and authors do not contradict.
        - Its id or an alias is the record's id, and its title is nearly equal and the most similar of all.
        """
        matches = [self._by_identifier[key] for key in _identifiers_of(raw) if key in self._by_identifier]
        for title in filter(None, map(folded, _titles(raw))):
            same_title = self._by_folded_title.get(title, ())
            matches += [entry_id for entry_id in same_title if _may_be_same_paper(self._entries[entry_id], raw)]
        # The id alone is not enough: another digest can use it for another paper.
        entry_id = self.entry_id_of(raw.get("id"))
        if entry_id is not None and self.find_by_title(raw) == entry_id:
            matches.append(entry_id)
        return list(dict.fromkeys(matches))

    def entry_id_of(self, paper_id: Raw | None) -> str | None:
        """The id of the entry with the id or alias ``paper_id``; None if there is none."""
        return self._by_name.get(paper_id) if isinstance(paper_id, str) else None

    def find_by_title(self, raw: RawRecord) -> str | None:
        """The id of the entry with the title most similar to a record's title; None if no title is nearly equal."""
        title = raw.get("title")
        if not isinstance(title, str):
            return None
        match = process.extractOne(
            title.casefold(), self._by_title.keys(), scorer=fuzz.ratio, score_cutoff=_MIN_SIMILARITY
        )
        return self._by_title[match[0]] if match else None


def additions(entry: RawRecord, record: RawRecord) -> Additions:
    """Return the fields and links of ``record`` that ``entry`` lacks, and the fields in which the two differ.

    The fields in ``_SET_ONCE`` are left out, and a missing venue is not added.
    """
    mergeable = {name: value for name, value in record.items() if name not in _SET_ONCE}
    fields = {name: value for name, value in mergeable.items() if name not in entry and name != "venue"}
    differing = {name for name, value in mergeable.items() if name in entry and entry[name] != value}
    links, entry_links = record.get("links"), entry.get("links")
    if isinstance(links, dict) and isinstance(entry_links, dict):
        if missing := {kind: link for kind, link in links.items() if kind not in entry_links}:
            fields["links"] = missing
        differing -= {"links"}
        differing |= {f"links.{kind}" for kind, link in links.items() if entry_links.get(kind, link) != link}
    return Additions(fields, tuple(sorted(differing)))


def merge_additions(entry: RawRecord, fields: RawRecord) -> RawRecord:
    """Return an entry with added ``fields``, those of ``Additions``."""
    merged = {**entry, **fields}
    entry_links, links = entry.get("links"), fields.get("links")
    if isinstance(entry_links, dict) and isinstance(links, dict):
        merged["links"] = {**entry_links, **links}
    return merged


def _identifiers_of(raw: RawRecord) -> dict[str, str]:
    """The identifiers of a record as keys, such as ``arxiv:1706.03762``, with their kinds as values.

    DOIs are in lower case, because their case does not matter.
    """
    kinds: dict[str, str] = {}
    for field in KINDS:
        value = raw.get(field)
        if isinstance(value, str) and (canonical := identifier(field, value)):
            value_in_key = canonical.value.lower() if canonical.kind == "doi" else canonical.value
            kinds[f"{canonical.kind}:{value_in_key}"] = canonical.kind
    return kinds


def _may_be_same_paper(entry: RawRecord, record: RawRecord) -> bool:
    """Whether an entry and a record with the same title may be one paper. Many papers have titles such as *Reply*.

    They are not if identifiers of one kind differ, or the first authors have different family names.
    """
    entry_identifiers, identifiers = _identifiers_of(entry), _identifiers_of(record)
    equal_kinds = {identifiers[key] for key in identifiers.keys() & entry_identifiers.keys()}
    differing_kinds = (set(identifiers.values()) & set(entry_identifiers.values())) - equal_kinds
    entry_families, families = _families_of_first_author(entry), _families_of_first_author(record)
    # Sources split names such as ``Juan de la Cruz`` differently, so one common family name is enough.
    same_author = not entry_families or not families or bool(entry_families & families)
    return not differing_kinds and same_author


def _families_of_first_author(raw: RawRecord) -> set[str]:
    """Possible family names of the first author, folded: the stated one and the one derived from the name."""
    name, family = _first_author(raw)
    families = [family, split_name(name).family] if name else []
    return set(map(folded, families)) - {""}


def _first_author(raw: RawRecord) -> tuple[str, str]:
    """The name and the stated family name of the first author; '' for what is missing."""
    authors = raw.get("authors")
    author = authors[0] if isinstance(authors, list) and authors else ""
    name, family = (author.get("name"), author.get("family")) if isinstance(author, dict) else (author, None)
    if not isinstance(name, str) or not name.strip():
        return "", ""
    return name, family if isinstance(family, str) else ""


def _titles(raw: RawRecord) -> list[str]:
    return [*_texts(raw.get("title")), *_texts(raw.get("other_titles"))]


def _texts(value: Raw | None) -> list[str]:
    """The texts in a list, or a single text as a list; values of other types are left out."""
    if isinstance(value, list):
        return [item for item in value if isinstance(item, str)]
    return [value] if isinstance(value, str) else []


def propose_id(raw: RawRecord, used_ids: Container[str] = (), year: int | None = None) -> str:
    """The id of a new entry: family name of the first author, year, first significant word of the title.

    For example, ``vaswani2017attention``. ``year`` is the edition's year, if known; else it is read from the entry. If
    ``used_ids`` contains the id, further words of the title are appended, then a number.
    """
    words = _significant_words(raw)
    family = split_name(*_first_author(raw)).family
    stem = slugify(family).replace("-", "") + (str(year) if year else _year(raw))
    for count in range(1, len(words) + 1):
        proposed = slugify(f"{stem}{'-'.join(words[:count])}")
        if proposed and proposed not in used_ids:
            return proposed
    base = slugify(f"{stem}{words[0] if words else ''}")[: MAX_SLUG - _ROOM_FOR_NUMBER].rstrip("-") or "paper"
    if base not in used_ids:
        return base
    return next(numbered for number in count_from(2) if (numbered := f"{base}-{number}") not in used_ids)


def merge_records(records: Iterable[RawRecord]) -> list[RawRecord]:
    """Merge records with equal titles, compared by letters and digits. Records without a title stay as they are.

    Of two values of a field, the first is kept; ``source`` becomes a list of all sources.
    """
    merged_records: dict[str, RawRecord] = {}
    for number, record in enumerate(records):
        title = record.get("title")
        key = (folded(title) if isinstance(title, str) else "") or f"#{number}"
        merged = merged_records.setdefault(key, dict(record))
        if merged != record:
            sources = _as_list(merged.get("source"))
            sources += [source for source in _as_list(record.get("source")) if source not in sources]
            for field, value in record.items():
                merged.setdefault(field, value)
            if sources:
                merged["source"] = sources
    return list(merged_records.values())


def _as_list(value: Raw | None) -> list[Raw]:
    if isinstance(value, list):
        return list(value)
    return [value] if value else []


def _year(raw: RawRecord) -> str:
    """The year of the edition or publication date, or that of ``added`` if the entry has neither; '' if unknown."""
    for field in ("venue", "published") if raw.get("venue") or raw.get("published") else ("added",):
        parts = str(raw.get(field) or "").split("-")  # of ``icml-2024`` or ``2024-07-21``
        if year := next((part for part in reversed(parts) if re.fullmatch(r"(?:19|20)[0-9]{2}", part)), ""):
            return year
    return ""


def _significant_words(raw: RawRecord) -> list[str]:
    """The words of the title, or of the first keyword, that name its subject; all words if none does."""
    title = raw.get("title")
    text = title if isinstance(title, str) else next(iter(_texts(raw.get("keywords"))), "")
    words = [slugify(word).replace("-", "") for word in text.replace("-", " ").split()]
    words = [word for word in words if word]
    return [word for word in words if word not in _INSIGNIFICANT_WORDS and len(word) > 1] or words
