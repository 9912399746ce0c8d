"""Where ``digest draft`` takes the text from: a file, the public full text, or the abstract of the public record."""

from datetime import date
from pathlib import Path

from generator.build.safe_files import read_at_most
from generator.commands.add import Desk
from generator.drafting.reading import NoText, SourceText, source_text, text_of_file, text_of_page
from generator.fetch.client import FetchFailed
from generator.importers.raw_paper import Options
from generator.model.paper import Paper
from generator.text.addresses import Identifier
from generator.text.identifiers import public_address

_FILE_MOST = 64 * 1024 * 1024
_PAGES = "https://arxiv.org/html/{}"
_PAUSE = 3.0
_ASKED = ("arxiv", "openreview", "acl", "doi")
"""Registers that may hold an abstract, in the order in which they are asked."""
_OWN_TEXT = "write the abstract into the entry (abstract:), or name a file (--source)"


def read_source(paper: Paper, desk: Desk, file: Path | None, origin: str) -> SourceText:
    """The text to write from. Raises NoText, FetchFailed or OSError."""
    if file is not None:
        text = text_of_file(file.name, read_at_most(file, _FILE_MOST))
        return source_text("full text", text, _address(paper), f"file of {date.today().isoformat()}")
    if origin == "abstract":
        return _abstract(paper, desk)
    if paper.arxiv is None:
        raise NoText("no public full text in HTML is known; name a file (--source), or write --from abstract")
    address = _PAGES.format(paper.arxiv)
    try:
        page = desk.client.get(address, _PAUSE, lambda text: "" if "<html" in text[:2000].lower() else "it is no page")
    except FetchFailed as failure:
        raise NoText(f"{failure}; name a file (--source), or write --from abstract") from None
    return source_text("full text", text_of_page(page), address, _version(page, paper.arxiv))


def _abstract(paper: Paper, desk: Desk) -> SourceText:
    if paper.abstract:
        return source_text("abstract", paper.abstract, _address(paper))
    told = Options(origin="", added=date.today().isoformat(), abstract=True)
    failures = []
    for kind in _ASKED:
        if value := paper.identifiers.get(kind):
            try:
                found = desk.record(Identifier(kind, value), told).fields.get("abstract")
            except FetchFailed as failure:
                failures.append(str(failure))
                continue
            if isinstance(found, str):
                return source_text(
                    "abstract", found, public_address(kind, value), f"record of {date.today().isoformat()}"
                )
    raise NoText(f"{'; '.join(failures) or 'no public record has its abstract'}; {_OWN_TEXT}")


def _address(paper: Paper) -> str:
    return next((public_address(kind, value) for kind, value in paper.identifiers.items()), "")


def _version(page: str, arxiv: str) -> str:
    """The version that a page of arXiv states of itself."""
    start = page.find(f"{arxiv}v")
    digits = page[start + len(arxiv) + 1 :][:3] if start >= 0 else ""
    number = "".join(character for character in digits if character.isdigit())
    return f"v{number}" if number else f"copy of {date.today().isoformat()}"
