"""Bibliography files: ``cite.bib``, ``cite.ris`` and ``cite.json`` of each paper, and the same of each list."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType

from generator.exports.listings import Listing
from generator.exports.paper_texts import PaperTexts
from generator.model import places
from generator.model.fingerprints import Fingerprints
from generator.model.page import Draft

ENDINGS = ("bib", "ris", "json")


def citation_files(texts: PaperTexts, marks: Fingerprints, paper_id: str) -> Iterator[Draft]:
    """How a paper is cited, in each format."""
    made_from, place = marks.paper(paper_id), places.paper(paper_id)
    for ending in ENDINGS:
        yield Draft(path=f"{place}/cite.{ending}", made_from=made_from, write=_joined(texts, ending, (paper_id,)))


def bibliography_files(
    texts: PaperTexts, marks: Fingerprints, listing: Listing, endings: Sequence[str] = ENDINGS
) -> Iterator[Draft]:
    """How the papers of a list are cited, in the formats of ``endings``."""
    made_from = marks.listed("", listing.papers)
    for ending in endings:
        path = listing.path(f"papers.{ending}")
        yield Draft(path=path, made_from=made_from, write=_joined(texts, ending, listing.papers))


def _joined(texts: PaperTexts, ending: str, paper_ids: Sequence[str]) -> Callable[[], str]:
    return partial(_WRITERS[ending], texts, paper_ids)


def _bib(texts: PaperTexts, paper_ids: Sequence[str]) -> str:
    return "\n".join(map(texts.bibtex, paper_ids))


def _ris(texts: PaperTexts, paper_ids: Sequence[str]) -> str:
    return "\n".join(map(texts.ris, paper_ids))


def _csl(texts: PaperTexts, paper_ids: Sequence[str]) -> str:
    return "[\n" + ",\n".join(map(texts.csl, paper_ids)) + "\n]\n" if paper_ids else "[]\n"


_WRITERS: Mapping[str, Callable[[PaperTexts, Sequence[str]], str]] = MappingProxyType(
    {"bib": _bib, "ris": _ris, "json": _csl}
)
