"""The text of an issue form (``.github/ISSUE_TEMPLATE``): a heading for each field, then its value.

https://docs.github.com/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-issue-forms

Values are untrusted and may contain headings. A heading that is no label, or a repeated one, is part of the value.
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
"""The label of the field in the form for requesting a paper. Its value is an identifier, not a field of the entry."""
LABELS = {
    PAPER: "", "Title": "title", "Authors": "authors", "Venue": "venue", "Track": "track", "Topics": "topics",
    "Keywords": "keywords", "arXiv": "arxiv", "DOI": "doi", "OpenReview": "openreview", "ACL Anthology": "acl",
    "Links": "links", "In one sentence": "tldr", "In plain language": "summary", "Why it matters": "significance",
    "Limitations": "limitations", "Published on": "published", "Who wrote these texts?": "summary_by",
    "Which model?": "model",
}  # fmt: skip
"""The labels of the forms, and the fields of an entry."""

WRITERS = {
    "I wrote them myself": "human",
    "A language model wrote them, and I edited them": "ai-edited",
    "A language model wrote them": "ai",
}
"""The choices of *Who wrote these texts?*, and the kinds of ``summary_by``."""

_HEADING = re.compile(r"^### +(\S.*)$", re.MULTILINE)
_LIST_MARKER = re.compile(r"^\s*[-*•]\s+")
_EMPTY = frozenset({"", "_No response_", "None"})  # GitHub's texts for an empty field and for no choice
_SPECIAL_FIELDS = frozenset({"authors", "venue", "summary_by", "model"})  # fields that `read` sets without `_READERS`
# a list of authors that ends with these is incomplete
_OTHERS = re.compile(r"(?:\band others|\bet al\.?|…|\.\.\.)$", re.IGNORECASE)


def recognizes(text: str) -> bool:
    """Whether a heading is the label of a field."""
    return any(match[1].rstrip() in LABELS for match in _HEADING.finditer(text[:10_000]))


def requested_paper(text: str) -> Identifier | str | None:
    """The identifier in the field *Paper*; the field's text if it is no identifier; None if the field is missing."""
    value = fields_of(text).get(PAPER)
    return None if value is None else read_identifier(value) or value


def read(text: str, options: Options) -> Parsed:
    """Read the entry in a form. Fields that are empty are left out."""
    fields_by_label = fields_of(text)
    fields: RawRecord = {}
    for label, value in fields_by_label.items():
        field = LABELS[label]
        if field and field not in _SPECIAL_FIELDS and (parsed_value := _READERS.get(field, _line)(value)):
            fields[field] = parsed_value
    names, incomplete = _authors(fields_by_label.get("Authors", ""))
    if names:
        fields["authors"] = names
    # In a request for a paper, the authors come from the public record.
    if PAPER not in fields_by_label and (incomplete or not names):
        fields["authors_incomplete"] = "true"
    if kind := WRITERS.get(_line(fields_by_label.get("Who wrote these texts?", ""))):
        model = _line(fields_by_label.get("Which model?", ""))
        summary_by: dict[str, Raw] = {"kind": kind, **({"model": model} if model and kind != "human" else {})}
        fields["summary_by"] = {**summary_by, **({"date": options.added} if options.added else {})}
    parsed = Parsed()
    if PAPER not in fields_by_label and "title" not in fields:
        parsed.notes.append(Note(1, "the issue has no title of a paper; was it written with the form?", lost=True))
        return parsed
    fields.update({"source": options.origin} if options.origin else {})
    fields.update({"added": options.added} if options.added else {})
    parsed.papers.append(RawPaper(fields, 1, _venue(fields_by_label.get("Venue", ""))))
    return parsed


def fields_of(text: str, labels: Container[str] = LABELS) -> Mapping[str, str]:
    """The values of a form with these ``labels``, by label, without empty ones."""
    # After the text above the first heading, headings and the texts below them alternate.
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
    """The text on one line, without forbidden characters."""
    return " ".join(without_forbidden(text.replace("\n", " ")).split())


def _prose(text: str) -> str:
    """The paragraphs of a text, with at most one blank line between them, and without forbidden characters."""
    lines = [without_forbidden(line).rstrip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _lines(text: str) -> list[Raw]:
    """Values on a line each, or on one line with semicolons or commas between them. List markers are dropped."""
    rows = [row for row in text.split("\n") if row.strip()]
    if len(rows) == 1:
        rows = re.split(";" if ";" in rows[0] else ",", rows[0])
    values = [_line(_LIST_MARKER.sub("", row)) for row in rows]
    return [*dict.fromkeys(value for value in values if value)]


def _authors(text: str) -> tuple[list[Raw], bool]:
    """Authors on a line each, ``Name; affiliation; ORCID``, or all on one line; and whether some are missing."""
    text = text.strip()
    others = _OTHERS.search(text)
    without_others = text[: others.start()].rstrip(",; \t\n") if others else text
    rows = [" ".join(row.split()) for row in without_others.split("\n") if row.strip(" -*•")]
    if len(rows) == 1:
        parts = [part.strip() for part in rows[0].split(";")]
        if len(parts) == 1:
            rows = re.split(r", ?and |,| and ", rows[0])
        # One semicolon separates an author from the affiliation; several separate authors, unless there is an ORCID iD.
        elif len(parts) > 2 and not any(map(_orcid_in, parts)):
            rows = parts
    return [author for author in map(_author, rows) if author], others is not None


def _author(row: str) -> Raw:
    """An author as an entry states it, a mapping or only the name, from ``Name; affiliation; ORCID``."""
    name, *details = [_line(part) for part in _LIST_MARKER.sub("", row).split(";")]
    orcid = next(filter(None, map(_orcid_in, details)), "")
    affiliations: list[Raw] = [part for part in details if part and (not orcid or _orcid_in(part) != orcid)]
    author: dict[str, Raw] = {"name": natural_order(name)}
    if affiliations:
        author["affiliation"] = affiliations[0] if len(affiliations) == 1 else affiliations
    if orcid:
        author["orcid"] = orcid
    return author if len(author) > 1 else author["name"]


def _orcid_in(text: str) -> str:
    """The ORCID iD that a text is, alone or as a URL; '' if it is neither."""
    orcid = text.rpartition("/")[2]
    return orcid if is_orcid(orcid) else ""


def _links(text: str) -> dict[str, Raw]:
    """The URLs by kind, from lines ``code: https://…``. A URL without a known kind is the paper's page.

    Of several URLs of a kind, the first counts. Lines without a colon are left out.
    """
    links: dict[str, Raw] = {}
    for row in text.split("\n"):
        kind, colon, address = _line(_LIST_MARKER.sub("", row)).partition(":")
        if kind.lower() in Links.__dataclass_fields__ and colon:
            links.setdefault(kind.lower(), address.strip())
        elif colon:
            links.setdefault("page", f"{kind}:{address}")
    return links


def _identifier_reader(kind: str) -> Callable[[str], Raw]:
    """Return a function that reads an identifier of this kind. It returns any other text as it is."""

    def read_one(text: str) -> Raw:
        line = _line(text)
        paper_id = read_identifier(line) or identifier(kind, line)
        return paper_id.value if paper_id and paper_id.kind == kind else line  # `digest check` reports it

    return read_one


def _venue(text: str) -> VenueName | None:
    name = _line(text)
    return VenueName(name=name, year=year_of(name)) if name else None


_READERS: Mapping[str, Callable[[str], Raw]] = {
    **{kind: _identifier_reader(kind) for kind in KINDS},
    "topics": _lines, "keywords": _lines, "links": _links,
    "summary": _prose, "significance": _prose, "limitations": _prose,
}  # fmt: skip
