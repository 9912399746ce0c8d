"""Read copied web pages that list papers, as titles with abstracts or as cards."""

import re
import sys
from collections import Counter
from collections.abc import Sequence

from generator.importers.page_cards import PageEntry, has_cards, has_linked_titles, read_cards
from generator.importers.page_lines import NumberedLine, clean_lines, looks_like_title
from generator.importers.page_rows import PageRow, RowKind, page_rows
from generator.importers.public_record import arxiv_edition
from generator.importers.raw_paper import Note, Options, Parsed, RawPaper, Unread
from generator.model.record import Raw, RawRecord
from generator.model.values import quoted
from generator.text.identifiers import is_web_address, read_identifier
from generator.text.latex import decode_accents, drop_commands, restore_maths

REPAIRS = ("accents", "commands", "maths", "links")
"""The kinds of repair that ``Options.skipped_repairs`` can switch off; ``entities`` are always decoded."""

_NUMBERED = re.compile(r"^\[?[0-9]{1,4}[.)\]] +(?=\S)")  # ``12. Title`` or ``[12] Title``
_MAX_NOTES = 20  # titles without an abstract that are reported individually
_ABSTRACT_WORDS = 15  # words; text of this length below a title is an abstract
_SENTENCE_WORDS = 4  # words; a shorter text may still be an abstract if it ends a sentence
_MENU_WORDS = 3  # words; a menu item has at most these
_ADVICE = "copy the titles with their abstracts, or name the kind of source with --kind"
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
# hosts whose addresses are always code
_CODE_HOSTS = ("github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "anonymous.4open.science")
# words before the address of a project page; other addresses are references
_ANNOUNCES_LINK = re.compile(r"project|page|available|release|at\s*:?\s*$", re.IGNORECASE)
# ends of hosts, with a dot in front, on which addresses are project pages
_PROJECT_HOSTS = (".github.io", ".huggingface.co", ".sites.google.com")


def read_page(text: str, options: Options, importer: str) -> Parsed:
    """Read a page of papers: as cards if it has cards or linked titles, else as titles with abstracts.

    ``importer`` is the importer's name, recorded as the source of each paper. Other lines are added to
    ``Parsed.unread``. If most rows do not look like papers, there are no papers, and a note says so.
    """
    parsed = Parsed()
    rows = page_rows(clean_lines(text, parsed.repairs), options, parsed)
    if has_cards(rows) or has_linked_titles(rows):
        entries, other_count = read_cards(rows, options, parsed), 0
    else:
        entries, other_count = _read_listing(rows, parsed)
    for ordinal, entry in enumerate(entries, 1):
        paper = _paper(entry, options, parsed.repairs)
        paper.fields["source"] = {"kind": importer, "name": options.origin, "item": str(ordinal)}
        parsed.papers.append(paper)
    # A page of another kind, such as an article, would yield wrong papers.
    if other_count > len(entries):
        message = f"{other_count} of {other_count + len(entries)} rows do not look like papers: {_ADVICE}"
        parsed.notes.append(Note(1, message, lost=True))
        parsed.papers.clear()
    elif not parsed.papers:
        parsed.notes.append(Note(1, "no paper was found"))
    return parsed


def looks_like_listing(text: str) -> bool:
    """Whether titles and abstracts alternate in a text, with few other lines."""
    parsed = Parsed()
    rows = page_rows(clean_lines(text, parsed.repairs), Options(origin=""), parsed)
    entries, other_count = _read_listing(rows, parsed)
    text_count = sum(row.kind is RowKind.TEXT for row in rows)
    paper_line_count = sum(1 + len(entry.abstract) for entry in entries)
    most_are_papers = other_count <= len(entries) and paper_line_count * 2 > text_count
    # With three or more lines below a title on average, the text is an article.
    has_short_abstracts = paper_line_count < 4 * len(entries)
    return len(entries) > 1 and most_are_papers and has_short_abstracts


def _read_listing(rows: Sequence[PageRow], parsed: Parsed) -> tuple[list[PageEntry], int]:
    """The papers of a page of titles and abstracts, and the number of rows that do not look like papers."""
    parsed.unread += [Unread(row.line.number, row.kind.value, row.text) for row in rows if row.kind is not RowKind.TEXT]
    texts = [row for row in rows if row.kind is RowKind.TEXT]
    entries: list[PageEntry] = []
    for index, row in enumerate(texts):
        next_text = texts[index + 1].text if index + 1 < len(texts) else ""
        current = entries[-1] if entries else None
        if _starts_paper(row.text, next_text, current):
            entries.append(PageEntry(row.line, row.day))
        elif current is None:
            parsed.unread.append(Unread(row.line.number, "text before the first title", row.text))
        else:
            current.abstract.append(row.line)
    complete = _remove_numbers([entry for entry in entries if _has_abstract(entry)])
    without_abstract = [entry for entry in entries if not _has_abstract(entry)]
    lines_below = [line for entry in without_abstract for line in entry.abstract]  # too few words for an abstract
    parsed.unread += [Unread(line.number, "text below a title without an abstract", line.text) for line in lines_below]
    titles = [entry.title for entry in without_abstract]
    parsed.unread += [Unread(title.number, "title without an abstract", title.text) for title in titles]
    parsed.notes += [
        Note(title.number, f"left out: no abstract below {quoted(title.text)}") for title in titles[:_MAX_NOTES]
    ]
    if len(titles) > _MAX_NOTES:
        message = f"{len(titles) - _MAX_NOTES} more titles without an abstract"
        parsed.notes.append(Note(titles[_MAX_NOTES].number, message))
    if complete and not re.search(r"[.!?)}\]\"]$|https?://\S+$", complete[-1].abstract[-1].text):
        message = "the last abstract ends without a full stop; the file may be cut"
        parsed.notes.append(Note(texts[-1].line.number, message))
    return complete, _count_other_lines(complete, titles + lines_below)


def _remove_numbers(entries: list[PageEntry]) -> list[PageEntry]:
    """Remove the numbers of a list from the titles if all titles have one. Returns the same entries."""
    if len(entries) > 1 and all(_NUMBERED.match(entry.title.text) for entry in entries):
        for entry in entries:
            entry.title = entry.title._replace(text=_NUMBERED.sub("", entry.title.text))
    return entries


def _count_other_lines(complete: list[PageEntry], lines: list[NumberedLine]) -> int:
    """Count ``lines`` except menu items, which are short lines above the first paper or below the last one."""
    first, last = (complete[0].title.number, complete[-1].title.number) if complete else (0, sys.maxsize)
    return sum(first < line.number < last or len(line.text.split()) > _MENU_WORDS for line in lines)


def _starts_paper(text: str, next_text: str, current: PageEntry | None) -> bool:
    """Whether a row is a title: it looks like one, and the next row does not continue its sentence.

    Directly below the title of ``current``, it is a title only if the next row is an abstract.
    """
    if not looks_like_title(text):
        return False
    if current is not None and not current.abstract:
        return bool(next_text) and not looks_like_title(next_text) and not next_text[0].islower()
    return current is None or not next_text or not next_text[0].islower()


def _has_abstract(entry: PageEntry) -> bool:
    """Whether a title has an abstract below it: sentences, not a few words."""
    words = " ".join(line.text for line in entry.abstract).split()
    return len(words) >= _ABSTRACT_WORDS or (len(words) >= _SENTENCE_WORDS and words[-1][-1] in ".!?")


def _paper(entry: PageEntry, options: Options, repairs: Counter[str]) -> RawPaper:
    fields: RawRecord = {"title": repair_latex(entry.title.text, options, repairs)}
    links: dict[str, Raw] = dict(entry.links)
    if entry.identifier:
        fields[entry.identifier.kind] = entry.identifier.value
    if entry.abstract:
        text = re.sub(r"^Abstract[:.—–-]+ *", "", " ".join(line.text for line in entry.abstract))
        if "links" not in options.skipped_repairs and (text_links := find_links(text)):
            links = {**text_links, **links}
            repairs["links"] += len(text_links)
        fields["abstract"] = repair_latex(text, options, repairs)
    if links:
        fields["links"] = links
    if entry.published:
        fields["published"] = entry.published
    if added := entry.day or options.added:
        fields["added"] = added
    return RawPaper(fields, entry.title.number, arxiv_edition(entry.identifier, entry.published))


def repair_latex(text: str, options: Options, repairs: Counter[str]) -> str:
    """Repair LaTeX in ``text``, without ``options.skipped_repairs``. Counts the repairs by kind in ``repairs``."""
    for kind, repair in (("accents", decode_accents), ("commands", drop_commands), ("maths", restore_maths)):
        if kind not in options.skipped_repairs:
            text, count = repair(text)
            repairs[kind] += count
    return text


def find_links(text: str) -> dict[str, Raw]:
    """The first URLs of code and of a project page in a text, as ``code`` and ``project``.

    A URL ends before LaTeX code, as in ``\\href{URL}{here}``, and before the punctuation of the sentence.
    """
    links: dict[str, Raw] = {}
    for match in _ADDRESS.finditer(text):
        address = re.split(r"[{}\\]", match[0])[0].rstrip(".,;:!?'*")
        while address.endswith(")") and address.count("(") < address.count(")"):
            address = address[:-1].rstrip(".,;:")
        if not is_web_address(address) or read_identifier(address):  # an identifier's URL leads to a cited paper
            continue
        host = address.split("/")[2].lower().removeprefix("www.")
        if host in _CODE_HOSTS:
            links.setdefault("code", address)
        elif f".{host}".endswith(_PROJECT_HOSTS) or _ANNOUNCES_LINK.search(
            text[max(0, match.start() - 60) : match.start()]
        ):
            links.setdefault("project", address)
    return links
