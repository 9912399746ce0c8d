"""Reads the source of a draft: a file, an address, the public full text, or the abstract of a public record."""

import re
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

from generator.build.safe_files import read_at_most
from generator.commands.add import RecordFinder
from generator.drafting.source_text import NoText, SourceText, clean_source, text_of_file, text_of_page
from generator.fetch.client import FetchFailed
from generator.importers.raw_paper import Options
from generator.model.paper import Paper
from generator.text.identifiers import Identifier, is_web_address, public_address

MAX_FILE_SIZE = 64 * 1024 * 1024
"""The maximum size of a file or a response, in bytes."""
_ARXIV_PAGE = "https://arxiv.org/html/{}"
_PDF_ADDRESSES = {"openreview": "https://openreview.net/pdf?id={}", "acl": "https://aclanthology.org/{}.pdf"}
_PAUSE = 3.0  # seconds between two requests to a host
_REGISTRIES = ("arxiv", "openreview", "acl", "doi")
"""Kinds of identifiers whose registries may have an abstract, in the order of the requests."""
_SOURCE_HINT = "name a file or an address (--source), or write --from abstract"
_ABSTRACT_HINT = "write the abstract into the entry (abstract:), or name a file or an address (--source)"


def read_source(paper: Paper, finder: RecordFinder, source: str, text_kind: str) -> SourceText:
    """Return the text from which a draft is written.

    ``source`` is the path or the URL of the text. If it is '', the text is the abstract (``text_kind`` is ``abstract``)
    or the public full text (``paper``). Raises NoText, FetchFailed and OSError.
    """
    if source.startswith(("https://", "http://")):
        return _read_address(finder, source)
    if source:
        path = Path(source)
        text = text_of_file(path.name, read_at_most(path, MAX_FILE_SIZE))
        return clean_source("full text", text, _record_address(paper), f"file of {date.today().isoformat()}")
    return _abstract(paper, finder) if text_kind == "abstract" else _full_text(paper, finder)


def _full_text(paper: Paper, finder: RecordFinder) -> SourceText:
    """Return the first public full text that can be read. Raises NoText with the reason for each address."""
    failures = []
    if paper.arxiv is not None:
        try:
            return _arxiv_text(finder, paper.arxiv)
        except (FetchFailed, NoText) as failure:
            failures.append(str(failure))
    for address in dict.fromkeys(_pdf_addresses(paper)):  # the entry's link may be that of a registry
        try:
            return _read_address(finder, address)
        except (FetchFailed, NoText) as failure:
            failures.append(str(failure))
    raise NoText(f"{'; '.join(failures) or 'no public full text is known'}; {_SOURCE_HINT}")


def _pdf_addresses(paper: Paper) -> Iterator[str]:
    """Yield addresses at which there may be a PDF: the entry's own link, then those of registries."""
    if paper.links.pdf:
        yield paper.links.pdf
    yield from (
        pattern.format(value) for kind, pattern in _PDF_ADDRESSES.items() if (value := paper.identifiers.get(kind))
    )


def _read_address(finder: RecordFinder, address: str) -> SourceText:
    """Return the text of a PDF, an HTML page or a text file at an address. The cache stores the extracted text."""
    file_name = address.rpartition("/")[2] or address
    # Any response is accepted: ``text_of_file`` raises NoText if it cannot use one.
    text = finder.client.get(address, _PAUSE, find_fault=lambda _: "", decode=partial(text_of_file, file_name))
    url = address if is_web_address(address) else ""  # entries do not record the address of a local server
    return clean_source("full text", text, url, f"copy of {date.today().isoformat()}")


def _arxiv_text(finder: RecordFinder, arxiv: str) -> SourceText:
    address = _ARXIV_PAGE.format(arxiv)
    page = finder.client.get(address, _PAUSE, _fault_in_page)
    return clean_source("full text", text_of_page(page), address, _page_version(page, arxiv))


def _fault_in_page(text: str) -> str:
    return "" if "<html" in text[:2000].lower() else "it is not an HTML page"


def _abstract(paper: Paper, finder: RecordFinder) -> SourceText:
    """Return the abstract of the entry, or the first in a public record. Raises NoText."""
    if paper.abstract:
        return clean_source("abstract", paper.abstract, _record_address(paper))
    options = Options(origin="", added=date.today().isoformat(), abstract=True)
    failures = []
    for kind in _REGISTRIES:
        if value := paper.identifiers.get(kind):
            try:
                abstract = finder.find(Identifier(kind, value), options).fields.get("abstract")
            except FetchFailed as failure:
                failures.append(str(failure))
                continue
            if isinstance(abstract, str):
                version = f"record of {date.today().isoformat()}"
                return clean_source("abstract", abstract, public_address(kind, value), version)
    raise NoText(f"{'; '.join(failures) or 'no public record has its abstract'}; {_ABSTRACT_HINT}")


def _record_address(paper: Paper) -> str:
    """Return the address of the paper's first identifier, or ''."""
    return next((public_address(kind, value) for kind, value in paper.identifiers.items()), "")


def _page_version(page: str, arxiv: str) -> str:
    """Return the version that a page of arXiv states (``2501.12345v2`` gives ``v2``), else the day of the copy."""
    match = re.search(rf"{re.escape(arxiv)}(v\d{{1,3}})", page)
    return match[1] if match else f"copy of {date.today().isoformat()}"
