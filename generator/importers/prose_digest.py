"""An institute's digest in prose: an opening that names the conference, then papers told without titles.

Boundaries: a paper begins where a paragraph opens with its authors, or with ``The paper …`` and its authors follow in
the next paragraph (or nowhere). What is found is a draft: it has no title, so ``digest check`` refuses it until a
person gives it one.
"""

import re

from generator.importers.lines import NumberedLine, clean_lines
from generator.importers.people_in_prose import AuthorList, find_authors
from generator.importers.raw_paper import Note, Options, Parsed, RawPaper
from generator.model.record import Raw, RawRecord

NAME = "prose-digest"

_CONFERENCE = re.compile(r"\((?P<name>[A-Z][A-Za-z]{2,9})\)")
_DATES = re.compile(
    r"from (?P<month>[A-Z][a-z]+) (?P<first>[0-9]{1,2})[a-z]* to .*?(?P<year>20[0-9]{2}) in (?P<place>[^.]+)"
)
_OPENING = re.compile(r"(?:The|This) (?:paper|study|work|article) (?:\w+ly )?[a-z]+s\b", re.ASCII)
_CONTINUES = re.compile(r"(?:The|This) (?:study|work|research|paper) "
                        r"(?:also|further|contributes|suggests|improves|shows|advances|"
                        r"provides|demonstrates|highlights|represents|offers|may)\b")  # fmt: skip
_DISCLOSURE = re.compile(
    r"Künstlicher Intelligenz|artificial intelligence (?:was|were)|"
    r"mit (?:Hilfe von )?KI\b|(?:help|aid) of (?:AI\b|artificial)"
)
_SIGNIFICANCE = re.compile(
    r"society|societal|^The broader takeaway|^Overall\b|could improve|^This (?:work|research)|may help"
)
_LIMITATION = re.compile(
    r"limitation|remains? unclear|dual-use|not a dramatic|incremental|does not (?:offer|fundamentally)|open questions|"
    r"further (?:research|validation)|will depend on|primarily explains|realistic assessment",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"“(?P<name>[^”]{2,60}?),?”")
_CUE = re.compile(r"(?:introduc\w+|present\w*|propos\w+|called|named|method|approach|algorithm)[^.“]{0,60}$")
_ACRONYM = re.compile(
    r"(?:called|named|new (?:algorithm|method|approach))[^.]{0,60}?"
    r"(?:\((?P<short>[A-Z]{2,10})\)|\b(?P<plain>[A-Z]{4,12})\b)"
)


def recognises(text: str) -> bool:
    """Long paragraphs, an opening that names a conference, and lists of people in running text."""
    lines = [line for line in text.removeprefix("\ufeff").splitlines() if line.strip()]
    people = sum(find_authors(line[:400]) is not None for line in lines[:40])
    return bool(lines) and people >= 1 and bool(_CONFERENCE.search(lines[0]) or _DISCLOSURE.search(text))


def read(text: str, options: Options) -> Parsed:
    """Read the digest. The edition is taken from the opening; ``options.year`` helps where it names no year."""
    parsed = Parsed()
    lines = clean_lines(text, parsed.repairs)
    disclosed = [line for line in lines if _DISCLOSURE.search(line.text) and len(line.text) < 300]
    body = [line for line in lines if line not in disclosed]
    fields: RawRecord = {}
    if options.added:
        fields["added"] = options.added
    if disclosed:
        fields["summary_by"] = {"kind": "ai"}
    else:
        parsed.notes.append(Note(lines[-1].number if lines else 1, "no disclosure of how the texts were written"))
    if body and (opening := _CONFERENCE.search(body[0].text)):
        fields.update(_edition(body.pop(0).text, opening["name"], options, parsed))
    for ordinal, paragraphs in enumerate(_papers(body, parsed), 1):
        paper = _paper(paragraphs, parsed)
        paper.fields.update(fields, source={"kind": NAME, "name": options.origin, "item": str(ordinal)})
        parsed.papers.append(paper)
    if not parsed.papers:
        parsed.notes.append(Note(1, "no paper was found"))
    return parsed


def _edition(opening: str, name: str, options: Options, parsed: Parsed) -> RawRecord:
    dates = _DATES.search(opening)
    year = dates["year"] if dates else str(options.year or "")
    if not year:
        parsed.notes.append(Note(1, "the opening names no year: give --year"))
        return {}
    where = f" in {dates['place']}" if dates else ""
    parsed.notes.append(Note(1, f"the conference is {name} {year}{where}"))
    return {"venue": f"{name.lower()}-{year}"}


def _papers(body: list[NumberedLine], parsed: Parsed) -> list[list[NumberedLine]]:
    papers: list[list[NumberedLine]] = []
    for line in body:
        if _begins_paper(line.text, papers[-1] if papers else []):
            papers.append([line])
        elif papers:
            papers[-1].append(line)
        else:
            parsed.notes.append(Note(line.number, "text before the first paper was left out"))
    return papers


def _begins_paper(text: str, current: list[NumberedLine]) -> bool:
    people = find_authors(text)
    if people is not None and people.start == 0:
        opened_without_authors = len(current) == 1 and find_authors(current[0].text) is None
        return not opened_without_authors
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
    if method := _method(" ".join(line.text for line in paragraphs[:3])):
        fields["keywords"] = [method]
    fields.update(_texts([line.text for line in paragraphs]))
    parsed.notes.append(Note(first.number, "a paper without a title: a draft, to be given one"))
    return RawPaper(fields, first.number)


def _authors(paragraphs: list[NumberedLine]) -> AuthorList | None:
    return next((found for line in paragraphs[:2] if (found := find_authors(line.text))), None)


def _author(name: str, affiliation: str) -> Raw:
    return {"name": name, "affiliation": affiliation} if affiliation else name


def _texts(paragraphs: list[str]) -> RawRecord:
    """The paragraphs as summary, significance and limitations. A limitation may be sentences of another paragraph."""
    summary, significance, limits = [], [], []
    for place, paragraph in enumerate(paragraphs):
        late = place >= 2
        if (
            late
            and re.match(r"(?:Limitations|The authors (?:also )?note)", paragraph)
            and _LIMITATION.search(paragraph)
        ):
            limits.append(paragraph)
        elif late and place >= len(paragraphs) - 2 and _SIGNIFICANCE.search(paragraph):
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
    """The name a paper gives its method, or ''."""
    for quoted in _QUOTED.finditer(text):
        name = quoted["name"]
        if _CUE.search(text[: quoted.start()]) and re.match(r"(?:[A-Z]\w*[A-Z]|[A-Z]\w+-[A-Z])", name):
            return name
    found = _ACRONYM.search(text) or re.search(r"(?:called|named) “[^”]+” \((?P<short>[A-Z]{2,10})\)(?P<plain>)", text)
    return (found["short"] or found["plain"]) if found else ""
