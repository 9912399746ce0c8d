"""Author lists of public records without what is no author: ``others``, ``Anonymous``, ``:``, marks of a title page."""

import re
from collections.abc import Iterable
from dataclasses import replace

from generator.importers.public_record import Writer, plain
from generator.importers.raw_paper import Parsed, Unread

_OTHERS = re.compile(
    r"(?:and |& |und |et )?(?:the )?(?:(?:[0-9]+|many|several) )?(?:(?:more )?others|others?|et\.? al\.?|al\.|u\. ?a\.|"
    r"andere|weitere|autres|otros|altri|outros|и др\.?|…|\.\.\.|more authors|[0-9]+ more)(?: authors?)?",
    re.IGNORECASE,
)
_HIDDEN = re.compile(
    r"anonym(?:ous)?(?: (?:authors?|submission|acl submission))?[0-9]*|(?:authors? )?(?:hidden|withheld)|"
    r"(?:no|unknown) authors?|n/?a|none|null|tba|tbd|author names? omitted.*",
    re.IGNORECASE,
)
_MARKS = re.compile(r"[\s,]*(?:[*†‡§¶∗⋆✉#⁰¹²³⁴-⁹]|(?<=\s)[0-9]{4}$)+\s*$")
_LEADING = re.compile(r"^[\s*†‡§¶∗⋆✉]+")


def stated_people(writers: Iterable[Writer], line: int, parsed: Parsed) -> tuple[list[Writer], bool]:
    """The people among ``writers``, and whether the record says that others are missing. Both are told in ``parsed``.

    ``Wei Li 0007`` of DBLP is ``Wei Li``. A name without any letter, such as arXiv's ``:`` behind a collaboration, is
    none.
    """
    people: list[Writer] = []
    incomplete = False
    for writer in writers:
        name = plain(writer.name)
        if _OTHERS.fullmatch(name) or _HIDDEN.fullmatch(name):
            incomplete = True
            parsed.unread.append(Unread(line, "author who is no person", name))
            continue
        bare = _LEADING.sub("", _MARKS.sub("", name)).strip(" ,;:")
        if not any(character.isalpha() for character in bare):
            if name:
                parsed.unread.append(Unread(line, "author who is no person", name))
            continue
        if bare != name:
            parsed.unread.append(Unread(line, "mark beside a name", name))
        people.append(replace(writer, name=bare))
    return people, incomplete
