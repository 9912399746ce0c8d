"""Split the author list of a BibTeX or biblatex record into names. LaTeX is decoded later: braces hold names together.

The rules: "Tame the BeaST" (CTAN, section 11), and the extended name format of the biblatex manual (section 3.5).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.text.data_entry import without_others
from generator.text.latex_text import read_latex
from generator.text.names import begins_family, joined_name, natural_order, split_name

_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|2nd|3rd|esq|ph\.?d|m\.?d)\.?", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[^\W\d_a-z]\.?[\s-]?){1,4}")
_VANCOUVER = re.compile(r"(\S.*) ([^\W\d_a-z]{1,3})")  # ``Okoro NC``, the style of PubMed
_ET_AL = re.compile(r"(?:,|(?<!\s))\s+\{(?:et\.?\s+al{1,2}i?\.?)\}$|(?<!\s)\s+et\.?~al\.?$", re.IGNORECASE)
_PART = re.compile(r"\s*([a-z-]+)\s*=\s*(.*)", re.DOTALL | re.IGNORECASE)
_PARTS = frozenset({"family", "given", "prefix", "suffix", "useprefix", "id", "nameid", "gender"})
_AND = re.compile(r"and|&|\\&", re.IGNORECASE)
# Separators of lists that are not BibTeX. Names contain some of these words, so they separate full names only.
_OTHER_AND = re.compile(r"und|et|och|og|/|\||·|•", re.IGNORECASE)
_BRACE = re.compile(r"[{}]")
_BRACES_AND_SPACES = re.compile(r"\\.|[{}]|\s+", re.DOTALL)
_SEPARATORS = {mark: re.compile(rf"\\.|[{{}}{mark}]", re.DOTALL) for mark in ",;"}
_MIN_COMMAS_OF_LIST = 2  # a text with fewer commas names one person
_LIST_AND = re.compile(r"\band\b|&")
_SPECIAL = re.compile(r"[{}$%#]")
_HARD_SPACE = re.compile(r"(?<!\\)~")  # ``~`` is a space that does not break


class Person(NamedTuple):
    """A name with the given name first, and its family name if the source states it."""

    name: str
    family: str = ""


@dataclass
class People:
    """The names in order; remarks on parts that were unusual or unreadable; unknown commands.

    ``is_unreadable`` if the names of some people could not be separated, and are missing.
    """

    names: list[Person] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    is_unreadable: bool = False


def read_people(source: str) -> People:
    """Return the people in an author field. A list that cannot be split gives a remark and no names."""
    people = People()
    source = _unwrapped(source.strip(), people)
    sources = _split(source, _AND)
    # A name cannot decide its own style, so the indices of two inverted names suffice.
    inverted = [index for index, name_source in enumerate(sources) if _commas(name_source.rstrip(", "))][:2]
    for index, name_source in enumerate(sources):
        style = _INVERTED if set(inverted) - {index} else _GIVEN_FIRST if len(sources) > 1 else _ALONE
        _read(name_source, people, style)
    return people


def read_person_or_list(text: str) -> People:
    """Split a field that should contain one name: ``Byron, Ada; Li, Bo``, ``Ada Byron and Bo Li``.

    The field contains no LaTeX. Unless it is clearly a list, it is one name, in natural order.
    """
    single = People([Person(natural_order(text), text.partition(",")[0].strip() if "," in text else "")])
    if ";" not in text and text.count(",") < _MIN_COMMAS_OF_LIST and not _LIST_AND.search(text):
        return single
    parts = [part for part in re.split(rf";|{_LIST_AND.pattern}", text) if part.strip()]
    if len(parts) > 1 and not all(_is_full(part.strip()) or _commas(part) == 1 for part in parts):
        return single
    people = read_people(_SPECIAL.sub(r"\\\g<0>", text))
    return single if people.is_unreadable else people


# The style of the other names decides whether a comma between two full names separates people.
_INVERTED, _GIVEN_FIRST, _ALONE = range(3)


def _unwrapped(source: str, people: People) -> str:
    """Remove the outer braces of a list of ``Family, Given``: some exports brace every value twice."""
    if not _is_group(source):
        return source
    inside = source[1:-1]
    names = _split(inside, _AND)
    if len(names) > 1 and all(_commas(name) == 1 and split_name(name).given for name in names):
        people.remarks.append(f"read as {len(names)} authors, although in braces")
        return inside
    return source


def _split(source: str, separator: re.Pattern[str]) -> list[str]:
    """The parts of a list between words that ``separator`` matches outside of braces, without empty parts."""
    parts: list[list[str]] = [[]]
    for word in _words(source):
        if separator.fullmatch(word):
            parts.append([])
        else:
            parts[-1].append(word)
    return [" ".join(part) for part in parts if part]


def _words(source: str) -> Iterator[str]:
    """The words of ``source``. Spaces inside braces do not separate words."""
    depth, start = 0, 0
    if "{" not in source:
        yield from source.split()
        return
    for match in _BRACES_AND_SPACES.finditer(source):
        mark = match[0]
        if mark == "{":
            depth += 1
        elif mark == "}":
            depth = max(0, depth - 1)
        elif mark.isspace() and not depth:
            if match.start() > start:
                yield source[start : match.start()]
            start = match.end()
    if start < len(source):
        yield source[start:]


def _cut(text: str, mark: str) -> list[str]:
    """``text`` split at each ``mark`` outside of braces."""
    if mark not in text:
        return [text.strip()]
    if "{" not in text and "\\" not in text:
        return [part.strip() for part in text.split(mark)]
    parts, depth, start = [], 0, 0
    for match in _SEPARATORS[mark].finditer(text):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth = max(0, depth - 1)
        elif match[0] == mark and not depth:
            parts.append(text[start : match.start()])
            start = match.end()
    return [part.strip() for part in (*parts, text[start:])]


def _commas(text: str) -> int:
    return len(_cut(text, ",")) - 1


def _is_group(text: str) -> bool:
    """Whether one pair of braces encloses all of ``text``."""
    if not (text.startswith("{") and text.endswith("}")) or text.startswith("{\\"):
        return False
    depth = 0
    for match in _BRACE.finditer(text):
        depth += 1 if match[0] == "{" else -1
        if not depth:
            return match.end() == len(text)
    return False


def _plain(text: str, people: People) -> str:
    decoded = read_latex(_HARD_SPACE.sub(" ", text))
    people.unknown += decoded.unknown
    return decoded.text


def _read(name_source: str, people: People, style: int) -> None:
    bare = without_others(_ET_AL.sub("", name_source)).rstrip()
    if bare != name_source and style == _ALONE and _is_doubtful(_cut(bare, ",")):
        style = _GIVEN_FIRST  # ``Ada Byron, Bo Li, et al.``: more people follow, so the comma separates people too
    _read_bare(bare, people, style)
    if bare != name_source:
        people.names.append(Person("others"))


def _read_bare(name_source: str, people: People, style: int) -> None:
    if _is_group(name_source):
        people.names.append(Person(_plain(name_source, people)))
        return
    several = [part for part in _cut(name_source, ";") if part]
    if len(several) > 1 and all(" " in part or "," in part for part in several):
        people.remarks.append(f"read as {len(several)} authors, separated by semicolons")
        for part in several:
            _read(part, people, _INVERTED)
        return
    several = _split(name_source, _OTHER_AND)
    if len(several) > 1 and _are_names(several):
        people.remarks.append(f"read as {len(several)} authors: {name_source[:200]!r}")
        for part in several:
            _read(part, people, _INVERTED if _commas(part) == 1 and not _is_full(_cut(part, ",")[0]) else _GIVEN_FIRST)
        return
    parts = _cut(name_source.rstrip(", "), ",")
    if "=" in name_source and any(m and m[1].lower() in ("family", "given") for m in map(_PART.fullmatch, parts)):
        people.names.append(_extended(parts, people))
    elif len(parts) == 1:
        people.names.append(_given_first(parts[0], people))
    elif style == _ALONE and _is_doubtful(parts):
        people.is_unreadable = True
        people.remarks.append(f"{name_source[:200]!r} may be one author or two; separate them with `and`")
    elif _is_one_person(parts, name_source, style):
        people.names.append(_inverted(parts, people))
    else:
        _read_list(parts, people)


def _are_names(parts: list[str]) -> bool:
    """Whether all parts are names: full ones, perhaps several with commas between them, or ``Family, Given``."""
    return all(map(_is_full, (name for part in parts for name in _cut(part.rstrip(", "), ",")))) or all(
        _commas(part) == 1 for part in parts
    )


def _given_first(text: str, people: People) -> Person:
    """Read ``Given Family``; a last word in braces is the family name."""
    words = list(_words(text))
    family = _plain(words[-1], people) if len(words) > 1 and _is_group(words[-1]) else ""
    return Person(_plain(text, people), family)


def _inverted(parts: list[str], people: People) -> Person:
    """Read ``Family, Given``; ``Family, Jr, Given`` and, though it is wrong, ``Family, Given, Jr``."""
    family, *rest = (_plain(part, people) for part in parts if part)
    suffix = next((part for part in rest if _SUFFIX.fullmatch(part)), "") if len(rest) > 1 else ""
    given = " ".join(part for part in rest if part != suffix)
    if _SUFFIX.fullmatch(given) and len(given) > 1:
        return Person(f"{family} {given}")
    return Person(joined_name(given, family, suffix), family if given else "")


def _extended(parts: list[str], people: People) -> Person:
    """Read biblatex's ``family=Heuvel, given=Karel, prefix=van den, useprefix=true``."""
    name_parts: dict[str, str] = {}
    for part in parts:
        match = _PART.fullmatch(part)
        key = match[1].lower() if match else ""
        if match and key in _PARTS:
            name_parts[key] = _plain(match[2].strip().strip('"'), people)
        elif not key.endswith("-i") and not key.startswith("sort"):
            people.remarks.append(f"not understood in a name: {part!r}")
    family = " ".join(filter(None, (name_parts.get("prefix", ""), name_parts.get("family", ""))))
    return Person(joined_name(name_parts.get("given", ""), family, name_parts.get("suffix", "")), family)


def _is_one_person(parts: list[str], name_source: str, style: int) -> bool:
    """Whether the parts between commas are one name: family and given, perhaps with a suffix."""
    names = [part for part in parts if part]
    if len(names) > 2:
        return len(names) == 3 and any(_SUFFIX.fullmatch(part) for part in names[1:])
    if len(names) < 2 or not _is_full(names[0]) or not _is_full(names[1]):
        return True
    # ``Ngozi Okoro, Wei Li and Ines Ruiz`` is a list, ``Coello Coello, Carlos Artemio and Ruiz, Ines`` is not.
    return style == _INVERTED and not name_source.endswith(",") and not _INITIALS.fullmatch(names[0].split()[0])


def _is_doubtful(parts: list[str]) -> bool:
    """Whether ``Ngozi Okoro, Wei Li`` is ambiguous: two people, or one with two family and two given names."""
    if len(parts) != 2 or not all(map(_is_full, parts)):
        return False
    return not _INITIALS.fullmatch(parts[0].split()[0])


def _is_full(name: str) -> bool:
    """Whether ``name`` looks like a full name: two words or more, no particle first, no initial last."""
    words = name.split()
    if (
        len(words) < 2
        or not words[0][:1].isupper()
        or begins_family(words[0])
        or any(_INITIALS.fullmatch(word) for word in words[-1:])
    ):
        return False
    return split_name(name).family != name and not any(word[:1].islower() for word in words[:-1])


def _read_list(parts: list[str], people: People) -> None:
    """Split people at commas: full names, or family and given names in turn. Anything else gives a remark."""
    names = [part for part in parts if part]
    pairs = list(zip(names[::2], names[1::2], strict=False))
    initialed = [match for match in map(_VANCOUVER.fullmatch, names) if match]
    if len(initialed) == len(names):
        people.names += [_inverted([match[1], match[2]], people) for match in initialed]
    elif all(len(part.split()) > 1 and not _INITIALS.fullmatch(part) for part in names):
        people.names += [_given_first(part, people) for part in names]
    elif len(names) % 2 == 0 and all(_is_given(given) for _, given in pairs):
        people.names += [_inverted([family, given], people) for family, given in pairs]
    else:
        people.is_unreadable = True
        people.remarks.append(f"the authors cannot be separated: {', '.join(names)[:200]!r}; separate them with `and`")
        return
    people.remarks.append(f"read as several authors, separated by commas: {', '.join(names)[:200]}")


def _is_given(text: str) -> bool:
    """Whether a part may consist of given names only: initials, or one or two words."""
    return bool(_INITIALS.fullmatch(text)) or len(text.split()) <= 2
