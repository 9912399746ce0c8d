"""An institute's article in prose: an opening with the conference, then papers, most of them without titles.

A paper begins where a paragraph opens with its authors, or with ``The paper …`` and its authors follow in the next
paragraph (or nowhere). A title is read only if the text states it in quotation marks. Without one, the entry has none,
and ``digest check`` rejects it until a person adds a title.
"""

import re
from dataclasses import replace

from generator.importers.conference_in_prose import OPENING_LINES, conference_of
from generator.importers.page_lines import NumberedLine, clean_lines
from generator.importers.people_in_prose import ProseAuthorList, find_authors
from generator.importers.raw_paper import Note, Options, Parsed, RawPaper, Unread
from generator.model.entities import VenueKind, VenueName
from generator.model.record import Raw, RawRecord
from generator.model.values import quoted

NAME = "prose-digest"

# ``The paper introduces …``
_OPENING = re.compile(r"(?:The|This) (?:paper|study|work|article) (?:\w+ly )?[a-z]+s\b", re.ASCII)
# Openings that continue the previous paper rather than begin another one.
_CONTINUES = re.compile(r"(?:The|This) (?:study|work|research|paper) "
                        r"(?:also|further|contributes|suggests|improves|shows|advances|"
                        r"provides|demonstrates|highlights|represents|offers|may)\b")  # fmt: skip
# ``Die Arbeit untersucht …``
_OPENING_GERMAN = re.compile(
    r"(?:Die|Diese|Das|Dieses|Der|Dieser) (?:[\w-]+ )?(?:Arbeit|Studie|Paper|Beitrag|Artikel|Publikation) \w+t\b"
)
# Statements that a language model wrote or translated the text.
_DISCLOSURE = re.compile(
    r"Künstlicher Intelligenz|artificial intelligence (?:was|were)|mit (?:Hilfe von )?KI\b|"
    r"(?:help|aid) of (?:AI\b|artificial)|"
    r"\b(?:texts?|summary|summaries|articles?|posts?|translations?|Texte?|Zusammenfassung(?:en)?|Artikel|Beiträge?|"
    r"Übersetzung(?:en)?) (?:was|were|is|are|has been|have been|wurden?|ist|sind) (?:[\w-]+ ){0,4}?"
    r"(?:AI\b|KI\b|mithilfe|(?:by|using|with) (?:an? )?(?:AI\b|(?:large )?language model))"
)
_MAX_DISCLOSURE = 300  # characters
# Phrases of paragraphs on the significance of a paper.
_SIGNIFICANCE = re.compile(
    r"society|societal|^The broader takeaway|^Overall\b|could improve|^This (?:work|research)|may help|"
    r"Gesellschaft|gesellschaftlich|^Insgesamt\b|^Zusammenfassend\b"
)
# Phrases of sentences on limitations.
_LIMITATION = re.compile(
    r"limitation|remains? unclear|dual-use|not a dramatic|incremental|does not (?:offer|fundamentally)|open questions|"
    r"further (?:research|validation)|will depend on|primarily explains|realistic assessment|einschränkung|"
    r"bleibt (?:unklar|offen)|offen bleibt|unklar bleibt|offene fragen|weitere forschung",
    re.IGNORECASE,
)
_TOGETHER = re.compile(
    r"Together with|Jointly with|Along with|In collaboration with|Gemeinsam mit|Zusammen mit|In Zusammenarbeit mit"
)
_MAX_HEADING = 120  # characters; headings are not longer
_QUOTED = re.compile(r"“(?P<name>[^”]{2,60}?),?”")  # a name or title in quotation marks
# words before the name of a method
_BEFORE_METHOD = re.compile(r"(?:introduc\w+|present\w*|propos\w+|called|named|method|approach|algorithm)[^.“]{0,60}$")
_ACRONYM = re.compile(
    r"(?:called|named|new (?:algorithm|method|approach))[^.]{0,60}?"
    r"(?:\((?P<short>[A-Z]{2,10})\)|\b(?P<plain>[A-Z]{4,12})\b)"
)


def recognizes(text: str) -> bool:
    """Whether ``text`` has long paragraphs, an opening with a conference, and lists of people in running text."""
    lines = [line for line in text.removeprefix("\ufeff").splitlines() if line.strip()]
    if not lines or "Get trending papers" in text[:2000]:
        return False
    has_opening = conference_of(lines[:OPENING_LINES]) is not None or any(map(_discloses, lines))
    return has_opening and any(find_authors(line[:400]) is not None for line in lines[:40])


def _discloses(line: str) -> bool:
    """Whether a line states that a model wrote the text."""
    return len(line) < _MAX_DISCLOSURE and bool(_DISCLOSURE.search(line))


def read(text: str, options: Options) -> Parsed:
    """Read the article. The edition comes from the opening; ``options.year`` is used if it states no year."""
    parsed = Parsed()
    lines = clean_lines(text, parsed.repairs)
    disclosed = {line.number for line in lines if _discloses(line.text)}
    body = [line for line in lines if line.number not in disclosed]
    fields: RawRecord = {}
    if options.added:
        fields["added"] = options.added
    if disclosed:
        fields["summary_by"] = {"kind": "ai"}
    else:
        parsed.notes.append(Note(lines[-1].number if lines else 1, "no disclosure of how the texts were written"))
    first = next((n for n, line in enumerate(body) if _begins_paper(body, n, [])), len(body))
    venue = _venue(body[: min(first, OPENING_LINES) or 1], options, parsed)
    for line in body[:first]:
        parsed.unread.append(Unread(line.number, "text before the first paper", line.text))
    for ordinal, paragraphs in enumerate(_papers(body, first, parsed), 1):
        paper = _paper(paragraphs, parsed)
        paper.fields.update(fields, source={"kind": NAME, "name": options.origin, "item": str(ordinal)})
        parsed.papers.append(replace(paper, venue=venue))
    if not parsed.papers:
        parsed.notes.append(Note(1, "no paper was found"))
    return parsed


def _venue(opening: list[NumberedLine], options: Options, parsed: Parsed) -> VenueName | None:
    """The edition in the opening, with a note on how it was read."""
    conference = conference_of([line.text for line in opening])
    if conference is None:
        parsed.notes.append(Note(1, "the opening names no conference"))
        return None
    year = conference.year or options.year
    if not year:
        parsed.notes.append(Note(1, "the opening names no year: give --year"))
        return None
    where = f" in {conference.place}" if conference.place else ""
    parsed.notes.append(Note(1, f"the conference is {conference.short} {year}{where}"))
    return VenueName(name=conference.name, year=year, kind=VenueKind.CONFERENCE, short=conference.short)


def _papers(body: list[NumberedLine], first: int, parsed: Parsed) -> list[list[NumberedLine]]:
    papers: list[list[NumberedLine]] = []
    by_heading = _headings_begin_papers(body, first)
    for index in range(first, len(body)):
        line = body[index]
        is_below_heading = index > first and _is_heading(body, index - 1) and not _is_heading(body, index)
        if (by_heading and is_below_heading) or _begins_paper(body, index, papers[-1] if papers else []):
            papers.append([line])
        elif _is_heading(body, index):
            parsed.unread.append(Unread(line.number, "heading", line.text))
            parsed.notes.append(Note(line.number, f"a heading, not used as a title: {quoted(line.text)}"))
        else:
            papers[-1].append(line)
    return papers


def _headings_begin_papers(body: list[NumberedLine], first: int) -> bool:
    """Whether each paper has a heading: after most of at least two headings, a paragraph opens with people."""
    below = [position + 1 for position in range(max(first - 1, 0), len(body)) if _is_heading(body, position)]
    opening = [position for position in below if (people := find_authors(body[position].text)) and people.opens]
    return len(opening) > 1 and 2 * len(opening) > len(below)


def _is_heading(body: list[NumberedLine], position: int) -> bool:
    """Whether a short line without a full stop is above a paper or a paragraph."""
    text = body[position].text
    return len(text) <= _MAX_HEADING and text[-1] not in ".!:;,…”“\"')" and position + 1 < len(body)


def _begins_paper(body: list[NumberedLine], position: int, current: list[NumberedLine]) -> bool:
    text = body[position].text
    people = find_authors(text)
    if people is not None and people.opens:
        if not current:
            return True
        known = _authors(current)
        if known is None:
            return len(current) != 1  # the paper opened without its authors, and they follow here
        return not {author.name for author in people.authors} <= {author.name for author in known.authors}
    if _OPENING_GERMAN.match(text):
        following = find_authors(body[position + 1].text) if position + 1 < len(body) else None
        return people is not None or (following is not None and following.opens)
    return bool(_OPENING.match(text)) and not _CONTINUES.match(text) and len(current) != 1


def _paper(paragraphs: list[NumberedLine], parsed: Parsed) -> RawPaper:
    first = paragraphs[0]
    fields: RawRecord = {}
    people = _authors(paragraphs)
    if people is None:
        fields["authors_incomplete"] = "true"
        parsed.notes.append(Note(first.number, "no authors are named"))
    else:
        fields["authors"] = [_author(a.name, a.affiliation) for a in people.authors]
        _note_authors(people, first, fields, parsed)
    if people is not None and people.title:
        fields["title"] = people.title
    else:
        parsed.notes.append(Note(first.number, "no title was found: add one to the entry"))
    if method := _method(" ".join(line.text for line in paragraphs[:3])):
        fields["keywords"] = [method]
    fields.update(_texts([line.text for line in paragraphs]))
    return RawPaper(fields, first.number)


def _note_authors(people: ProseAuthorList, first: NumberedLine, fields: RawRecord, parsed: Parsed) -> None:
    """Report what the text leaves open about the authors."""
    if people.is_incomplete:
        fields["authors_incomplete"] = "true"
        parsed.notes.append(Note(first.number, "the text does not name all authors"))
    for piece in people.unread:
        parsed.notes.append(Note(first.number, f"not read as an author: {quoted(piece)}"))
    if _TOGETHER.match(first.text):
        parsed.notes.append(Note(first.number, "the text does not state the order of the authors"))


def _authors(paragraphs: list[NumberedLine]) -> ProseAuthorList | None:
    return next((people for line in paragraphs[:2] if (people := find_authors(line.text))), None)


def _author(name: str, affiliation: str) -> Raw:
    return {"name": name, "affiliation": affiliation} if affiliation else name


def _texts(paragraphs: list[str]) -> RawRecord:
    """The paragraphs as summary, significance and limitations. Limitations may be sentences of other paragraphs."""
    summary, significance, limits = [], [], []
    for index, paragraph in enumerate(paragraphs):
        late = index >= 2
        if (
            late
            and re.match(r"(?:Limitations|The authors (?:also )?note|Einschränkungen|Grenzen)", paragraph)
            and _LIMITATION.search(paragraph)
        ):
            limits.append(paragraph)
        elif late and index >= len(paragraphs) - 2 and _SIGNIFICANCE.search(paragraph):
            significance.append(paragraph)
            limits += [s for s in re.split(r"(?<=[.!?]) (?=[A-Z])", paragraph) if _LIMITATION.search(s)]
        else:
            summary.append(paragraph)
    if not significance and len(summary) > 1:
        significance.append(summary.pop())
    fields: RawRecord = {"summary": "\n\n".join(summary)}
    if significance:
        fields["significance"] = "\n\n".join(significance)
    if limits:
        fields["limitations"] = "\n\n".join(limits)
    return fields


def _method(text: str) -> str:
    """The name of the paper's method, or ''."""
    for quotation in _QUOTED.finditer(text):
        name = quotation["name"]
        if _BEFORE_METHOD.search(text[max(0, quotation.start() - 120) : quotation.start()]) and re.match(
            r"(?:[A-Z]\w*[A-Z]|[A-Z]\w+-[A-Z])", name
        ):
            return name
    match = _ACRONYM.search(text) or re.search(r"(?:called|named) “[^“”]+” \((?P<short>[A-Z]{2,10})\)(?P<plain>)", text)
    return (match["short"] or match["plain"]) if match else ""
