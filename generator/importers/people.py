"""Author lists of records: what is no author is taken out and reported, and a family name stays where it is stated."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.importers.plain import plain
from generator.model.record import Raw
from generator.text.identifiers import is_orcid
from generator.text.names import stated_family

# "and others" as people write it. A name of two letters such as "He" is none of them.
_OTHERS = re.compile(
    r"(?:and |& )?(?:others?|et\.? al{1,2}i?\.?|et\.? alia|etc\.?|u\. ?a\.|et autres|autres|y otros|otros|e outros|"
    r"outros|e altri|altri|und andere|andere|a kol\.|i inni|и др\.?|и другие|m\. ?fl\.|\.\.\.|…|等|他|ほか|외)",
    re.IGNORECASE,
)
_TRAILING = re.compile(r"[\s,;]+(?:et\.? al{1,2}i?\.?|and others|u\. ?a\.|等)$", re.IGNORECASE)
_PLACEHOLDER = re.compile(
    r"\[?(?:anonymous(?: authors?)?|anonym|anon\.?|unknown(?: authors?)?|authors? unknown|no authors?(?: listed)?|"
    r"n/?a|n\. ?n\.|none|null|nan|tbd|tba|author names? withheld|paper under double-blind review)\]?",
    re.IGNORECASE,
)
# Footnote marks, and the number by which DBLP tells namesakes apart.
_MARKS = re.compile(
    r"[*†‡§¶‖✉]+|\$\s?\^[^$]{0,20}\$|(?<=[^\W\d_.]) [0-9]{4}$|(?<=[^\W\d_.])\^?[0-9]{1,2}(?:,[0-9]{1,2})*$"
)


@dataclass(frozen=True, kw_only=True)
class Writer:
    """An author as a record names them; all but the name may be empty. ``orcid`` may be an address.

    ``family`` is the family name where the record states it.
    """

    name: str
    family: str = ""
    affiliations: tuple[str, ...] = ()
    orcid: str = ""


class Dropped(NamedTuple):
    """A part of an author list that is no name: what kind of thing it is, and its text."""

    kind: str
    text: str


@dataclass
class AuthorList:
    """The authors of a record as an entry holds them, whether some are missing, and what was dropped."""

    authors: list[Raw] = field(default_factory=list)
    incomplete: bool = False
    dropped: list[Dropped] = field(default_factory=list)


def author_list(writers: Iterable[Writer]) -> AuthorList:
    """Authors in order. ``others``, ``et al.`` and placeholders make the list incomplete; marks come off the names."""
    told = AuthorList()
    for writer in writers:
        name = plain(writer.name).strip(" ,;")
        if bare := _TRAILING.sub("", name):
            told.incomplete |= bare != name
            name = bare
        if not name:
            continue
        if _OTHERS.fullmatch(name):
            told.incomplete = True
        elif _PLACEHOLDER.fullmatch(name):
            told.incomplete = True
            told.dropped.append(Dropped("placeholder author", name))
        elif not any(map(str.isalpha, name)):
            told.dropped.append(Dropped("author without letters", name))
        else:
            clean = " ".join(_MARKS.sub("", name).split()).strip(" ,;")
            if clean != name:
                told.dropped.append(Dropped("mark in a name", name))
            told.authors.append(_author(writer, clean))
    return told


def _author(writer: Writer, name: str) -> Raw:
    author: dict[str, Raw] = {"name": name}
    if family := stated_family(name, " ".join(_MARKS.sub("", plain(writer.family)).split())):
        author["family"] = family
    affiliations = [place for place in map(plain, writer.affiliations) if place]
    if affiliations:
        author["affiliation"] = affiliations[0] if len(affiliations) == 1 else list[Raw](affiliations)
    orcid = writer.orcid.rstrip("/").rpartition("/")[2]
    if is_orcid(orcid):
        author["orcid"] = orcid
    return author if len(author) > 1 else author["name"]
