"""Lists of authors in running text: ``Ada Byron, Bo Li (OIST), and Cem Ak study …``, ``Die Arbeit von Ada Byron …``.

`prose_names` recognizes single names. A title in quotation marks after *paper* or *Arbeit* is that of the paper. Each
word is read a bounded number of times, so time grows linearly.
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
    is_academic_title,
    is_common,
    is_role,
    person_at,
    tokens_of,
)

_AND = frozenset({"and", "und", "&", "sowie"})
_OTHERS = frozenset(
    "others other colleagues coauthors co-authors collaborators coworkers co-workers team andere anderen anderer "
    "weitere weiteren kollegen kolleginnen kolleg*innen kolleg:innen mitautoren mitautorinnen al al.".split()
)
# Stems of verbs whose subject are authors, in all inflected forms: ``studies``, ``untersuchten``.
_VERB = re.compile(
    r"(?:stud|investigat|introduc|present|propos|examin|show|analy|develop|explor|address|demonstrat|focus|describ|"
    r"turn|tackl|find|ask|measur|evaluat|compar|prov|consider|look|design|build|revisit|argu|report|identif|"
    r"uncover|reveal|untersuch|zeig|stell|präsentier|entwickel|befass|widme|schl[aä]g|erforsch|beschreib|beschäftig|"
    r"geh|mess|vergleich|führ|analys|entwerf|entwirf|belegen?|belegt|prüf|nehm|nimmt|haben|hat|have|has)",
    re.IGNORECASE,
)
_QUOTED = r"(?: [“„\"«][^“”„\"«»]{1,250}[“”\"»],?)"
_WORK = (
    "paper|work|study|article|preprint|publication|contribution|Arbeit|Studie|Paper|Beitrag|Artikel|Publikation|"
    "Veröffentlichung|Untersuchung"
)
# ``paper “Title”``, and ``In “Title”, …`` at the beginning of a paragraph
_STATED_TITLE = re.compile(rf"(?:\b(?:{_WORK})|^(?:In|With|Mit)) [“„\"«](?P<title>[^“”„\"«»]{{1,250}})[“”\"»]")
# Words before the authors, in this order: ``In their recent paper``, ``The paper “Title” by``, ``Together with``, ``Die
# Arbeit von``, ``In ihrer Studie``, ``Mit “Title”``, ``Im Beitrag von``, ``Led by``, ``Forschende um``
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
# in brackets after a name: ``both at OIST``, ``alle vom CISPA``
_SHARED_AFFILIATION = re.compile(
    r"(?:(?P<both>both|beide)|all|alle) (?:at |of |from |von der |von |vom )?(?P<place>.+)"
)
_TOGETHER = re.compile(r"Together|Jointly|Along|In collaboration|Gemeinsam|Zusammen|In Zusammenarbeit")
_PARTICIPLE = re.compile(r"[a-zäöüß]+(?:t|en)\.?")  # the end of a German clause: ``haben … untersucht``
_MIN_NAME_WITH_OBJECT = 3  # words; the last word of a name of this length may be the object of the sentence
_MAX_UNREAD_NAME = 3  # words between two names that may be a name
_MAX_APPOSITION = 9  # words of the description of a person, ``an expert on kettles``, up to the next comma
_MAX_BEFORE_NAMES = 6  # words between an introduction and the names
_BEFORE_OTHERS = frozenset(
    "many several two three four five six her his their ihr ihre ihrem ihren ihrer sein seine seinem seinen seiner "
    "zwei drei vier viele the die das further".split()
)


class ProseAuthorList(NamedTuple):
    """The authors in a part of a paragraph, and the positions at which the part begins and ends.

    ``at_beginning`` is true if the paragraph begins with the authors, also after words such as *In their paper*.
    ``is_incomplete`` is true if the text mentions others. ``unread`` are texts between the names that may be names.
    ``title`` is the title of the paper if the words before the names state it.
    """

    authors: tuple[ProseAuthor, ...]
    start: int
    end: int
    at_beginning: bool = False
    is_incomplete: bool = False
    unread: tuple[str, ...] = ()
    title: str = ""


def find_authors(paragraph: str) -> ProseAuthorList | None:
    """The first authors in a paragraph, or None.

    They are people after an introduction (``In their paper, …``), several people before a word in lower case, or one
    person at the beginning before a verb.
    """
    tokens = tokens_of(paragraph)
    introduction = _INTRODUCTION.match(paragraph)
    introduction_end = introduction.end() if introduction else 0
    is_together = introduction is not None and _TOGETHER.match(paragraph) is not None
    position = 0
    while position < len(tokens):
        person = person_at(tokens, position) if _may_begin_name(tokens, position) else None
        if person is None:
            position += 1
            continue
        group = _without_object(tokens, _people_from(tokens, person))
        if is_together:
            group = _with_subject(tokens, group)
        # the words between the introduction and the name, at most one more than allowed
        preceding = tokens[max(0, position - _MAX_BEFORE_NAMES - 1) : position]
        before = [token for token in preceding if token.start >= introduction_end]
        follows_introduction = introduction is not None and tokens[position].start >= introduction_end
        is_introduced = follows_introduction and len(before) <= _MAX_BEFORE_NAMES
        follows_titles = position <= 3 and _are_titles_or_roles(tokens[:position])  # ``Researcher Prof. Dr. Ada Byron``
        at_beginning = position == 0 or is_introduced or follows_titles
        # ``Together with colleagues from Lagos, Ada Byron studies …``: not all people are named.
        if is_introduced and is_together and any(is_role(token.text) for token in before):
            group = group._replace(is_incomplete=True)
        if group.are_authors(tokens, at_beginning=at_beginning, is_introduced=is_introduced):
            title = _STATED_TITLE.search(introduction[0]) if introduction and is_introduced else None
            authors = group.author_list(tokens, at_beginning=at_beginning)
            return authors._replace(title=title["title"].strip(" ,.")) if title else authors
        position = group.end_index
    return None


def _with_subject(tokens: Sequence[Token], group: "_Group") -> "_Group":
    """Add the subject to the people after *Together with*: ``Gemeinsam mit Jo Ng untersucht Hal Steam, wie …``."""
    for index in range(group.end_index, min(group.end_index + _MAX_BEFORE_NAMES, len(tokens))):
        if ends_sentence(tokens[index - 1].text):
            break
        if _may_begin_name(tokens, index) and (person := person_at(tokens, index)):
            subject = _without_object(tokens, _people_from(tokens, person))
            people, unread = (*group.people, *subject.people), (*group.unread, *subject.unread)
            return _Group(people, subject.end_index, group.is_incomplete or subject.is_incomplete, unread)
    return group


def _without_object(tokens: Sequence[Token], group: "_Group") -> "_Group":
    """Remove an object from the last name: *Knoten* in ``haben Ada Reef und Bo Öst Knoten untersucht``.

    A name is changed only if a verb comes before the names and the clause ends after them.
    """
    first, last = group.people[0], group.people[-1]
    word_before = tokens[first.start_index - 1].text if first.start_index else ""
    words = last.author.name.split()
    following = tokens[group.end_index].text if group.end_index < len(tokens) else ""
    ends_clause = ends_sentence(tokens[group.end_index - 1].text) or _PARTICIPLE.fullmatch(following)
    may_end_with_object = not last.author.affiliation and len(words) >= _MIN_NAME_WITH_OBJECT
    if not (word_before.islower() and _VERB.match(word_before) and ends_clause and may_end_with_object):
        return group
    if not all(word[:1].isupper() and word.isalpha() for word in words):
        return group
    author = last.author._replace(name=" ".join(words[:-1]))
    return group._replace(people=(*group.people[:-1], last._replace(author=author)), unread=(*group.unread, words[-1]))


class _Group(NamedTuple):
    """People who are listed together, and the index of the token after them."""

    people: tuple[Person, ...]
    end_index: int
    is_incomplete: bool
    unread: tuple[str, ...]

    def are_authors(self, tokens: Sequence[Token], *, at_beginning: bool, is_introduced: bool) -> bool:
        """Whether the people are authors, see `find_authors`. ``at_beginning`` is that of `ProseAuthorList`."""
        if is_introduced:
            return True
        following = [token.text for token in tokens[self.end_index : self.end_index + 2]]
        next_word = next((text for text in following if text != ","), "")
        if len(self.people) > 1 or self.is_incomplete:
            return next_word[:1].islower()
        return at_beginning and bool(_VERB.match(next_word))

    def author_list(self, tokens: Sequence[Token], *, at_beginning: bool) -> ProseAuthorList:
        """The people as authors, with the affiliations that they share."""
        start, end = tokens[self.people[0].start_index].start, tokens[self.end_index - 1].end
        authors = _with_shared_affiliations(tuple(person.author for person in self.people))
        return ProseAuthorList(authors, start, end, at_beginning, self.is_incomplete, self.unread)


def _with_shared_affiliations(authors: tuple[ProseAuthor, ...]) -> tuple[ProseAuthor, ...]:
    """Give an affiliation that authors share to each of these authors: ``Ada Byron and Bo Li (both OIST)``."""
    result = list(authors)
    for index, author in enumerate(authors):
        if match := _SHARED_AFFILIATION.fullmatch(author.affiliation):
            first = max(index - 1, 0) if match["both"] else 0
            for earlier in range(first, index):
                if not result[earlier].affiliation:
                    result[earlier] = result[earlier]._replace(affiliation=match["place"])
            result[index] = author._replace(affiliation=match["place"])
    return tuple(result)


def _are_titles_or_roles(words: Sequence[Token]) -> bool:
    """Whether the words before a name are roles or capitalized: ``CISPA-Forscherin Ada Byron``, ``Prof. Ada Byron``."""
    return bool(words) and all(is_role(token.text) or token.text[:1].isupper() for token in words)


def _may_begin_name(tokens: Sequence[Token], position: int) -> bool:
    """Whether a name may begin at a token: not after a quotation mark, and not inside a run of capitalized words."""
    if position == 0:
        return True
    before = tokens[position - 1].text
    if before in ",;" or before.startswith("(") or ends_sentence(before) or is_role(before):
        return True
    return (not before[:1].isupper() or begins_no_name(before)) and before[-1:] not in '“„"'


def _people_from(tokens: Sequence[Token], person: Person) -> _Group:
    """The people who are listed together from ``person`` on."""
    people = [person]
    unread: list[str] = []
    position, incomplete = person.end_index, False
    while position < len(tokens):
        after, has_and = _after_separator(tokens, position)
        if after_others := _after_others(tokens, after):
            person_after = person_at(tokens, after_others)  # ``and co-authors Bo Öst and Cem Ak``
            if person_after is None:
                incomplete, position = True, after_others
                break
            people.append(person_after)
            position = person_after.end_index
            continue
        if after == position:
            break
        following, text_between = _next_person(tokens, after, after_and=has_and)
        if following is None:
            if has_and and after < len(tokens) and not _VERB.match(tokens[after].text) and _may_be_name(tokens, after):
                unread.append(tokens[after].text)
                incomplete = True
            break
        if text_between:
            unread.append(text_between)
            incomplete = True
        people.append(following)
        position = following.end_index
    return _Group(tuple(people), position, incomplete, tuple(unread))


def _may_be_name(tokens: Sequence[Token], position: int) -> bool:
    """Whether a word after *and* may be a name that was not recognized: it is capitalized and no common word."""
    return tokens[position].text[:1].isupper() and not is_common(tokens[position].text)


def _after_separator(tokens: Sequence[Token], position: int) -> tuple[int, bool]:
    """The position after a comma, an *and*, or both, or ``position``; and whether there is an *and*."""
    after = position + 1 if tokens[position].text in (",", ";") else position
    has_and = after < len(tokens) and tokens[after].text.lower() in _AND
    return (after + 1 if has_and else after), has_and


def _after_others(tokens: Sequence[Token], position: int) -> int:
    """The position after ``others``, ``et al.``, ``u. a.``, ``her team``, ``two colleagues``; 0 if there is none."""
    words = [token.text.lower() for token in tokens[position : position + 4]]
    if words[:2] in (["et", "al"], ["et", "al."], ["u.", "a."]):
        return position + 2
    if words[:1] == ["u.a."]:
        return position + 1
    for index, word in enumerate(words, position):
        if word.strip(".") in _OTHERS:
            end = index + 1
            while end < len(tokens) and is_role(tokens[end].text):  # ``weitere Forschende``
                end += 1
            return end
        if word not in _BEFORE_OTHERS and not word.isdigit():
            return 0
    return 0


def _next_person(tokens: Sequence[Token], position: int, *, after_and: bool) -> tuple[Person | None, str]:
    """The person at ``position``, or after a description up to the next comma or *and*; None if there is no person.

    Returns the text before the person too, if it may be a name instead of a description; else ''.
    """
    if (person := person_at(tokens, position)) is not None:
        return person, ""
    for later in range(position, min(position + _MAX_APPOSITION, len(tokens))):
        text = tokens[later].text
        if ends_sentence(text):
            break
        if text == "," or text.lower() in _AND:
            after, _ = _after_separator(tokens, later)
            person = person_at(tokens, after) if later > position else None
            between = tokens[position:later]
            has_role = any(is_role(token.text) or is_academic_title(token.text) for token in between)
            if person is None or (len(between) > _MAX_UNREAD_NAME and not has_role):
                return None, ""
            return person, "" if has_role else " ".join(token.text for token in between)
        if after_and and text[:1].islower() and (person := person_at(tokens, later + 1)):
            return person, ""  # ``and her student Bo Li``
    return None, ""
