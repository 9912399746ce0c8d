"""Names of people in running text: one name at a time, with the affiliation that follows it.

A name has at least two capitalized words, none of which is a common word; names in Chinese characters, kana or Hangul
have no spaces. `people_in_prose` joins names to lists.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_TOKEN = re.compile(r"\([^()]{0,120}\)|[^\s(),;]+|[,;()]")  # a bracket with its content, a word, or a punctuation mark
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?")
# names in Chinese characters, Hangul and kana; longer runs are running text
_UNSPACED_NAME = re.compile("[\u3400-\u9fff]{2,4}|[\uac00-\ud7af]{2,4}|[\u3040-\u30ff\u3400-\u9fff]{2,8}")
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)+")  # ``J.``, ``J.-H.``
_SUFFIX = re.compile(r"(?:jr|sr)\.?|ii|iii|iv", re.IGNORECASE)
_PARTICLES = frozenset(
    "van von de der den des di da do dos du del della la le las los bin ibn ben al el ten ter te zu zur y e i".split()
)
# particles that are also German articles, so they need a capitalized word before them
_ARTICLES = frozenset({"der", "den", "des"})
# Words that begin a sentence. They may be family names, as in "Kaiming He", but not the first word of a name.
_NO_FIRST = frozenset(
    """
    a an the this that these those in on at for from to of by with and or but as it its they their we our his
    her both all many some most first second third finally however while when if overall together der die das
    ein eine einer im am zum zur für auf bei mit durch nach über dieser diese dieses ihre seine besonders sie
    wir er es wie wenn auch hier dabei dazu zudem how here there recently what why
    """.split()
)
# Capitalized words of titles and institutions. Two of them in a row look like a name.
_NO_NAME = frozenset(
    "machine neural network networks learning model models language training data bayesian gaussian processes process "
    "ensembles ensemble artificial intelligence computer science vision security symposium conference workshop "
    "university universität institute institut college center centre zentrum department fakultät laboratory lab "
    "labs research society researchers researcher paper study article results experiments reinforcement forests "
    "machines gradient descent transformer transformers attention attacks attack systems system software engineering "
    "theory algorithm algorithms international annual proceedings january february july september october november "
    "december monday tuesday wednesday thursday friday saturday sunday künstliche künstlicher intelligenz maschinelles "
    "lernen januar februar juli dezember montag dienstag mittwoch donnerstag freitag samstag sonntag gesellschaft "
    "forschende forschenden arbeit studie beitrag ergebnisse hochschule google microsoft deepmind openai anthropic "
    "nvidia".split()
)
_ROLES = re.compile(
    r"(?:.*(?:forscher|forscherin|forscherinnen|forschende[nr]?|wissenschaftler|wissenschaftlerin|wissenschaftlerinnen|"
    r"researchers?|scientists?|students?|authors?|autor|autoren|autorin|autorinnen|professor|professorin|faculty|"
    r"doktorand|doktorandin|doktorandinnen|postdocs?|mitarbeiter)|prof\.|dr\.|faculty|phd)",
    re.IGNORECASE,
)
# titles before a name, which are not part of it
_TITLES = frozenset({"prof.", "dr.", "professor", "professorin", "ph.d.", "phd"})
_BEFORE_AFFILIATION = frozenset({"from", "at", "of", "vom", "von", "an", "am"})
# lower-case words inside names of institutions
_INSTITUTION_PARTICLES = frozenset("of the for in de der des für und and & la del do da di".split())
_MAX_NAME_WORDS = 7  # words of a name


class ProseAuthor(NamedTuple):
    """An author in a sentence; ``affiliation`` may be empty."""

    name: str
    affiliation: str


class Token(NamedTuple):
    """A word, a bracket with its content, or a punctuation mark of a paragraph, and where it begins and ends."""

    text: str
    start: int
    end: int


class Person(NamedTuple):
    """An author, the index of the name's first token, and the index after the last token of name and affiliation."""

    author: ProseAuthor
    first: int
    after: int


def tokens_of(paragraph: str) -> list[Token]:
    """The tokens of a paragraph."""
    return [Token(match[0], match.start(), match.end()) for match in _TOKEN.finditer(paragraph)]


def is_role(text: str) -> bool:
    """Whether a word is a role: ``Professorin``, ``student``, ``researchers``."""
    return bool(_ROLES.fullmatch(text))


def is_title(text: str) -> bool:
    """Whether a word is a title before a name: ``Dr.``."""
    return text.lower() in _TITLES


def begins_no_name(text: str) -> bool:
    """Whether a word begins sentences but not names: ``The``, ``Dieser``."""
    return text.lower() in _NO_FIRST


def is_common(text: str) -> bool:
    """Whether a word is a common word rather than part of a name."""
    return text.lower() in _NO_NAME | _NO_FIRST


def person_at(tokens: Sequence[Token], position: int) -> Person | None:
    """The person whose name begins at ``position``, with an affiliation in brackets or after *from*; else None."""
    if position >= len(tokens):
        return None
    words, after = _name_words(tokens, position)
    if not words:
        return None
    affiliation, end = _affiliation(tokens, after)
    return Person(ProseAuthor(" ".join(words), affiliation), position, end)


def _name_words(tokens: Sequence[Token], position: int) -> tuple[list[str], int]:
    if _UNSPACED_NAME.fullmatch(tokens[position].text):
        return [tokens[position].text], position + 1
    words: list[str] = []
    index = position
    while index < len(tokens) - 1 and is_title(tokens[index].text):
        index += 1
    while index < len(tokens) and len(words) <= _MAX_NAME_WORDS:
        text = tokens[index].text
        if text in _ARTICLES and len(words) > 1 and words[-1] not in _PARTICLES:
            break  # "untersucht Hal Steam den Klang"
        if not words and text.lower() in _NO_FIRST:
            break
        if (
            _is_name_word(text)
            or (words and _SUFFIX.fullmatch(text))
            or (text in _PARTICLES and words and any(_is_name_word(t.text) for t in tokens[index + 1 : index + 3]))
        ):
            words.append(text)
        elif text == "," and words and index + 1 < len(tokens) and re.fullmatch(r"[JS]r\.?", tokens[index + 1].text):
            pass
        else:
            break
        index += 1
        if words and ends_sentence(words[-1]):
            words[-1] = words[-1].rstrip(".") if not _SUFFIX.fullmatch(words[-1]) else words[-1]
            break
    while words and words[-1] in _PARTICLES:
        words.pop()
        index -= 1
    main_words = [word for word in words if not _SUFFIX.fullmatch(word) and word not in _PARTICLES]
    if not 2 <= len(main_words) < _MAX_NAME_WORDS or all(_INITIALS.fullmatch(word) for word in main_words):
        return [], position
    return words, index


def _is_name_word(text: str) -> bool:
    """Whether a word may be part of a name: capitalized, in mixed case or an initial, and not a common word."""
    if not text[:1].isupper() or not _WORD.fullmatch(text) or text.lower().rstrip(".") in _NO_NAME:
        return False
    if _ROLES.fullmatch(text):
        return False
    letters = text.rstrip(".").replace("-", "").replace("'", "").replace("’", "").replace(".", "")
    return not (len(letters) > 2 and letters.isupper())


def ends_sentence(text: str) -> bool:
    """Whether a token ends a sentence: a full stop that is not part of an initial, ``Jr.`` or ``Prof.``."""
    return text[-1:] in ".!?:" and not _INITIALS.fullmatch(text) and not re.fullmatch(r"(?:[JS]r|St|Dr|Prof)\.", text)


def _affiliation(tokens: Sequence[Token], position: int) -> tuple[str, int]:
    """The affiliation after a name, ``(OIST)`` or ``from the University of Lagos``, and the position after it."""
    if position >= len(tokens):
        return "", position
    text = tokens[position].text
    if text.startswith("(") and len(text) >= 4:
        return text[1:-1], position + 1
    if text.lower() not in _BEFORE_AFFILIATION:
        return "", position
    first = position + 1
    while first < len(tokens) and tokens[first].text in {"the", "der", "dem"}:
        first += 1
    words = list(_institution(tokens[first : first + 10]))
    return (" ".join(words), first + len(words)) if words else ("", position)


def _institution(tokens: Sequence[Token]) -> Iterator[str]:
    """The words of an institution's name: capitalized ones, and lower-case ones between them."""
    last = max((n for n, token in enumerate(tokens) if token.text[:1].isupper()), default=-1)
    for number, token in enumerate(tokens[: last + 1]):
        is_small = token.text in _INSTITUTION_PARTICLES and number > 0
        small_run = all(t.text in _INSTITUTION_PARTICLES for t in tokens[number : last + 1])
        if not token.text[:1].isupper() and (not is_small or small_run):
            return
        if is_small and not any(t.text[:1].isupper() for t in tokens[number + 1 : number + 3]):
            return
        yield token.text
