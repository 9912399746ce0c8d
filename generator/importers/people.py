"""Clean the author lists of records: report parts that are not authors, and keep stated family names."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.importers.plain import plain
from generator.model.record import Raw
from generator.text.data_entry import is_others, is_placeholder, without_others
from generator.text.identifiers import is_orcid
from generator.text.names import required_family

_MARK_CHARACTERS = "*∗⋆†‡§¶‖✉⁰¹²³⁴-⁹"  # footnote marks, inside a character class
# ``Ada Byron†,2``, ``Ada Byron$^1$``, ``Ada Byron 0001`` (a number with which DBLP distinguishes namesakes),
# ``Ada Byron1,2``
_MARKS = re.compile(
    rf"[{_MARK_CHARACTERS}]+(?:,?[{_MARK_CHARACTERS}0-9]{{1,2}})*|\$\s?\^[^$]{{0,20}}\$|(?<=[^\W\d_.]) [0-9]{{4}}$|"
    r"(?<=[^\W\d_.])\^?[0-9]{1,2}(?:,[0-9]{1,2})*$"
)
# The lengths are bounded, so that long texts without ``@`` cost linear time.
_EMAIL = re.compile(r"[<(\[]?[\w.+-]{1,64}@[\w.-]{1,253}[>)\]]?")
# an iD, its URL, or ``ORCID: …``, with or without brackets
_ORCID = re.compile(r"[<(\[]?(?:(?:https?://)?orcid\.org/|orcid:? ?)?((?:[0-9]{4}-){3}[0-9]{3}[0-9X])[>)\]]?", re.I)


@dataclass(frozen=True, kw_only=True)
class RecordAuthor:
    """An author in a record. All fields but the name may be empty.

    ``orcid`` may be a URL. ``family`` is the family name if the record states it.
    """

    name: str
    family: str = ""
    affiliations: tuple[str, ...] = ()
    orcid: str = ""


class Dropped(NamedTuple):
    """A part of an author list that was dropped: its kind, and its text. For a mark, it is the name with the mark."""

    kind: str
    text: str


@dataclass
class AuthorList:
    """The authors of a record as values of the field ``authors``, whether some are missing, and dropped parts."""

    authors: list[Raw] = field(default_factory=list)
    incomplete: bool = False
    dropped: list[Dropped] = field(default_factory=list)


def author_list(authors: Iterable[RecordAuthor]) -> AuthorList:
    """Clean an author list. ``others``, ``et al.`` and placeholders make it incomplete; marks are dropped."""
    result = AuthorList()
    for author in authors:
        name = plain(author.name).strip(" ,;")
        if first_author := without_others(name):  # ``Ada Byron et al.``
            result.incomplete |= first_author != name
            name = first_author
        if not name:
            continue
        if is_others(name):
            result.incomplete = True
        elif is_placeholder(name):
            result.incomplete = True
            result.dropped.append(Dropped("placeholder author", name))
        elif not any(map(str.isalpha, name)):
            result.dropped.append(Dropped("author without letters", name))
        else:
            orcid = _ORCID.search(name)
            # ORCID iDs and email addresses first: `_MARKS` would remove digits from them.
            clean = " ".join(_MARKS.sub("", _EMAIL.sub("", _ORCID.sub("", name)).strip()).split()).strip(" ,;")
            if clean != name:
                result.dropped.append(Dropped("mark in a name", name))
            result.authors.append(_author_fields(author, clean or name, orcid[1] if orcid else ""))
    return result


def _author_fields(author: RecordAuthor, name: str, orcid_in_name: str) -> Raw:
    """An author as an entry states it: a mapping, or only the name. ``orcid_in_name`` was found in the name."""
    fields: dict[str, Raw] = {"name": name}
    if family := required_family(name, " ".join(_MARKS.sub("", plain(author.family)).split())):
        fields["family"] = family
    affiliations = [affiliation for affiliation in map(plain, author.affiliations) if affiliation]
    if affiliations:
        fields["affiliation"] = affiliations[0] if len(affiliations) == 1 else list[Raw](affiliations)
    orcid = author.orcid.rstrip("/").rpartition("/")[2] or orcid_in_name
    if is_orcid(orcid):
        fields["orcid"] = orcid
    return fields if len(fields) > 1 else fields["name"]
