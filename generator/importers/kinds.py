"""The importers, and formats without an importer, which are refused so that no other importer reads them.

A new importer is a module and a line in ``IMPORTERS``.
"""

import re
from typing import NamedTuple, cast

from generator.importers import (
    acl_xml,
    arxiv_atom,
    bibtex,
    citation_tags,
    crossref_json,
    csl_json,
    daily_papers,
    daily_papers_json,
    datacite_json,
    openreview_json,
    paper_page,
    papers_jsonl,
    prose_digest,
    ris,
    search_page,
)
from generator.importers.raw_paper import Importer

# The first importer that recognizes a text reads it. ``papers_jsonl`` accepts any JSON on one line, so it is after the
# other JSON formats. The page of one paper may contain a date like a daily page, so ``paper_page`` is before
# ``daily_papers``. ``search_page`` accepts most texts with titles, so it is last.
IMPORTERS: tuple[Importer, ...] = tuple(
    cast(Importer, module)
    for module in (
        crossref_json,
        datacite_json,
        openreview_json,
        daily_papers_json,
        csl_json,
        papers_jsonl,
        arxiv_atom,
        acl_xml,
        citation_tags,
        ris,
        bibtex,
        paper_page,
        daily_papers,
        prose_digest,
        search_page,
    )
)


def recognize(text: str) -> Importer | None:
    """The first importer that recognizes ``text``, or None."""
    return next((importer for importer in IMPORTERS if importer.recognizes(text)), None)


def importer_named(name: str) -> Importer | None:
    """The importer with this ``NAME``, or None."""
    return next((importer for importer in IMPORTERS if name == importer.NAME), None)


_MAX_HEAD = 20_000  # characters in which an unsupported format is recognized; a file may have megabytes


class _UnsupportedFormat(NamedTuple):
    """A format without an importer: its name, a pattern that recognizes it, and what people can do instead."""

    name: str
    pattern: re.Pattern[str]
    advice: str


_UNSUPPORTED_FORMATS = (
    _UnsupportedFormat(
        "PubMed's format (.nbib)",
        re.compile(r"^\ufeff?PMID- *[0-9]+", re.MULTILINE),
        "open it in Zotero or JabRef and export BibTeX or RIS; or add each paper by its DOI: digest add doi:…",
    ),
    _UnsupportedFormat(
        "PubMed's XML",
        re.compile(r"<PubmedArticle(?:Set)?\b"),
        "open the .nbib file of the same search in Zotero or JabRef and export BibTeX or RIS",
    ),
    _UnsupportedFormat(
        "EndNote's XML",
        re.compile(r"<xml>\s*<records>|<record>\s*<database\b|<source-app name=\"EndNote\""),
        "in EndNote choose the output style RefMan (RIS) Export or BibTeX Export, then File > Export",
    ),
    _UnsupportedFormat(
        "EndNote's format (.enw)",
        re.compile(r"\A\ufeff?\s*%0 \w", re.MULTILINE),
        "export RIS or BibTeX where the file comes from; or open it in Zotero or JabRef and export BibTeX",
    ),
    _UnsupportedFormat(
        "Web of Science's plain text",
        re.compile(r"\A\ufeff?\s*FN (?:Clarivate|Thomson|ISI)|\A\ufeff?\s*PT [JBSPC]\r?\nAU ", re.MULTILINE),
        "in Web of Science choose Export > BibTeX or Export > RIS",
    ),
    _UnsupportedFormat(
        "Web of Science's table",
        re.compile(r"\A\ufeff?\"?PT\"?\t\"?AU\"?\t"),
        "in Web of Science choose Export > BibTeX or Export > RIS",
    ),
    _UnsupportedFormat(
        "a table of Scopus",
        re.compile(r"\A\ufeff?\"?Authors\"?,\"?(?:Author full names|Author\(s\) ID|Title)\"?,"),
        "in Scopus choose Export > BibTeX or Export > RIS",
    ),
    _UnsupportedFormat(
        "MODS or RDF",
        re.compile(r"<(?:modsCollection|mods|rdf:RDF)\b"),
        "export BibTeX, RIS or CSL-JSON, which Zotero and most catalogs also offer",
    ),
)


def refusal(text: str) -> str:
    """A message for a text in an unsupported format: the format, and what to do instead; '' for any other text."""
    head = text[:_MAX_HEAD]
    unsupported = next((form for form in _UNSUPPORTED_FORMATS if form.pattern.search(head)), None)
    return f"{unsupported.name} is not read: {unsupported.advice}" if unsupported else ""
