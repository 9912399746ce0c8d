"""The text of an issue form (``.github/ISSUE_TEMPLATE``): a heading for each field, then its value.

https://docs.github.com/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-issue-forms
Values are untrusted and may contain headings. The first of several fields with one name counts; a heading that is not a
field is part of the value above it.
"""

import re
from collections.abc import Callable, Container, Mapping

from generator.importers.dates import year_of
from generator.importers.raw_paper import Note, Options, Parsed, RawPaper
from generator.model.entities import VenueName
from generator.model.paper import Links
from generator.model.record import Raw, RawRecord
from generator.text.characters import without_forbidden
from generator.text.identifiers import KINDS, Identifier, identifier, is_orcid, read_identifier
from generator.text.names import natural_order

NAME = "issue"

PAPER = "Paper"
"""The field of the form that asks only for an identifier."""
LABELS = {
    PAPER: "", "Title": "title", "Authors": "authors", "Venue": "venue", "Track": "track", "Topics": "topics",
    "Keywords": "keywords", "arXiv": "arxiv", "DOI": "doi", "OpenReview": "openreview", "ACL Anthology": "acl",
    "Links": "links", "In one sentence": "tldr", "In plain language": "summary", "Why it matters": "significance",
    "Limitations": "limitations", "Published on": "published", "Who wrote these texts?": "summary_by",
    "Which model?": "model",
}  # fmt: skip
"""The labels of the forms' fields, and the fields of the entry."""

WRITERS = {
    "I wrote them myself": "human",
    "A language model wrote them, and I edited them": "ai-edited",
    "A language model wrote them": "ai",
}
"""The choices of who wrote the texts, and the kinds of ``summary_by``."""

_HEADING = re.compile(r"^### +(\S.*)$", re.MULTILINE)
_EMPTY = frozenset({"", "_No response_", "None"})  # GitHub's text for an empty field, and for no choice
_READ_TOGETHER = frozenset({"authors", "venue", "summary_by", "model"})  # read together with other labels
# a list of authors that ends with these is incomplete
_OTHERS = re.compile(r"(?:\band others|\bet al\.?|…|\.\.\.)$", re.IGNORECASE)


def recognizes(text: str) -> bool:
    """Whether a heading is the label of a field."""
    return any(match[1].rstrip() in LABELS for match in _HEADING.finditer(text[:10_000]))


def requested_paper(text: str) -> Identifier | str | None:
    """The identifier in the field *Paper*; its text if it is not an identifier; None if the form has no such field."""
    value = fields_of(text).get(PAPER)
    return None if value is None else read_identifier(value) or value


def read(text: str, options: Options) -> Parsed:
    """Read the entry in a form, without empty fields."""
    fields_by_label = fields_of(text)
    fields: RawRecord = {}
    for label, value in fields_by_label.items():
        field = LABELS[label]
        if field and field not in _READ_TOGETHER and (parsed_value := _READERS.get(field, _line)(value)):
            fields[field] = parsed_value
    names, incomplete = _authors(fields_by_label.get("Authors", ""))
    if names:
        fields["authors"] = names
    if PAPER not in fields_by_label and (incomplete or not names):
        fields["authors_incomplete"] = "true"
    if kind := WRITERS.get(_line(fields_by_label.get("Who wrote these texts?", ""))):
        model = _line(fields_by_label.get("Which model?", ""))
        by: dict[str, Raw] = {"kind": kind, **({"model": model} if model and kind != "human" else {})}
        fields["summary_by"] = {**by, **({"date": options.added} if options.added else {})}
    parsed = Parsed()
    if PAPER not in fields_by_label and "title" not in fields:
        parsed.notes.append(Note(1, "the issue has no title of a paper; was it written with the form?", lost=True))
        return parsed
    fields.update({"source": options.origin} if options.origin else {})
    fields.update({"added": options.added} if options.added else {})
    parsed.papers.append(RawPaper(fields, 1, _venue(fields_by_label.get("Venue", ""))))
    return parsed


def fields_of(text: str, labels: Container[str] = LABELS) -> Mapping[str, str]:
    """The values by label, of a form with these ``labels``, without empty ones."""
    parts = _HEADING.split(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
    values: dict[str, str] = {}
    current = ""
    for heading, value in zip(parts[1::2], parts[2::2], strict=True):
        label = heading.rstrip()
        if label in labels and label not in values:
            values[label] = value
            current = label
        elif current:
            values[current] += f"### {label}{value}"
    return {label: value.strip() for label, value in values.items() if value.strip() not in _EMPTY}


def _line(text: str) -> str:
    return " ".join(without_forbidden(text.replace("\n", " ")).split())


def _prose(text: str) -> str:
    lines = [without_forbidden(line).rstrip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _lines(text: str) -> list[Raw]:
    """Values on one line each, or separated by semicolons or commas. List markers are dropped."""
    rows = [row for row in text.split("\n") if row.strip()]
    if len(rows) == 1:
        rows = re.split(";" if ";" in rows[0] else ",", rows[0])
    values = [_line(re.sub(r"^\s*[-*•]\s+", "", row)) for row in rows]
    return [*dict.fromkeys(value for value in values if value)]


def _authors(text: str) -> tuple[list[Raw], bool]:
    """Authors on one line each, ``Name; affiliation; ORCID``, or all on one line; and whether some are missing."""
    names = text.strip()
    others = _OTHERS.search(names)
    listed = names[: others.start()].rstrip(",; \t\n") if others else names
    rows = [" ".join(row.split()) for row in listed.split("\n") if row.strip(" -*•")]
    # One line with semicolons is an author with affiliation, or a list of at least three authors.
    if len(rows) == 1 and ";" not in rows[0]:
        rows = re.split(r", ?and |,| and ", rows[0])
    elif len(rows) == 1 and not any(is_orcid(part.strip()) for part in rows[0].split(";")) and rows[0].count(";") > 1:
        rows = rows[0].split(";")
    return [author for author in map(_author, rows) if author], others is not None


def _author(row: str) -> Raw:
    name, *more = [_line(part) for part in re.sub(r"^\s*[-*•]\s+", "", row).split(";")]
    orcid = next((part.rpartition("/")[2] for part in more if is_orcid(part.rpartition("/")[2])), "")
    affiliations: list[Raw] = [part for part in more if part and part.rpartition("/")[2] != orcid]
    author: dict[str, Raw] = {"name": natural_order(name)}
    if affiliations:
        author["affiliation"] = affiliations[0] if len(affiliations) == 1 else affiliations
    if orcid:
        author["orcid"] = orcid
    return author if len(author) > 1 else author["name"]


def _links(text: str) -> dict[str, Raw]:
    """Lines ``code: https://…``. A URL without a known kind is the paper's page."""
    links: dict[str, Raw] = {}
    for row in text.split("\n"):
        kind, colon, address = _line(re.sub(r"^\s*[-*•]\s+", "", row)).partition(":")
        if kind.lower() in Links.__dataclass_fields__ and colon:
            links.setdefault(kind.lower(), address.strip())
        elif colon:
            links.setdefault("page", f"{kind}:{address}")
    return links


def _identifier(kind: str) -> Callable[[str], Raw]:
    def read_one(text: str) -> Raw:
        line = _line(text)
        identified = read_identifier(line) or identifier(kind, line)
        return identified.value if identified and identified.kind == kind else line  # `digest check` reports it

    return read_one


def _venue(text: str) -> VenueName | None:
    name = _line(text)
    return VenueName(name=name, year=year_of(name)) if name else None


_READERS: Mapping[str, Callable[[str], Raw]] = {
    **{kind: _identifier(kind) for kind in KINDS},
    "topics": _lines, "keywords": _lines, "links": _links,
    "summary": _prose, "significance": _prose, "limitations": _prose,
}  # fmt: skip
