"""The list of importers, in the order in which a source is tried on them. A new kind is a module and a line here."""

from typing import cast

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


def recognise(text: str) -> Importer | None:
    """The importer whose kind of source ``text`` is, or None."""
    return next((importer for importer in IMPORTERS if importer.recognises(text)), None)


def by_name(name: str) -> Importer | None:
    """The importer of a given name, or None."""
    return next((importer for importer in IMPORTERS if name == importer.NAME), None)
