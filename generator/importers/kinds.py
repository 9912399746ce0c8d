"""The list of importers, in the order in which a source is tried on them, and formats that are known but not read.

A new kind is a module and a line here. A file in an unsupported format must not pass for another kind.
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
_HEAD = 20_000  # characters


def recognise(text: str) -> Importer | None:
    """The importer whose kind of source ``text`` is, or None."""
    return next((importer for importer in IMPORTERS if importer.recognises(text)), None)


def by_name(name: str) -> Importer | None:
    """The importer of a given name, or None."""
    return next((importer for importer in IMPORTERS if name == importer.NAME), None)


class _Format(NamedTuple):
    name: str
    mark: re.Pattern[str]
    advice: str


_FORMATS = (
    _Format(
        "PubMed's format (.nbib)",
        re.compile(r"^\ufeff?PMID- *[0-9]+", re.MULTILINE),
        "open it in Zotero or JabRef and export BibTeX or RIS; or add each paper by its DOI: digest add doi:…",
    ),
    _Format(
        "PubMed's XML",
        re.compile(r"<PubmedArticle(?:Set)?\b"),
        "open the .nbib file of the same search in Zotero or JabRef and export BibTeX or RIS",
    ),
    _Format(
        "EndNote's XML",
        re.compile(r"<xml>\s*<records>|<record>\s*<database\b|<source-app name=\"EndNote\""),
        "in EndNote choose the output style RefMan (RIS) Export or BibTeX Export, then File > Export",
    ),
    _Format(
        "EndNote's format (.enw)",
        re.compile(r"\A\ufeff?\s*%0 \w", re.MULTILINE),
        "export RIS or BibTeX where the file comes from; or open it in Zotero or JabRef and export BibTeX",
    ),
    _Format(
        "Web of Science's plain text",
        re.compile(r"\A\ufeff?\s*FN (?:Clarivate|Thomson|ISI)|\A\ufeff?\s*PT [JBSPC]\r?\nAU ", re.MULTILINE),
        "in Web of Science choose Export > BibTeX or Export > RIS",
    ),
    _Format(
        "Web of Science's table",
        re.compile(r"\A\ufeff?\"?PT\"?\t\"?AU\"?\t"),
        "in Web of Science choose Export > BibTeX or Export > RIS",
    ),
    _Format(
        "a table of Scopus",
        re.compile(r"\A\ufeff?\"?Authors\"?,\"?(?:Author full names|Author\(s\) ID|Title)\"?,"),
        "in Scopus choose Export > BibTeX or Export > RIS",
    ),
    _Format(
        "MODS or RDF",
        re.compile(r"<(?:modsCollection|mods|rdf:RDF)\b"),
        "export BibTeX, RIS or CSL-JSON, which Zotero and most catalogues offer beside it",
    ),
)


def refusal(text: str) -> str:
    """Why a text in a format that is known and not read is refused, and what to do; '' for any other text."""
    head = text[:_HEAD]
    unsupported = next((kind for kind in _FORMATS if kind.mark.search(head)), None)
    return f"{unsupported.name} is not read: {unsupported.advice}" if unsupported else ""
