"""Bibliography files: ``cite.bib``, ``cite.ris`` and ``cite.json`` of each paper, and the same of each list.

A paper's reference is written once in each format; a list's file is those joined.
"""

import json
from collections.abc import Iterable, Iterator, Mapping

from generator.citation.bibtex import bibtex
from generator.citation.csl import csl
from generator.citation.reference import Reference
from generator.citation.ris import ris
from generator.exports.listings import Listing
from generator.model import places
from generator.model.page import Page


def bibliography_files(references: Mapping[str, Reference], listings: Iterable[Listing]) -> Iterator[Page]:
    """The bibliography files of all papers and of ``listings``."""
    held = tuple(listings)
    for ending, write, joined in (("bib", bibtex, _lines), ("ris", ris, _lines), ("json", _csl_text, _array)):
        written = {paper_id: write(reference) for paper_id, reference in references.items()}
        for paper_id, text in written.items():
            yield Page(path=f"{places.paper(paper_id)}/cite.{ending}", text=joined([text]))
        for listing in held:
            yield Page(path=listing.path(f"papers.{ending}"), text=joined([written[p] for p in listing.papers]))


def _csl_text(reference: Reference) -> str:
    return json.dumps(csl(reference), ensure_ascii=False)


def _lines(texts: list[str]) -> str:
    return "\n".join(texts)


def _array(texts: list[str]) -> str:
    return "[\n" + ",\n".join(texts) + "\n]\n" if texts else "[]\n"
