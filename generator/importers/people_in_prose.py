"""Author lists in running text: ``Ada Byron, Bo Li (OIST), and Cem Ak study …``, ``Die Arbeit von Ada Byron …``.

The text is cut into words once, and each word is looked at a bounded number of times, so time grows with length only.
A name has two capitalised words at least, none of which is a word of every text; names in Chinese characters, kana or
Hangul stand without spaces.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_TOKEN = re.compile(r"\([^()]{0,120}\)|[^\s(),;]+|[,;()]")
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?")
_WHOLE = re.compile("[\u3400-\u9fff]{2,4}|[\uac00-\ud7af]{2,4}|[\u3040-\u30ff\u3400-\u9fff]{2,8}")
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)+")
_SUFFIX = re.compile(r"(?:jr|sr)\.?|ii|iii|iv", re.IGNORECASE)
_PARTICLES = frozenset(
    "van von de der den des di da do dos du del della la le las los bin ibn ben al el ten ter te zu zur y e i".split()
)
_ARTICLES = frozenset({"der", "den", "des"})
_AND = frozenset({"and", "und", "&", "sowie"})
_OTHERS = frozenset(
    "others other colleagues coauthors co-authors collaborators coworkers co-workers team andere anderen anderer "
    "weitere weiteren kollegen kolleginnen kolleg*innen kolleg:innen mitautoren mitautorinnen al al.".split()
)
# Words that begin a sentence. A family name may well be spelled so, as in "Kaiming He", but not a first word.
_NO_FIRST = frozenset(
    """
    a an the this that these those in on at for from to of by with and or but as it its they their we our his
    her both all many some most first second third finally however while when if overall together der die das
    ein eine einer im am zum zur für auf bei mit durch nach über dieser diese dieses ihre seine besonders sie
    wir er es wie wenn auch hier dabei dazu zudem how here there recently what why
    """.split()
)
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
_TITLES = frozenset({"prof.", "dr.", "professor", "professorin", "ph.d.", "phd"})
_FROM = frozenset({"from", "at", "of", "vom", "von", "an", "am"})
_INSIDE = frozenset("of the for in de der des für und and & la del do da di".split())
_DOES = re.compile(
    r"(?:stud|investigat|introduc|present|propos|examin|show|analy|develop|explor|address|demonstrat|focus|describ|"
    r"turn|tackl|find|ask|measur|evaluat|compar|prov|consider|look|design|build|revisit|argu|report|identif|"
    r"uncover|reveal|untersuch|zeig|stell|präsentier|entwickel|befass|widme|schl[aä]g|erforsch|beschreib|beschäftig|"
    r"geh|mess|vergleich|führ|analys|entwerf|entwirf|belegen?|belegt|prüf|nehm|nimmt|haben|hat|have|has)",
    re.IGNORECASE,
)
_INTRODUCTION = re.compile(
    r"(?:(?:In|With) (?:their|this|his|her|the|a) (?:[\w-]+ ){0,3}?"
    r"(?:paper|work|study|article|preprint|publication|contribution|project)\b"
    r"|(?:The|This|A|Another|One) (?:[\w-]+ ){0,2}?(?:paper|work|study|article|contribution|project|team|group) "
    r"(?:by|of|from|around|led by)\b"
    r"|(?:Together|Jointly|In collaboration|Along) with\b|(?:Gemeinsam|Zusammen|In Zusammenarbeit) mit\b"
    r"|(?:Die|Diese|Das|Dieses|Der|Dieser|Eine?|Ein weiteres?) (?:[\w-]+ ){0,2}?"
    r"(?:Arbeit|Studie|Paper|Beitrag|Artikel|Publikation|Veröffentlichung|Untersuchung|Projekt|Team|Gruppe) "
    r"(?:von|um|des Teams um|der Gruppe um)\b"
    r"|In (?:ihrer|ihrem|dieser|diesem|seiner|seinem|einer|einem|der|dem) (?:[\w-]+ ){0,2}?"
    r"(?:Arbeit|Studie|Paper|Beitrag|Artikel|Publikation|Veröffentlichung|Untersuchung|Projekt)\b(?: von\b)?"
    r"|Im (?:[\w-]+ ){0,2}?(?:Beitrag|Paper|Artikel|Projekt) von\b|(?:Led|Headed) by\b|Unter (?:der )?Leitung von\b"
    r"|(?:Researchers|Scientists|Forschende|Forscher|Forscherinnen)(?: (?:around|led by|um))?\b)"
    r"(?: [“„\"][^“”„\"]{1,250}[“”\"],?)?,?\s*"
)
_BOTH = re.compile(r"(?:(?P<both>both|beide)|all|alle) (?:at |of |from |von der |von |vom )?(?P<place>.+)")
_TOGETHER = re.compile(r"Together|Jointly|Along|In collaboration|Gemeinsam|Zusammen|In Zusammenarbeit")
_NAME_MOST = 7  # words of a name
_PIECE_MOST = 3  # words between two names that may be a name themselves
_APPOSITION_MOST = 9  # words that say what a person is, up to the next comma
_AFTER_MOST = 6  # words between an introduction and the names


class ProseAuthor(NamedTuple):
    """An author as a sentence names them; ``affiliation`` may be empty."""

    name: str
    affiliation: str


class AuthorList(NamedTuple):
    """The authors named in a stretch of a paragraph, and where the stretch begins and ends.

    ``opens`` says that the paragraph begins with them, perhaps after words such as *In their paper*; ``is_incomplete``
    that the text speaks of others; ``unread`` are pieces between the names that could not be read as names.
    """

    authors: tuple[ProseAuthor, ...]
    start: int
    end: int
    opens: bool = False
    is_incomplete: bool = False
    unread: tuple[str, ...] = ()


class _Token(NamedTuple):
    text: str
    start: int
    end: int


class _Person(NamedTuple):
    author: ProseAuthor
    first: int
    after: int


def find_authors(paragraph: str) -> AuthorList | None:
    """The first list of people in a paragraph who do something, or a single one at the beginning; else None."""
    tokens = [_Token(match[0], match.start(), match.end()) for match in _TOKEN.finditer(paragraph)]
    introduction = _INTRODUCTION.match(paragraph)
    begin = introduction.end() if introduction else 0
    place = 0
    while place < len(tokens):
        person = _person(tokens, place) if _may_start(tokens, place) else None
        if person is None:
            place += 1
            continue
        group = _group(tokens, person)
        if introduction is not None and _TOGETHER.match(paragraph):
            group = _with_subject(tokens, group)
        between = sum(begin <= token.start < tokens[place].start for token in tokens[max(0, place - 9) : place])
        is_introduced = introduction is not None and tokens[place].start >= begin and between <= _AFTER_MOST
        opens = place == 0 or is_introduced or (place <= 3 and _leads(tokens[:place]))
        if is_introduced and any(_ROLES.fullmatch(token.text) for token in tokens[max(0, place - between) : place]):
            group = group._replace(is_incomplete=group.is_incomplete or _TOGETHER.match(paragraph) is not None)
        if group.is_list(tokens, opens=opens, introduced=is_introduced):
            return group.found(tokens, opens=opens)
        place = group.after
    return None


def _with_subject(tokens: Sequence[_Token], group: "_Group") -> "_Group":
    """The people of *Together with …* and those who do it: ``Gemeinsam mit Jo Ng untersucht Hal Steam, wie …``."""
    for place in range(group.after, min(group.after + _AFTER_MOST, len(tokens))):
        if _ends_sentence(tokens[place - 1].text):
            break
        if _may_start(tokens, place) and (person := _person(tokens, place)):
            more = _group(tokens, person)
            incomplete = group.is_incomplete or more.is_incomplete
            return _Group((*group.people, *more.people), more.after, incomplete, (*group.unread, *more.unread))
    return group


class _Group(NamedTuple):
    people: tuple[_Person, ...]
    after: int
    is_incomplete: bool
    unread: tuple[str, ...]

    def is_list(self, tokens: Sequence[_Token], *, opens: bool, introduced: bool) -> bool:
        """Whether the people are the authors: they do something, or words before them say so."""
        follows = tokens[self.after : self.after + 2]
        if follows and follows[0].text == ",":
            follows = follows[1:]
        next_word = follows[0].text if follows else ""
        if introduced:
            return True
        if len(self.people) > 1 or self.is_incomplete:
            return next_word[:1].islower()
        return opens and bool(_DOES.match(next_word))

    def found(self, tokens: Sequence[_Token], *, opens: bool) -> AuthorList:
        """The list as its readers ask for it."""
        start, end = tokens[self.people[0].first].start, tokens[self.after - 1].end
        authors = _shared(tuple(person.author for person in self.people))
        return AuthorList(authors, start, end, opens, self.is_incomplete, self.unread)


def _shared(authors: tuple[ProseAuthor, ...]) -> tuple[ProseAuthor, ...]:
    """The authors with an affiliation that is told for the last of them: ``Ada Byron and Bo Li (both OIST)``."""
    shared = list(authors)
    for place, author in enumerate(authors):
        if match := _BOTH.fullmatch(author.affiliation):
            first = place - 1 if match["both"] else 0
            for number in range(max(first, 0), place + 1):
                if number == place or not shared[number].affiliation:
                    shared[number] = shared[number]._replace(affiliation=match["place"])
    return tuple(shared)


def _leads(before: Sequence[_Token]) -> bool:
    """Whether the words before a name are titles or roles: ``CISPA-Forscherin Ada Byron``."""
    return bool(before) and all(_ROLES.fullmatch(token.text) or token.text[:1].isupper() for token in before)


def _may_start(tokens: Sequence[_Token], place: int) -> bool:
    """Whether a name may begin at a word: not in the midst of capitalised words, nor of a quotation."""
    if place == 0:
        return True
    before = tokens[place - 1].text
    if before in ",;" or before.startswith("(") or _ends_sentence(before) or _ROLES.fullmatch(before):
        return True
    return (not before[:1].isupper() or before.lower() in _NO_FIRST) and before[-1:] not in '“„"'


def _group(tokens: Sequence[_Token], person: _Person) -> _Group:
    """The people who are named together, from the first one on."""
    people = [person]
    unread: list[str] = []
    place, incomplete = person.after, False
    while place < len(tokens):
        after, is_and = _separator(tokens, place)
        if _others(tokens, after if after > place else place):
            incomplete = True
            place = _others(tokens, after if after > place else place)
            break
        if after == place:
            break
        following, piece = _next_person(tokens, after, is_and=is_and)
        if following is None:
            if is_and and after < len(tokens) and not _DOES.match(tokens[after].text) and _is_piece(tokens, after):
                unread.append(tokens[after].text)
                incomplete = True
            break
        if piece:
            unread.append(piece)
            incomplete = True
        people.append(following)
        place = following.after
    return _Group(tuple(people), place, incomplete, tuple(unread))


def _is_piece(tokens: Sequence[_Token], place: int) -> bool:
    """Whether a word after *and* may be a name that was not understood: capitalised, in the midst of a sentence."""
    return tokens[place].text[:1].isupper() and tokens[place].text.lower() not in _NO_NAME | _NO_FIRST


def _separator(tokens: Sequence[_Token], place: int) -> tuple[int, bool]:
    """The place behind a comma, an *and*, or both; the same place if there is neither."""
    after = place + 1 if tokens[place].text in (",", ";") else place
    is_and = after < len(tokens) and tokens[after].text.lower() in _AND
    return (after + 1 if is_and else after), is_and


def _others(tokens: Sequence[_Token], place: int) -> int:
    """The place behind ``others``, ``et al.``, ``u. a.``, ``her team``, ``two colleagues``; 0 if none is there."""
    words = [token.text.lower() for token in tokens[place : place + 4]]
    if words[:1] == ["et"] and words[1:2] in (["al"], ["al."]):
        return place + 2
    if words[:2] == ["u.", "a."]:
        return place + 2
    if words[:1] == ["u.a."]:
        return place + 1
    for number, word in enumerate(words):
        if word.strip(".") in _OTHERS:
            return place + number + 1
        if word in {"many", "several", "two", "three", "four", "five", "six", "her", "his", "their", "ihr", "ihre",
                    "ihrem", "ihren", "ihrer", "sein", "seine", "seinem", "seinen", "seiner", "zwei", "drei", "vier",
                    "viele", "the", "die", "das", "further"} or word.isdigit():  # fmt: skip
            continue
        return 0
    return 0


def _next_person(tokens: Sequence[_Token], place: int, *, is_and: bool) -> tuple[_Person | None, str]:
    """The person at ``place``, or a few words behind it; and the text between if that may be a name."""
    if (person := _person(tokens, place)) is not None:
        return person, ""
    for later in range(place, min(place + _APPOSITION_MOST, len(tokens))):
        text = tokens[later].text
        if _ends_sentence(text):
            break
        if text == "," or text.lower() in _AND:
            after, _ = _separator(tokens, later)
            person = _person(tokens, after) if later > place else None
            between = tokens[place:later]
            is_role = any(_ROLES.fullmatch(token.text) or token.text.lower() in _TITLES for token in between)
            if person is None or (len(between) > _PIECE_MOST and not is_role):
                return None, ""
            return person, "" if is_role else " ".join(token.text for token in between)
        if is_and and text[:1].islower() and (person := _person(tokens, later + 1)):
            return person, ""  # "and her student Bo Li"
    return None, ""


def _person(tokens: Sequence[_Token], place: int) -> _Person | None:
    """The person whose name begins at ``place``, with an affiliation in brackets or after *from*; else None."""
    if place >= len(tokens):
        return None
    words, after = _name_words(tokens, place)
    if not words:
        return None
    affiliation, end = _affiliation(tokens, after)
    return _Person(ProseAuthor(" ".join(words), affiliation), place, end)


def _name_words(tokens: Sequence[_Token], place: int) -> tuple[list[str], int]:
    if _WHOLE.fullmatch(tokens[place].text):
        return [tokens[place].text], place + 1
    words: list[str] = []
    at = place
    while at < len(tokens) - 1 and tokens[at].text.lower() in _TITLES:
        at += 1
    while at < len(tokens) and len(words) <= _NAME_MOST:
        text = tokens[at].text
        if text in _ARTICLES and len(words) > 1 and words[-1] not in _PARTICLES:
            break  # "untersucht Hal Steam den Klang"
        if not words and text.lower() in _NO_FIRST:
            break
        if (
            _is_name_word(text)
            or (words and _SUFFIX.fullmatch(text))
            or (text in _PARTICLES and words and any(_is_name_word(t.text) for t in tokens[at + 1 : at + 3]))
        ):
            words.append(text)
        elif text == "," and words and at + 1 < len(tokens) and re.fullmatch(r"[JS]r\.?", tokens[at + 1].text):
            pass
        else:
            break
        at += 1
        if words and _ends_sentence(words[-1]):
            words[-1] = words[-1].rstrip(".") if not _SUFFIX.fullmatch(words[-1]) else words[-1]
            break
    while words and words[-1] in _PARTICLES:
        words.pop()
        at -= 1
    full = [word for word in words if not _SUFFIX.fullmatch(word) and word not in _PARTICLES]
    if not 2 <= len(full) < _NAME_MOST or all(_INITIALS.fullmatch(word) for word in full):
        return [], place
    return words, at


def _is_name_word(text: str) -> bool:
    """Whether a word may be of a name: capitalised, in mixed case or an initial, and no word of every text."""
    if not text[:1].isupper() or not _WORD.fullmatch(text) or text.lower().rstrip(".") in _NO_NAME:
        return False
    if _ROLES.fullmatch(text):
        return False
    letters = text.rstrip(".").replace("-", "").replace("'", "").replace("’", "").replace(".", "")
    return not (len(letters) > 2 and letters.isupper())


def _ends_sentence(text: str) -> bool:
    return text[-1:] in ".!?:" and not _INITIALS.fullmatch(text) and not re.fullmatch(r"(?:[JS]r|St|Dr|Prof)\.", text)


def _affiliation(tokens: Sequence[_Token], place: int) -> tuple[str, int]:
    """The affiliation that follows a name, ``(OIST)`` or ``from the University of Lagos``, and the place behind it."""
    if place >= len(tokens):
        return "", place
    text = tokens[place].text
    if text.startswith("(") and len(text) >= 4:
        return text[1:-1], place + 1
    if text.lower() not in _FROM:
        return "", place
    first = place + 1
    while first < len(tokens) and tokens[first].text in {"the", "der", "dem"}:
        first += 1
    words = list(_institution(tokens[first : first + 10]))
    return (" ".join(words), first + len(words)) if words else ("", place)


def _institution(tokens: Sequence[_Token]) -> Iterator[str]:
    """The words of an institution's name: capitalised ones, and small ones between them."""
    last = max((n for n, token in enumerate(tokens) if token.text[:1].isupper()), default=-1)
    for number, token in enumerate(tokens[: last + 1]):
        is_small = token.text in _INSIDE and number > 0
        small_run = all(t.text in _INSIDE for t in tokens[number : last + 1])
        if not token.text[:1].isupper() and (not is_small or small_run):
            return
        if is_small and not any(t.text[:1].isupper() for t in tokens[number + 1 : number + 3]):
            return
        yield token.text
