"""Pages of papers: titles with abstracts one after another, or cards. The code that all kinds of pages share."""

import re
import sys
from collections import Counter
from collections.abc import Sequence

from generator.importers.cards import Draft, has_cards, has_linked_titles, read_cards
from generator.importers.page_elements import Row
from generator.importers.page_lines import NumberedLine, clean_lines, looks_like_title
from generator.importers.page_rows import PageRow, page_rows
from generator.importers.public_record import arxiv_edition
from generator.importers.raw_paper import Note, Options, Parsed, RawPaper, Unread
from generator.model.record import Raw, RawRecord
from generator.model.values import quoted
from generator.text.addresses import read_identifier
from generator.text.identifiers import is_web_address
from generator.text.latex import drop_commands, restore_maths, unaccent_commands

REPAIRS = ("accents", "commands", "maths", "links")
"""The kinds of repair that ``Options.keep`` can switch off; ``entities`` are always decoded."""

_NUMBERED = re.compile(r"^\[?[0-9]{1,4}[.)\]] +(?=\S)")  # ``12. Title`` or ``[12] Title``
_SHOWN = 20  # titles without an abstract that are reported individually
_WORDS = 15  # words; text of this length below a title is an abstract
_SENTENCE = 4  # words; a shorter text may still be an abstract if it ends a sentence
_MENU = 3  # words; a menu item has at most these
_ADVICE = "copy the titles with their abstracts, or name the kind of source with --kind"
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
# hosts whose addresses are always code
_CODE_HOSTS = ("github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "anonymous.4open.science")
# words before the address of a project page; other addresses are references
_ANNOUNCES_LINK = re.compile(r"project|page|available|release|at\s*:?\s*$", re.IGNORECASE)
_PROJECT_HOSTS = (".github.io", "huggingface.co", "sites.google.com")  # hosts on which addresses are project pages


def read_page(text: str, options: Options, name: str) -> Parsed:
    """Read a page of papers: as cards if it has cards or linked titles, else as titles with abstracts.

    Other lines are added to ``Parsed.unread``. If most rows do not look like papers, no papers are returned.
    """
    parsed = Parsed()
    rows = page_rows(clean_lines(text, parsed.repairs), options, parsed)
    if has_cards(rows) or has_linked_titles(rows):
        drafts, wrong = read_cards(rows, options, parsed), 0
    else:
        drafts, wrong = _read_listing(rows, parsed)
    for ordinal, draft in enumerate(drafts, 1):
        paper = _paper(draft, options, parsed.repairs)
        paper.fields["source"] = {"kind": name, "name": options.origin, "item": str(ordinal)}
        parsed.papers.append(paper)
    if wrong > len(drafts):
        message = f"{wrong} of {wrong + len(drafts)} rows do not look like papers: {_ADVICE}"
        parsed.notes.append(Note(1, message, lost=True))
        parsed.papers.clear()
    elif not parsed.papers:
        parsed.notes.append(Note(1, "no paper was found"))
    return parsed


def looks_like_listing(text: str) -> bool:
    """Whether a text consists of titles and abstracts in turn, with few other lines."""
    parsed = Parsed()
    rows = page_rows(clean_lines(text, parsed.repairs), Options(origin=""), parsed)
    drafts, wrong = _read_listing(rows, parsed)
    lines = sum(row.kind is Row.TEXT for row in rows)
    used = sum(1 + len(draft.abstract) for draft in drafts)
    return len(drafts) > 1 and wrong <= len(drafts) and used * 2 > lines and used < 4 * len(drafts)


def _read_listing(rows: Sequence[PageRow], parsed: Parsed) -> tuple[list[Draft], int]:
    """The papers of a page of titles and abstracts, and the number of rows between them that are neither."""
    parsed.unread += [Unread(r.line.number, r.kind.value, r.text) for r in rows if r.kind is not Row.TEXT]
    texts = [row for row in rows if row.kind is Row.TEXT]
    drafts: list[Draft] = []
    for index, row in enumerate(texts):
        following = texts[index + 1].text if index + 1 < len(texts) else ""
        current = drafts[-1] if drafts else None
        if _starts_paper(row.text, following, current):
            drafts.append(Draft(row.line, row.day))
        elif current is None:
            parsed.unread.append(Unread(row.line.number, "text before the first title", row.text))
        else:
            current.abstract.append(row.line)
    whole = _unnumbered([draft for draft in drafts if _is_whole(draft)])
    bare = [draft for draft in drafts if not _is_whole(draft)]
    below = [line for draft in bare for line in draft.abstract]
    parsed.unread += [Unread(line.number, "text below such a title", line.text) for line in below]
    parsed.unread += [Unread(d.title.number, "title without an abstract", d.title.text) for d in bare]
    parsed.notes += [Note(d.title.number, f"left out: no abstract below {quoted(d.title.text)}") for d in bare[:_SHOWN]]
    if len(bare) > _SHOWN:
        parsed.notes.append(Note(bare[_SHOWN].title.number, f"{len(bare) - _SHOWN} more titles without an abstract"))
    if whole and not re.search(r"[.!?)}\]\"]$|https?://\S+$", whole[-1].abstract[-1].text):
        message = "the last abstract ends without a full stop; the file may be cut"
        parsed.notes.append(Note(texts[-1].line.number, message))
    return whole, _wrong(whole, [draft.title for draft in bare] + below)


def _unnumbered(drafts: list[Draft]) -> list[Draft]:
    """Remove the numbers of a list from the titles, if all titles have one."""
    if len(drafts) > 1 and all(_NUMBERED.match(draft.title.text) for draft in drafts):
        for draft in drafts:
            draft.title = draft.title._replace(text=_NUMBERED.sub("", draft.title.text))
    return drafts


def _wrong(whole: list[Draft], rows: list[NumberedLine]) -> int:
    """The number of rows that do not look like papers, except menus before the first paper and after the last one."""
    first, last = (whole[0].title.number, whole[-1].title.number) if whole else (0, sys.maxsize)
    return sum(first < row.number < last or len(row.text.split()) > _MENU for row in rows)


def _starts_paper(text: str, following: str, current: Draft | None) -> bool:
    if not looks_like_title(text):
        return False
    if current is not None and not current.abstract:
        return bool(following) and not looks_like_title(following) and not following[0].islower()
    return current is None or not following or not following[0].islower()


def _is_whole(draft: Draft) -> bool:
    """Whether a title has an abstract below it: sentences, not a few words."""
    words = " ".join(line.text for line in draft.abstract).split()
    return len(words) >= _WORDS or (len(words) >= _SENTENCE and words[-1][-1] in ".!?")


def _paper(draft: Draft, options: Options, repairs: Counter[str]) -> RawPaper:
    fields: RawRecord = {"title": repaired(draft.title.text, options, repairs)}
    links: dict[str, Raw] = dict(draft.links)
    if draft.identifier:
        fields[draft.identifier.kind] = draft.identifier.value
    if draft.abstract:
        text = re.sub(r"^Abstract[:.—–-]+ *", "", " ".join(line.text for line in draft.abstract))
        if "links" not in options.keep and (text_links := find_links(text)):
            links = {**text_links, **links}
            repairs["links"] += len(text_links)
        fields["abstract"] = repaired(text, options, repairs)
    if links:
        fields["links"] = links
    if draft.published:
        fields["published"] = draft.published
    if added := draft.day or options.added:
        fields["added"] = added
    return RawPaper(fields, draft.title.number, arxiv_edition(draft.identifier, draft.published))


def repaired(text: str, options: Options, repairs: Counter[str]) -> str:
    """Repair ``text``, with the repairs that are not switched off, and count them."""
    for kind, repair in (("accents", unaccent_commands), ("commands", drop_commands), ("maths", restore_maths)):
        if kind not in options.keep:
            text, count = repair(text)
            repairs[kind] += count
    return text


def find_links(text: str) -> dict[str, Raw]:
    """The first code and project URLs in a text, without trailing punctuation or an attached ``{here}``."""
    links: dict[str, Raw] = {}
    for match in _ADDRESS.finditer(text):
        address = re.split(r"[{}\\]", match[0])[0].rstrip(".,;:!?'*")
        while address.endswith(")") and address.count("(") < address.count(")"):
            address = address[:-1].rstrip(".,;:")
        if not is_web_address(address) or read_identifier(address):
            continue
        host = address.split("/")[2].removeprefix("www.")
        if host in _CODE_HOSTS:
            links.setdefault("code", address)
        elif host.endswith(_PROJECT_HOSTS) or _ANNOUNCES_LINK.search(text[max(0, match.start() - 60) : match.start()]):
            links.setdefault("project", address)
    return links
