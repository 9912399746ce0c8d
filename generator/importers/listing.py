"""Titles with abstracts, one after another: what the two kinds of Daily Papers dump have in common."""

import re
from collections import Counter

from generator.importers.lines import NumberedLine, looks_like_title
from generator.importers.raw_paper import Note, Options, Parsed, RawPaper
from generator.model.record import Raw, RawRecord
from generator.text.identifiers import is_web_address
from generator.text.latex import drop_commands, restore_maths, unaccent_commands

REPAIRS = ("accents", "commands", "maths", "links")
"""The kinds of repair that ``Options.keep`` can switch off; ``entities`` are always decoded."""

_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_CODE_HOSTS = ("github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "anonymous.4open.science")
_OFFERED = re.compile(r"project|page|available|release|at\s*:?\s*$", re.IGNORECASE)
_PROJECT_HOSTS = (".github.io", "huggingface.co", "sites.google.com")


def read_listing(lines: list[NumberedLine], options: Options, name: str, fields: RawRecord) -> Parsed:
    """Group lines into papers. ``fields`` are what all papers of the source share, such as a date."""
    parsed = Parsed()
    title: NumberedLine | None = None
    abstract: list[str] = []

    def finish() -> None:
        if title is not None:
            ordinal = len(parsed.papers) + 1
            paper = _paper(title, abstract, options, parsed.repairs)
            paper.fields.update(fields, source={"kind": name, "name": options.origin, "item": str(ordinal)})
            parsed.papers.append(paper)
            if not abstract:
                parsed.notes.append(Note(title.number, "a title without an abstract"))

    for place, line in enumerate(lines):
        following = lines[place + 1].text if place + 1 < len(lines) else ""
        if _starts_paper(line.text, following, after_abstract=bool(abstract), after_title=title is not None):
            finish()
            title, abstract = line, []
        elif title is None:
            parsed.notes.append(Note(line.number, "text before the first title was left out"))
        else:
            abstract.append(line.text)
    finish()
    if abstract and not re.search(r"[.!?)}\]\"]$|https?://\S+$", abstract[-1]):
        parsed.notes.append(Note(lines[-1].number, "the last abstract ends without a full stop; the file may be cut"))
    if not parsed.papers:
        parsed.notes.append(Note(1, "no paper was found"))
    return parsed


def _starts_paper(text: str, following: str, *, after_abstract: bool, after_title: bool) -> bool:
    if not looks_like_title(text):
        return False
    if after_title and not after_abstract:
        return bool(following) and not looks_like_title(following)
    return not after_abstract or not following or not following[0].islower()


def _paper(title: NumberedLine, abstract: list[str], options: Options, repairs: Counter[str]) -> RawPaper:
    fields: RawRecord = {"title": repaired(title.text, options, repairs)}
    if abstract:
        text = " ".join(abstract)
        if "links" not in options.keep and (links := find_links(text)):
            fields["links"] = links
            repairs["links"] += len(links)
        fields["abstract"] = repaired(text, options, repairs)
    if options.added:
        fields["added"] = options.added
    return RawPaper(fields, title.number)


def repaired(text: str, options: Options, repairs: Counter[str]) -> str:
    """``text`` with the repairs that are not switched off, each counted."""
    for kind, repair in (("accents", unaccent_commands), ("commands", drop_commands), ("maths", restore_maths)):
        if kind not in options.keep:
            text, count = repair(text)
            repairs[kind] += count
    return text


def find_links(text: str) -> dict[str, Raw]:
    """The first code and project address of a text, without trailing marks or a glued ``{here}``."""
    links: dict[str, Raw] = {}
    for match in _ADDRESS.finditer(text):
        address = re.split(r"[{}\\]", match[0])[0].rstrip(".,;:!?'*")
        while address.endswith(")") and address.count("(") < address.count(")"):
            address = address[:-1].rstrip(".,;:")
        if not is_web_address(address):
            continue
        host = address.split("/")[2].removeprefix("www.")
        if host in _CODE_HOSTS:
            links.setdefault("code", address)
        elif host.endswith(_PROJECT_HOSTS) or _OFFERED.search(text[max(0, match.start() - 60) : match.start()]):
            links.setdefault("project", address)
    return links
