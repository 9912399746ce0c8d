"""Formats that are not read, and what their programs export instead. Such a file must not pass for another kind."""

import re
from typing import NamedTuple

_HEAD = 20_000  # characters


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
