"""Author lists in running text: ``Ada Byron, Bo Li (OIST), and Cem Ak study …``, ``Die Arbeit von Ada Byron …``.

The text is split into words once, and each word is read a bounded number of times, so time grows linearly.
`prose_names` recognizes single names. A title in quotation marks after *paper* or *Arbeit* is that of the paper.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from generator.importers.prose_names import (
    Person,
    ProseAuthor,
    Token,
    begins_no_name,
    ends_sentence,
    is_common,
    is_role,
    is_title,
    person_at,
    tokens_of,
)

_AND = frozenset({"and", "und", "&", "sowie"})
_OTHERS = frozenset(
    "others other colleagues coauthors co-authors collaborators coworkers co-workers team andere anderen anderer "
    "weitere weiteren kollegen kolleginnen kolleg*innen kolleg:innen mitautoren mitautorinnen al al.".split()
)

# Verbs of which authors are the subject. Their stems match all inflected forms.
_DOES = re.compile(
    r"(?:stud|investigat|introduc|present|propos|examin|show|analy|develop|explor|address|demonstrat|focus|describ|"
    r"turn|tackl|find|ask|measur|evaluat|compar|prov|consider|look|design|build|revisit|argu|report|identif|"
    r"uncover|reveal|untersuch|zeig|stell|präsentier|entwickel|befass|widme|schl[aä]g|erforsch|beschreib|beschäftig|"
    r"geh|mess|vergleich|führ|analys|entwerf|entwirf|belegen?|belegt|prüf|nehm|nimmt|haben|hat|have|has)",
    re.IGNORECASE,
)
_QUOTED = r"(?: [“„\"«][^“”„\"«»]{1,250}[“”\"»],?)"
_WORKS = (
    "paper|work|study|article|preprint|publication|contribution|Arbeit|Studie|Paper|Beitrag|Artikel|Publikation|"
    "Veröffentlichung|Untersuchung"
)
# ``paper “Title”``, and ``In “Title”, …`` at the start of a paragraph
_STATED_TITLE = re.compile(rf"(?:\b(?:{_WORKS})|^(?:In|With|Mit)) [“„\"«](?P<title>[^“”„\"«»]{{1,250}})[“”\"»]")
_INTRODUCTION = re.compile(
    r"(?:(?:In|With) (?:their|this|his|her|the|a) (?:[\w-]+ ){0,3}?"
    r"(?:paper|work|study|article|preprint|publication|contribution|project)\b"
    r"|(?:The|This|A|Another|One) (?:[\w-]+ ){0,2}?(?:paper|work|study|article|contribution|project|team|group)"
    rf"{_QUOTED}? (?:by|of|from|around|led by)\b"
    r"|(?:Together|Jointly|In collaboration|Along) with\b|(?:Gemeinsam|Zusammen|In Zusammenarbeit) mit\b"
    r"|(?:Die|Diese|Das|Dieses|Der|Dieser|Eine?|Ein weiteres?) (?:[\w-]+ ){0,2}?"
    r"(?:Arbeit|Studie|Paper|Beitrag|Artikel|Publikation|Veröffentlichung|Untersuchung|Projekt|Team|Gruppe)"
    rf"{_QUOTED}? (?:von|um|des Teams um|der Gruppe um)\b"
    r"|In (?:ihrer|ihrem|dieser|diesem|seiner|seinem|einer|einem|der|dem) (?:[\w-]+ ){0,2}?"
    r"(?:Arbeit|Studie|Paper|Beitrag|Artikel|Publikation|Veröffentlichung|Untersuchung|Projekt)\b"
    rf"(?:{_QUOTED}? von\b)?"
    rf"|(?:In|With|Mit)(?={_QUOTED})"
    rf"|Im (?:[\w-]+ ){{0,2}}?(?:Beitrag|Paper|Artikel|Projekt)(?:{_QUOTED}? von\b)?"
    r"|(?:Led|Headed) by\b|Unter (?:der )?Leitung von\b"
    r"|(?:Researchers|Scientists|Forschende|Forscher|Forscherinnen)(?: (?:around|led by|um))?\b)"
    rf"{_QUOTED}?,?\s*"
)
# ``both at OIST``, ``alle vom CISPA``
_BOTH = re.compile(r"(?:(?P<both>both|beide)|all|alle) (?:at |of |from |von der |von |vom )?(?P<place>.+)")
_TOGETHER = re.compile(r"Together|Jointly|Along|In collaboration|Gemeinsam|Zusammen|In Zusammenarbeit")
_PARTICIPLE = re.compile(r"[a-zäöüß]+(?:t|en)\.?")  # the end of a German clause: ``haben … untersucht``
_DOUBTFUL = 3  # words; a name with more may be two
_MAX_PIECE = 3  # words between two names, which may be a name
_MAX_APPOSITION = 9  # words of a person's description, up to the next comma
_MAX_BEFORE_NAMES = 6  # words between an introduction and the names


class ProseAuthorList(NamedTuple):
    """The authors in a part of a paragraph, and where the part begins and ends.

    ``opens`` is true if the paragraph begins with them, perhaps after words such as *In their paper*, ``is_incomplete``
    if the text mentions others; ``unread`` are pieces between the names that could not be read as names. ``title`` is
    the paper's if the words before the names state it.
    """

    authors: tuple[ProseAuthor, ...]
    start: int
    end: int
    opens: bool = False
    is_incomplete: bool = False
    unread: tuple[str, ...] = ()
    title: str = ""


def find_authors(paragraph: str) -> ProseAuthorList | None:
    """The first people in a paragraph who are the subject of a verb, or one person at its beginning; else None."""
    tokens = tokens_of(paragraph)
    introduction = _INTRODUCTION.match(paragraph)
    begin = introduction.end() if introduction else 0
    position = 0
    while position < len(tokens):
        person = person_at(tokens, position) if _may_start(tokens, position) else None
        if person is None:
            position += 1
            continue
        group = _without_object(tokens, _group(tokens, person))
        if introduction is not None and _TOGETHER.match(paragraph):
            group = _with_subject(tokens, group)
        between = sum(
            begin <= token.start < tokens[position].start for token in tokens[max(0, position - 9) : position]
        )
        is_introduced = introduction is not None and tokens[position].start >= begin and between <= _MAX_BEFORE_NAMES
        opens = position == 0 or is_introduced or (position <= 3 and _leads(tokens[:position]))
        if is_introduced and any(is_role(token.text) for token in tokens[max(0, position - between) : position]):
            group = group._replace(is_incomplete=group.is_incomplete or _TOGETHER.match(paragraph) is not None)
        if group.is_list(tokens, opens=opens, introduced=is_introduced):
            title = _STATED_TITLE.search(introduction[0]) if introduction and is_introduced else None
            authors = group.author_list(tokens, opens=opens)
            return authors._replace(title=title["title"].strip(" ,.")) if title else authors
        position = group.after
    return None


def _with_subject(tokens: Sequence[Token], group: "_Group") -> "_Group":
    """The people of *Together with …* and the subject: ``Gemeinsam mit Jo Ng untersucht Hal Steam, wie …``."""
    for index in range(group.after, min(group.after + _MAX_BEFORE_NAMES, len(tokens))):
        if ends_sentence(tokens[index - 1].text):
            break
        if _may_start(tokens, index) and (person := person_at(tokens, index)):
            more = _without_object(tokens, _group(tokens, person))
            incomplete = group.is_incomplete or more.is_incomplete
            return _Group((*group.people, *more.people), more.after, incomplete, (*group.unread, *more.unread))
    return group


def _without_object(tokens: Sequence[Token], group: "_Group") -> "_Group":
    """The people of ``haben Ada Reef und Bo Öst Knoten untersucht``, without the noun after the last name.

    The third word of a name is doubtful only if the verb comes before the names and the sentence ends after them.
    """
    first, last = group.people[0], group.people[-1]
    verb = tokens[first.first - 1].text if first.first else ""
    words = last.author.name.split()
    following = tokens[group.after].text if group.after < len(tokens) else ""
    ends = ends_sentence(tokens[group.after - 1].text) or _PARTICIPLE.fullmatch(following)
    if not (verb.islower() and _DOES.match(verb) and ends) or last.author.affiliation or len(words) < _DOUBTFUL:
        return group
    if not all(word[:1].isupper() and word.isalpha() for word in words):
        return group
    author = last.author._replace(name=" ".join(words[:-1]))
    return group._replace(people=(*group.people[:-1], last._replace(author=author)), unread=(*group.unread, words[-1]))


class _Group(NamedTuple):
    people: tuple[Person, ...]
    after: int
    is_incomplete: bool
    unread: tuple[str, ...]

    def is_list(self, tokens: Sequence[Token], *, opens: bool, introduced: bool) -> bool:
        """Whether the people are the authors: they are the subject of a verb, or the words before them say so."""
        follows = tokens[self.after : self.after + 2]
        if follows and follows[0].text == ",":
            follows = follows[1:]
        next_word = follows[0].text if follows else ""
        if introduced:
            return True
        if len(self.people) > 1 or self.is_incomplete:
            return next_word[:1].islower()
        return opens and bool(_DOES.match(next_word))

    def author_list(self, tokens: Sequence[Token], *, opens: bool) -> ProseAuthorList:
        """The people as authors, with the affiliations that they share."""
        start, end = tokens[self.people[0].first].start, tokens[self.after - 1].end
        authors = _shared(tuple(person.author for person in self.people))
        return ProseAuthorList(authors, start, end, opens, self.is_incomplete, self.unread)


def _shared(authors: tuple[ProseAuthor, ...]) -> tuple[ProseAuthor, ...]:
    """Give all authors an affiliation that is stated for all: ``Ada Byron and Bo Li (both OIST)``."""
    shared = list(authors)
    for index, author in enumerate(authors):
        if match := _BOTH.fullmatch(author.affiliation):
            first = index - 1 if match["both"] else 0
            for number in range(max(first, 0), index + 1):
                if number == index or not shared[number].affiliation:
                    shared[number] = shared[number]._replace(affiliation=match["place"])
    return tuple(shared)


def _leads(before: Sequence[Token]) -> bool:
    """Whether the words before a name are titles or roles: ``CISPA-Forscherin Ada Byron``."""
    return bool(before) and all(is_role(token.text) or token.text[:1].isupper() for token in before)


def _may_start(tokens: Sequence[Token], position: int) -> bool:
    """Whether a name may begin at a word: not inside a sequence of capitalized words or a quotation."""
    if position == 0:
        return True
    before = tokens[position - 1].text
    if before in ",;" or before.startswith("(") or ends_sentence(before) or is_role(before):
        return True
    return (not before[:1].isupper() or begins_no_name(before)) and before[-1:] not in '“„"'


def _group(tokens: Sequence[Token], person: Person) -> _Group:
    """The people who are listed together, from the first one on."""
    people = [person]
    unread: list[str] = []
    position, incomplete = person.after, False
    while position < len(tokens):
        after, is_and = _separator(tokens, position)
        if after_others := _others(tokens, after if after > position else position):
            person_after = person_at(tokens, after_others)  # "and co-authors Bo Öst and Cem Ak"
            if person_after is None:
                incomplete, position = True, after_others
                break
            people.append(person_after)
            position = person_after.after
            continue
        if after == position:
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
        position = following.after
    return _Group(tuple(people), position, incomplete, tuple(unread))


def _is_piece(tokens: Sequence[Token], position: int) -> bool:
    """Whether a word after *and* may be a name that was not recognized: capitalized, within a sentence."""
    return tokens[position].text[:1].isupper() and not is_common(tokens[position].text)


def _separator(tokens: Sequence[Token], position: int) -> tuple[int, bool]:
    """The position after a comma, an *and*, or both; the same position if there is neither."""
    after = position + 1 if tokens[position].text in (",", ";") else position
    is_and = after < len(tokens) and tokens[after].text.lower() in _AND
    return (after + 1 if is_and else after), is_and


def _others(tokens: Sequence[Token], position: int) -> int:
    """The position after ``others``, ``et al.``, ``u. a.``, ``her team``, ``two colleagues``; 0 if there is none."""
    words = [token.text.lower() for token in tokens[position : position + 4]]
    if words[:1] == ["et"] and words[1:2] in (["al"], ["al."]):
        return position + 2
    if words[:2] == ["u.", "a."]:
        return position + 2
    if words[:1] == ["u.a."]:
        return position + 1
    for number, word in enumerate(words):
        if word.strip(".") in _OTHERS:
            end = position + number + 1
            while end < len(tokens) and is_role(tokens[end].text):  # "weitere Forschende"
                end += 1
            return end
        if word in {"many", "several", "two", "three", "four", "five", "six", "her", "his", "their", "ihr", "ihre",
                    "ihrem", "ihren", "ihrer", "sein", "seine", "seinem", "seinen", "seiner", "zwei", "drei", "vier",
                    "viele", "the", "die", "das", "further"} or word.isdigit():  # fmt: skip
            continue
        return 0
    return 0


def _next_person(tokens: Sequence[Token], position: int, *, is_and: bool) -> tuple[Person | None, str]:
    """The person at ``position``, or a few words after it; and the text between if it may be a name."""
    if (person := person_at(tokens, position)) is not None:
        return person, ""
    for later in range(position, min(position + _MAX_APPOSITION, len(tokens))):
        text = tokens[later].text
        if ends_sentence(text):
            break
        if text == "," or text.lower() in _AND:
            after, _ = _separator(tokens, later)
            person = person_at(tokens, after) if later > position else None
            between = tokens[position:later]
            has_role = any(is_role(token.text) or is_title(token.text) for token in between)
            if person is None or (len(between) > _MAX_PIECE and not has_role):
                return None, ""
            return person, "" if has_role else " ".join(token.text for token in between)
        if is_and and text[:1].islower() and (person := person_at(tokens, later + 1)):
            return person, ""  # "and her student Bo Li"
    return None, ""
