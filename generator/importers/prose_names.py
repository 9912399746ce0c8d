"""Names of people in running text: one name at a time, with the affiliation that follows it.

A name has at least two capitalized words, none of which is a common word. Names in Chinese characters, kana or Hangul
have no spaces. `people_in_prose` reads lists of names.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_TOKEN = re.compile(r"\([^()]{0,120}\)|[^\s(),;]+|[,;()]")  # a bracket with its content, a word, or a punctuation mark
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?")  # ``Byron``, ``O'Neil``, ``Jean-Luc``, ``J.``
# names in Chinese characters, Hangul and kana; longer runs are running text
_UNSPACED_NAME = re.compile("[\u3400-\u9fff]{2,4}|[\uac00-\ud7af]{2,4}|[\u3040-\u30ff\u3400-\u9fff]{2,8}")
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)+")  # ``J.``, ``J.-H.``
_SUFFIX = re.compile(r"(?:jr|sr)\.?|ii|iii|iv", re.IGNORECASE)
_JUNIOR = re.compile(r"[JS]r\.?")  # may follow a comma: ``Ada Byron, Jr.``
_PARTICLES = frozenset(
    "van von de der den des di da do dos du del della la le las los bin ibn ben al el ten ter te zu zur y e i".split()
)
# Particles that are also German articles. After two words of a name, they begin the next phrase, except after another
# particle (``Ada Byron von der Au``).
_ARTICLES = frozenset({"der", "den", "des"})
# Words that begin a sentence. They may be family names, as in ``Kaiming He``, but not the first word of a name.
_NEVER_FIRST = frozenset(
    """
    a an the this that these those in on at for from to of by with and or but as it its they their we our his
    her both all many some most first second third finally however while when if overall together der die das
    ein eine einer im am zum zur für auf bei mit durch nach über dieser diese dieses ihre seine besonders sie
    wir er es wie wenn auch hier dabei dazu zudem how here there recently what why
    """.split()
)
# Words of titles of papers and of institutions, which are often capitalized: two in a row look like a name.
_COMMON_WORDS = frozenset(
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
# titles before a name, which are not part of the name
_ACADEMIC_TITLES = frozenset({"prof.", "dr.", "professor", "professorin", "ph.d.", "phd"})
_BEFORE_AFFILIATION = frozenset({"from", "at", "of", "vom", "von", "an", "am"})
# lower-case words inside names of institutions
_INSTITUTION_PARTICLES = frozenset("of the for in de der des für und and & la del do da di".split())
_TOO_MANY_WORDS = 7  # a run of this many words, without particles and suffixes, is no name
_MAX_INSTITUTION_TOKENS = 10  # longer names of institutions are cut off
_MIN_BRACKET = 4  # characters; a shorter bracket, such as ``(X)``, contains no affiliation


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
    """An author, and the indexes of the name's first token and of the token after the name and affiliation."""

    author: ProseAuthor
    start_index: int
    end_index: int


def tokens_of(paragraph: str) -> list[Token]:
    """Divide a paragraph into tokens."""
    return [Token(match[0], match.start(), match.end()) for match in _TOKEN.finditer(paragraph)]


def is_role(text: str) -> bool:
    """Whether a word is a role: ``Professorin``, ``student``, ``researchers``."""
    return bool(_ROLES.fullmatch(text))


def is_academic_title(text: str) -> bool:
    """Whether a word is an academic title: ``Dr.``."""
    return text.lower() in _ACADEMIC_TITLES


def begins_no_name(text: str) -> bool:
    """Whether a word begins sentences but not names: ``The``, ``Dieser``."""
    return text.lower() in _NEVER_FIRST


def is_common(text: str) -> bool:
    """Whether a word is a common word rather than part of a name."""
    return text.lower() in _COMMON_WORDS | _NEVER_FIRST


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
    """The words of the name at ``position``, without titles, and the position after it; no words if it is no name."""
    if _UNSPACED_NAME.fullmatch(tokens[position].text):
        return [tokens[position].text], position + 1
    words: list[str] = []
    index = position
    while index < len(tokens) - 1 and is_academic_title(tokens[index].text):
        index += 1
    while index < len(tokens) and len(words) <= _TOO_MANY_WORDS:
        text = tokens[index].text
        next_text = tokens[index + 1].text if index + 1 < len(tokens) else ""
        is_comma_before_suffix = text == "," and bool(words) and _JUNIOR.fullmatch(next_text) is not None
        if _continues_name(tokens, index, words):
            words.append(text)
        elif not is_comma_before_suffix:
            break
        index += 1
        if words and ends_sentence(words[-1]):  # the full stop of the sentence is not part of the name
            if not _SUFFIX.fullmatch(words[-1]):
                words[-1] = words[-1].rstrip(".")
            break
    while words and words[-1] in _PARTICLES:
        words.pop()
        index -= 1
    main_words = [word for word in words if not _SUFFIX.fullmatch(word) and word not in _PARTICLES]
    if not 2 <= len(main_words) < _TOO_MANY_WORDS or all(_INITIALS.fullmatch(word) for word in main_words):
        return [], position
    return words, index


def _continues_name(tokens: Sequence[Token], position: int, words: Sequence[str]) -> bool:
    """Whether the token at ``position`` is the next word of a name that begins with ``words``."""
    text = tokens[position].text
    if not words:
        return text.lower() not in _NEVER_FIRST and _is_name_word(text)
    if text in _ARTICLES and len(words) > 1 and words[-1] not in _PARTICLES:
        return False  # ``untersucht Hal Steam den Klang``
    if text in _PARTICLES:
        return any(_is_name_word(token.text) for token in tokens[position + 1 : position + 3])
    return _is_name_word(text) or _SUFFIX.fullmatch(text) is not None


def _is_name_word(text: str) -> bool:
    """Whether a word may be part of a name: capitalized, in mixed case or an initial, and not a common word."""
    if not text[:1].isupper() or not _WORD.fullmatch(text) or text.lower().rstrip(".") in _COMMON_WORDS:
        return False
    if _ROLES.fullmatch(text):
        return False
    letters = text.rstrip(".").replace("-", "").replace("'", "").replace("’", "").replace(".", "")
    return len(letters) <= 2 or not letters.isupper()  # ``NASA`` is an acronym, ``JB`` are initials


def ends_sentence(text: str) -> bool:
    """Whether a token ends a sentence. The full stop of an initial, ``Jr.`` or ``Prof.`` does not."""
    return text[-1:] in ".!?:" and not _INITIALS.fullmatch(text) and not re.fullmatch(r"(?:[JS]r|St|Dr|Prof)\.", text)


def _affiliation(tokens: Sequence[Token], position: int) -> tuple[str, int]:
    """The affiliation at ``position``, ``(OIST)`` or ``from the University of Lagos``, and the position after it.

    Without an affiliation, returns '' and ``position``.
    """
    if position >= len(tokens):
        return "", position
    text = tokens[position].text
    if text.startswith("(") and len(text) >= _MIN_BRACKET:
        return text[1:-1], position + 1
    if text.lower() not in _BEFORE_AFFILIATION:
        return "", position
    first = position + 1
    while first < len(tokens) and tokens[first].text in {"the", "der", "dem"}:
        first += 1
    words = list(_institution(tokens[first : first + _MAX_INSTITUTION_TOKENS]))
    return (" ".join(words), first + len(words)) if words else ("", position)


def _institution(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the words of an institution's name: capitalized words, and up to two particles between them."""
    for index, token in enumerate(tokens):
        if not token.text[:1].isupper():
            is_particle = token.text in _INSTITUTION_PARTICLES and index > 0
            if not is_particle or not any(following.text[:1].isupper() for following in tokens[index + 1 : index + 3]):
                return
        yield token.text
