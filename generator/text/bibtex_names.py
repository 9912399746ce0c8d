"""Split the author list of a BibTeX or biblatex record into names.

LaTeX is decoded after the split, because braces join the words of a name. The rules: "Tame the BeaST" (CTAN, section
11), and the extended name format of the biblatex manual (section 3.5).
"""

import re
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import NamedTuple

from generator.text.data_entry import without_others
from generator.text.latex_text import read_latex
from generator.text.names import begins_family, joined_name, natural_order, split_name

_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|2nd|3rd|esq|ph\.?d|m\.?d)\.?", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[^\W\d_a-z]\.?[\s-]?){1,4}")  # ``N. C.``, ``N.-C.``, ``NC``
_VANCOUVER = re.compile(r"(\S.*) ([^\W\d_a-z]{1,3})")  # ``Okoro NC``, the style of PubMed
# ``, {et al.}`` at the end of a list, or ``et~al.``
_ET_AL = re.compile(r"(?:,|(?<!\s))\s+\{(?:et\.?\s+al{1,2}i?\.?)\}$|(?<!\s)\s+et\.?~al\.?$", re.IGNORECASE)
# biblatex's extended format: ``family=Heuvel``
_NAME_PART = re.compile(r"\s*([a-z-]+)\s*=\s*(.*)", re.DOTALL | re.IGNORECASE)
_NAME_PART_KEYS = frozenset({"family", "given", "prefix", "suffix", "useprefix", "id", "nameid", "gender"})
_AND = re.compile(r"and|&|\\&", re.IGNORECASE)
# Separators that BibTeX does not know. Names contain some of these words, so they separate full names only.
_OTHER_AND = re.compile(r"und|et|och|og|/|\||·|•", re.IGNORECASE)
_BRACE = re.compile(r"[{}]")
_BRACES_AND_SPACES = re.compile(r"\\.|[{}]|\s+", re.DOTALL)
_BRACES_AND_SEPARATOR = {separator: re.compile(rf"\\.|[{{}}{separator}]", re.DOTALL) for separator in ",;"}
_MIN_COMMAS_OF_LIST = 2  # a text with fewer commas names one person
_PLAIN_TEXT_AND = re.compile(r"\band\b|&")
_LATEX_SPECIAL = re.compile(r"[{}$%#]")
_HARD_SPACE = re.compile(r"(?<!\\)~")  # ``~`` is a space that does not break


class PersonName(NamedTuple):
    """A name with the given name first, and its family name if the source states it."""

    name: str
    family: str = ""


@dataclass
class People:
    """The names in an author field, in order, and what a user should know about how the field was read.

    ``remarks`` are messages on unusual and unreadable parts, ``unknown_commands`` the LaTeX commands without a known
    meaning. ``is_unreadable`` is true if some names are missing because they could not be separated.
    """

    names: list[PersonName] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    unknown_commands: list[str] = field(default_factory=list)
    is_unreadable: bool = False


def read_people(source: str) -> People:
    """Return the people in an author field, which contains LaTeX. A part that cannot be split becomes a remark."""
    people = People()
    source = _unwrapped(source.strip(), people)
    name_sources = _split_at_words(source, _AND)
    inverted = [_count_commas(name_source.rstrip(", ")) > 0 for name_source in name_sources]
    inverted_count = sum(inverted)
    for name_source, is_inverted in zip(name_sources, inverted, strict=True):
        others_inverted = inverted_count - is_inverted  # the count without this name
        if len(name_sources) == 1:
            others = _Others.NONE
        else:
            others = _Others.INVERTED if others_inverted else _Others.GIVEN_FIRST
        _read_name(name_source, people, others)
    return people


def read_person_or_list(text: str) -> People:
    """Return the people in a field that should contain one name, without LaTeX.

    Only a text that is clearly a list is split: ``Byron, Ada; Li, Bo`` or ``Ada Byron and Bo Li``.
    """
    single = People([PersonName(natural_order(text), text.partition(",")[0].strip() if "," in text else "")])
    if ";" not in text and text.count(",") < _MIN_COMMAS_OF_LIST and not _PLAIN_TEXT_AND.search(text):
        return single
    parts = [part for part in re.split(rf";|{_PLAIN_TEXT_AND.pattern}", text) if part.strip()]
    if len(parts) > 1 and not all(_is_full(part.strip()) or _count_commas(part) == 1 for part in parts):
        return single
    people = read_people(_LATEX_SPECIAL.sub(r"\\\g<0>", text))  # escaped, since ``read_people`` decodes LaTeX
    return single if people.is_unreadable else people


class _Others(Enum):
    """How the other names of a list are written, which decides whether a comma between full names separates people."""

    INVERTED = auto()  # at least one other name is ``Family, Given``
    GIVEN_FIRST = auto()
    NONE = auto()


def _unwrapped(source: str, people: People) -> str:
    """Remove the outer braces of a list of ``Family, Given``, since some exports put every value in braces twice."""
    if not _is_group(source):
        return source
    inside = source[1:-1]
    names = _split_at_words(inside, _AND)
    if len(names) > 1 and all(_count_commas(name) == 1 and split_name(name).given for name in names):
        people.remarks.append(f"read as {len(names)} authors, although in braces")
        return inside
    return source


def _split_at_words(source: str, separator: re.Pattern[str]) -> list[str]:
    """``source`` split at each word outside of braces that ``separator`` matches, without empty parts."""
    parts: list[list[str]] = [[]]
    for word in _words(source):
        if separator.fullmatch(word):
            parts.append([])
        else:
            parts[-1].append(word)
    return [" ".join(part) for part in parts if part]


def _words(source: str) -> list[str]:
    """The words of ``source``. Spaces inside braces do not separate words."""
    return list(filter(None, _split_outside_braces(_BRACES_AND_SPACES, source))) if "{" in source else source.split()


def _split_at(text: str, separator: str) -> list[str]:
    """``text`` split at each comma or semicolon (``separator``) outside of braces."""
    if "{" in text or "\\" in text:
        return [part.strip() for part in _split_outside_braces(_BRACES_AND_SEPARATOR[separator], text)]
    return [part.strip() for part in text.split(separator)]


def _split_outside_braces(pattern: re.Pattern[str], text: str) -> list[str]:
    """``text`` split at separators outside of braces. ``pattern`` matches separators, escapes and single braces."""
    parts, depth, start = [], 0, 0
    for match in pattern.finditer(text):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth = max(0, depth - 1)
        elif not depth and not match[0].startswith("\\"):
            parts.append(text[start : match.start()])
            start = match.end()
    return [*parts, text[start:]]


def _count_commas(text: str) -> int:
    return len(_split_at(text, ",")) - 1


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


def _decode(text: str, people: People) -> str:
    """Decode LaTeX, and add unknown commands to ``people``."""
    decoded = read_latex(_HARD_SPACE.sub(" ", text))
    people.unknown_commands += decoded.unknown_commands
    return decoded.text


def _read_name(name_source: str, people: People, others: _Others) -> None:
    """Add the people in one part of an author list, usually one person. ``et al.`` adds the name ``others``."""
    without_et_al = without_others(_ET_AL.sub("", name_source)).rstrip()
    has_et_al = without_et_al != name_source
    if has_et_al and others is _Others.NONE and _is_ambiguous(_split_at(without_et_al, ",")):
        others = _Others.GIVEN_FIRST  # ``Ada Byron, Bo Li, et al.``: more people follow, so all commas separate people
    _read_without_et_al(without_et_al, people, others)
    if has_et_al:
        people.names.append(PersonName("others"))


def _read_without_et_al(name_source: str, people: People, others: _Others) -> None:
    """Add the people in one part of an author list that does not end with ``et al.``."""
    if _is_group(name_source):
        people.names.append(PersonName(_decode(name_source, people)))
        return
    parts = [part for part in _split_at(name_source, ";") if part]
    if len(parts) > 1 and all(" " in part or "," in part for part in parts):
        people.remarks.append(f"read as {len(parts)} authors, separated by semicolons")
        for part in parts:
            _read_name(part, people, _Others.INVERTED)
        return
    parts = _split_at_words(name_source, _OTHER_AND)
    if len(parts) > 1 and _are_names(parts):
        people.remarks.append(f"read as {len(parts)} authors: {name_source[:200]!r}")
        for part in parts:
            is_inverted = _count_commas(part) == 1 and not _is_full(_split_at(part, ",")[0])
            _read_name(part, people, _Others.INVERTED if is_inverted else _Others.GIVEN_FIRST)
        return
    parts = _split_at(name_source.rstrip(", "), ",")
    matches = map(_NAME_PART.fullmatch, parts if "=" in name_source else ())
    if any(match and match[1].lower() in ("family", "given") for match in matches):
        people.names.append(_read_extended(parts, people))
    elif len(parts) == 1:
        people.names.append(_read_given_first(parts[0], people))
    elif others is _Others.NONE and _is_ambiguous(parts):
        people.is_unreadable = True
        people.remarks.append(f"{name_source[:200]!r} may be one author or two; separate them with `and`")
    elif _is_one_person(parts, name_source, others):
        people.names.append(_read_inverted(parts, people))
    else:
        _read_comma_list(parts, people)


def _are_names(parts: list[str]) -> bool:
    """Whether each part is a full name or several with commas between them; or each is ``Family, Given``."""
    return all(map(_is_full, (name for part in parts for name in _split_at(part.rstrip(", "), ",")))) or all(
        _count_commas(part) == 1 for part in parts
    )


def _read_given_first(text: str, people: People) -> PersonName:
    """Read ``Given Family``; a last word in braces is the family name."""
    words = _words(text)
    family = _decode(words[-1], people) if len(words) > 1 and _is_group(words[-1]) else ""
    return PersonName(_decode(text, people), family)


def _read_inverted(parts: list[str], people: People) -> PersonName:
    """Read ``Family, Given`` or ``Family, Jr, Given``; also ``Family, Given, Jr``, which is wrong but common."""
    family, *rest = (_decode(part, people) for part in parts if part)
    suffix = next((part for part in rest if _SUFFIX.fullmatch(part)), "") if len(rest) > 1 else ""
    given = " ".join(part for part in rest if part != suffix)
    if _SUFFIX.fullmatch(given):  # ``Ada Byron, Jr``
        return PersonName(f"{family} {given}")
    return PersonName(joined_name(given, family, suffix), family if given else "")


def _read_extended(parts: list[str], people: People) -> PersonName:
    """Read biblatex's ``family=Heuvel, given=Karel, prefix=van den, useprefix=true``."""
    name_parts: dict[str, str] = {}
    for part in parts:
        match = _NAME_PART.fullmatch(part)
        key = match[1].lower() if match else ""
        if match and key in _NAME_PART_KEYS:
            name_parts[key] = _decode(match[2].strip().strip('"'), people)
        elif not key.endswith("-i") and not key.startswith("sort"):  # ``given-i`` are initials, ``sortname`` a sort key
            people.remarks.append(f"not understood in a name: {part!r}")
    family = " ".join(filter(None, (name_parts.get("prefix", ""), name_parts.get("family", ""))))
    return PersonName(joined_name(name_parts.get("given", ""), family, name_parts.get("suffix", "")), family)


def _is_one_person(parts: list[str], name_source: str, others: _Others) -> bool:
    """Whether the parts between commas are one name: family and given, perhaps with a suffix."""
    names = [part for part in parts if part]
    if len(names) > 2:
        return len(names) == 3 and any(_SUFFIX.fullmatch(part) for part in names[1:])
    if len(names) < 2 or not _is_full(names[0]) or not _is_full(names[1]):
        return True
    # ``Ngozi Okoro, Wei Li and Ines Ruiz`` is a list, ``Coello Coello, Carlos Artemio and Ruiz, Ines`` is not.
    return others is _Others.INVERTED and not name_source.endswith(",") and not _INITIALS.fullmatch(names[0].split()[0])


def _is_ambiguous(parts: list[str]) -> bool:
    """Whether ``Ngozi Okoro, Wei Li`` is ambiguous: two people, or one with two family and two given names."""
    if len(parts) != 2 or not all(map(_is_full, parts)):
        return False
    return not _INITIALS.fullmatch(parts[0].split()[0])


def _is_full(name: str) -> bool:
    """Whether ``name`` looks like a full name: two words or more, no particle first, no initial last.

    No word but the last begins with a lower-case letter.
    """
    words = name.split()
    if len(words) < 2 or not words[0][:1].isupper() or begins_family(words[0]) or _INITIALS.fullmatch(words[-1]):
        return False
    return split_name(name).family != name and not any(word[:1].islower() for word in words[:-1])


def _read_comma_list(parts: list[str], people: People) -> None:
    """Add people separated by commas: full names, or family and given names in turn. Anything else gives a remark."""
    names = [part for part in parts if part]
    pairs = list(zip(names[::2], names[1::2], strict=False))
    vancouver_matches = [match for match in map(_VANCOUVER.fullmatch, names) if match]
    if len(vancouver_matches) == len(names):
        people.names += [_read_inverted([match[1], match[2]], people) for match in vancouver_matches]
    elif all(len(part.split()) > 1 and not _INITIALS.fullmatch(part) for part in names):
        people.names += [_read_given_first(part, people) for part in names]
    elif len(names) % 2 == 0 and all(_is_given(given) for _, given in pairs):
        people.names += [_read_inverted([family, given], people) for family, given in pairs]
    else:
        people.is_unreadable = True
        people.remarks.append(f"the authors cannot be separated: {', '.join(names)[:200]!r}; separate them with `and`")
        return
    people.remarks.append(f"read as several authors, separated by commas: {', '.join(names)[:200]}")


def _is_given(text: str) -> bool:
    """Whether a part may consist of given names only: initials, or one or two words."""
    return bool(_INITIALS.fullmatch(text)) or len(text.split()) <= 2
