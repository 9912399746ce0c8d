"""An institute's article in prose about its papers at a conference: an opening with the conference, then the papers.

A paper begins with a paragraph that opens with its authors, or with ``The paper …``; then its authors may follow in the
next paragraph. The title is read if the text states it in quotation marks, which few articles do. Otherwise the entry
has no title, and ``digest check`` rejects it until a person adds one.
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

# first words of a paper: ``The paper introduces …``
_BEGINS_PAPER = re.compile(r"(?:The|This) (?:paper|study|work|article) (?:\w+ly )?[a-z]+s\b", re.ASCII)
# first words of a paragraph that continues a paper
_CONTINUES_PAPER = re.compile(r"(?:The|This) (?:study|work|research|paper) "
                              r"(?:also|further|contributes|suggests|improves|shows|advances|"
                              r"provides|demonstrates|highlights|represents|offers|may)\b")  # fmt: skip
# ``Die Arbeit untersucht …``
_BEGINS_PAPER_GERMAN = re.compile(
    r"(?:Die|Diese|Das|Dieses|Der|Dieser) (?:[\w-]+ )?(?:Arbeit|Studie|Paper|Beitrag|Artikel|Publikation) \w+t\b"
)
# statements that a language model wrote or translated the text
_DISCLOSURE = re.compile(
    r"Künstlicher Intelligenz|artificial intelligence (?:was|were)|mit (?:Hilfe von )?KI\b|"
    r"(?:help|aid) of (?:AI\b|artificial)|"
    r"\b(?:texts?|summary|summaries|articles?|posts?|translations?|Texte?|Zusammenfassung(?:en)?|Artikel|Beiträge?|"
    r"Übersetzung(?:en)?) (?:was|were|is|are|has been|have been|wurden?|ist|sind) (?:[\w-]+ ){0,4}?"
    r"(?:AI\b|KI\b|mithilfe|(?:by|using|with) (?:an? )?(?:AI\b|(?:large )?language model))"
)
_MAX_DISCLOSURE = 300  # characters; a longer paragraph with these words is about a paper
# phrases in paragraphs on the significance of a paper
_SIGNIFICANCE = re.compile(
    r"society|societal|^The broader takeaway|^Overall\b|could improve|^This (?:work|research)|may help|"
    r"Gesellschaft|gesellschaftlich|^Insgesamt\b|^Zusammenfassend\b"
)
_BEGINS_LIMITATIONS = re.compile(r"Limitations|The authors (?:also )?note|Einschränkungen|Grenzen")
# phrases in sentences on limitations
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
# words before the quoted name of a method: ``introduces an algorithm called “``
_BEFORE_METHOD = re.compile(r"(?:introduc\w+|present\w*|propos\w+|called|named|method|approach|algorithm)[^.“]{0,60}$")
_METHOD_NAME = re.compile(r"[A-Z]\w*[A-Z]|[A-Z]\w+-[A-Z]")  # ``KettleNet``, ``Kettle-Analysis``
_ACRONYM_OF_QUOTED = re.compile(r"(?:called|named) “[^“”]+” \((?P<short>[A-Z]{2,10})\)")  # ``called “Kettle Net” (KN)``
# ``a method called Kettle Analysis (KA)``, ``a new algorithm, KETTLE``
_ACRONYM = re.compile(
    r"(?:called|named|new (?:algorithm|method|approach))[^.]{0,60}?"
    r"(?:\((?P<short>[A-Z]{2,10})\)|\b(?P<plain>[A-Z]{4,12})\b)"
)


def recognizes(text: str) -> bool:
    """Whether ``text`` opens with a conference or states that a model wrote it, and contains a list of authors."""
    lines = [line for line in text.removeprefix("\ufeff").splitlines() if line.strip()]
    if not lines or "Get trending papers" in text[:2000]:  # the banner of a search page
        return False
    has_opening = conference_of(lines[:OPENING_LINES]) is not None or any(map(_discloses, lines))
    return has_opening and any(find_authors(line[:400]) is not None for line in lines[:40])


def _discloses(line: str) -> bool:
    """Whether a line states that a model wrote the text."""
    return len(line) < _MAX_DISCLOSURE and bool(_DISCLOSURE.search(line))


def read(text: str, options: Options) -> Parsed:
    """Read the article. The venue is the conference in the opening, in ``options.year`` if the opening has no year."""
    parsed = Parsed()
    lines = clean_lines(text, parsed.repairs)
    disclosure_numbers = {line.number for line in lines if _discloses(line.text)}
    body = [line for line in lines if line.number not in disclosure_numbers]
    common_fields: RawRecord = {}  # of all papers
    if options.added:
        common_fields["added"] = options.added
    if disclosure_numbers:
        common_fields["summary_by"] = {"kind": "ai"}
    else:
        parsed.notes.append(Note(lines[-1].number if lines else 1, "no disclosure of how the texts were written"))
    first_position = next((position for position in range(len(body)) if _begins_paper(body, position, [])), len(body))
    opening_length = min(first_position, OPENING_LINES) or 1  # the first paper may be in the same line
    venue = _venue(body[:opening_length], options, parsed)
    for line in body[:first_position]:
        parsed.unread.append(Unread(line.number, "text before the first paper", line.text))
    for ordinal, paragraphs in enumerate(_papers(body, first_position, parsed), 1):
        paper = _paper(paragraphs, parsed)
        paper.fields.update(common_fields, source={"kind": NAME, "name": options.origin, "item": str(ordinal)})
        parsed.papers.append(replace(paper, venue=venue))
    if not parsed.papers:
        parsed.notes.append(Note(1, "no paper was found"))
    return parsed


def _venue(opening: list[NumberedLine], options: Options, parsed: Parsed) -> VenueName | None:
    """The conference in the opening, with a note on how it was read; None without a conference or a year."""
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
    """The paragraphs of each paper, from the position of the ``first`` paper on. Headings are reported as unread."""
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
    """Whether each paper has a heading: below most headings, and at least two, a paragraph opens with authors."""
    positions = [position + 1 for position in range(max(first - 1, 0), len(body)) if _is_heading(body, position)]
    author_lists = (find_authors(body[position].text) for position in positions)
    with_authors = sum(people is not None and people.at_beginning for people in author_lists)
    return with_authors > 1 and 2 * with_authors > len(positions)


def _is_heading(body: list[NumberedLine], position: int) -> bool:
    """Whether a line is a heading: it is short, ends without punctuation, and is not the last line."""
    text = body[position].text
    return len(text) <= _MAX_HEADING and text[-1] not in ".!:;,…”“\"')" and position + 1 < len(body)


def _begins_paper(body: list[NumberedLine], position: int, current: list[NumberedLine]) -> bool:
    """Whether a paragraph begins another paper than ``current``, the paragraphs of the paper above; [] if none is."""
    text = body[position].text
    people = find_authors(text)
    if people is not None and people.at_beginning:
        if not current:
            return True
        current_people = _authors(current)
        if current_people is None:
            # A paper that begins with ``The paper …`` may name its authors in the second paragraph.
            return len(current) != 1
        return not {author.name for author in people.authors} <= {author.name for author in current_people.authors}
    if _BEGINS_PAPER_GERMAN.match(text):
        following = find_authors(body[position + 1].text) if position + 1 < len(body) else None
        return people is not None or (following is not None and following.at_beginning)
    # A second paragraph with such words continues the paper whose authors the first one names.
    return bool(_BEGINS_PAPER.match(text)) and not _CONTINUES_PAPER.match(text) and len(current) != 1


def _paper(paragraphs: list[NumberedLine], parsed: Parsed) -> RawPaper:
    first_line = paragraphs[0]
    fields: RawRecord = {}
    people = _authors(paragraphs)
    if people is None:
        fields["authors_incomplete"] = "true"
        parsed.notes.append(Note(first_line.number, "no authors are named"))
    else:
        fields["authors"] = [_author(author.name, author.affiliation) for author in people.authors]
        if people.is_incomplete:
            fields["authors_incomplete"] = "true"
        _note_authors(people, first_line, parsed)
    if people is not None and people.title:
        fields["title"] = people.title
    else:
        parsed.notes.append(Note(first_line.number, "no title was found: add one to the entry"))
    if method := _method(" ".join(line.text for line in paragraphs[:3])):
        fields["keywords"] = [method]
    fields.update(_texts([line.text for line in paragraphs]))
    return RawPaper(fields, first_line.number)


def _note_authors(people: ProseAuthorList, first_line: NumberedLine, parsed: Parsed) -> None:
    """Note missing authors, texts that may be authors, and an unknown order."""
    if people.is_incomplete:
        parsed.notes.append(Note(first_line.number, "the text does not name all authors"))
    for text in people.unread:
        parsed.notes.append(Note(first_line.number, f"not read as an author: {quoted(text)}"))
    if _TOGETHER.match(first_line.text):
        parsed.notes.append(Note(first_line.number, "the text does not state the order of the authors"))


def _authors(paragraphs: list[NumberedLine]) -> ProseAuthorList | None:
    """The authors of a paper, in its first or second paragraph."""
    return next((people for line in paragraphs[:2] if (people := find_authors(line.text))), None)


def _author(name: str, affiliation: str) -> Raw:
    return {"name": name, "affiliation": affiliation} if affiliation else name


def _texts(paragraphs: list[str]) -> RawRecord:
    """The fields ``summary``, ``significance`` and ``limitations``, without empty ones.

    The first two paragraphs belong to the summary. Of the others, any may be on limitations, and the last two may be on
    significance. Sentences on limitations in a paragraph on significance are copied to ``limitations``. If no paragraph
    is on significance, the last one of the summary becomes ``significance``.
    """
    summary, significance, limitations = [], [], []
    for index, paragraph in enumerate(paragraphs):
        if index >= 2 and _BEGINS_LIMITATIONS.match(paragraph) and _LIMITATION.search(paragraph):
            limitations.append(paragraph)
        elif index >= max(2, len(paragraphs) - 2) and _SIGNIFICANCE.search(paragraph):
            significance.append(paragraph)
            sentences = re.split(r"(?<=[.!?]) (?=[A-Z])", paragraph)
            limitations += [sentence for sentence in sentences if _LIMITATION.search(sentence)]
        else:
            summary.append(paragraph)
    if not significance and len(summary) > 1:
        significance.append(summary.pop())
    fields: RawRecord = {"summary": "\n\n".join(summary)}
    if significance:
        fields["significance"] = "\n\n".join(significance)
    if limitations:
        fields["limitations"] = "\n\n".join(limitations)
    return fields


def _method(text: str) -> str:
    """The name of the paper's method, or ''."""
    for quotation in _QUOTED.finditer(text):
        before = text[max(0, quotation.start() - 120) : quotation.start()]  # enough for `_BEFORE_METHOD`
        if _BEFORE_METHOD.search(before) and _METHOD_NAME.match(quotation["name"]):
            return quotation["name"]
    if match := _ACRONYM.search(text):
        return match["short"] or match["plain"]
    match = _ACRONYM_OF_QUOTED.search(text)
    return match["short"] if match else ""
