"""Bibliography files: ``cite.bib``, ``cite.ris`` and ``cite.json`` of each paper and ``papers.*`` of lists.

RIS is what few programs read alone: the whole digest has it, other lists have BibTeX and CSL-JSON.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

from generator.exports.listings import Listing
from generator.exports.paper_texts import PaperTexts
from generator.exports.pieces import SIZE, in_pieces
from generator.model import places
from generator.model.fingerprints import Fingerprints
from generator.model.page import Draft

ENDINGS = ("bib", "ris", "json")
_OF_LISTS = ("bib", "json")


class Format(NamedTuple):
    """How a file is written: the text of each paper, and what stands before, between and after them."""

    text: Callable[[PaperTexts], Callable[[str], str]]
    frame: tuple[str, str, str]


_FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "bib": Format(lambda texts: texts.bibtex, ("", "\n", "")),
        "ris": Format(lambda texts: texts.ris, ("", "\n", "")),
        "json": Format(lambda texts: texts.csl, ("[\n", ",\n", "\n]\n")),
    }
)


def citation_files(texts: PaperTexts, marks: Fingerprints, paper_id: str) -> Iterator[Draft]:
    """How a paper is cited, in each format."""
    made_from, place = marks.paper(paper_id), places.paper(paper_id)
    for ending in ENDINGS:
        yield Draft(f"{place}/cite.{ending}", made_from, partial(_joined, texts, ending, (paper_id,)))


def endings_of(listing: Listing) -> Sequence[str]:
    """The formats of a list: all of the whole digest, two of any other."""
    return _OF_LISTS if listing.place else ENDINGS


def bibliography_files(
    texts: PaperTexts, marks: Fingerprints, listing: Listing, endings: Sequence[str]
) -> Iterator[Draft]:
    """How the papers of a list are cited, in the formats of ``endings``."""
    if len(listing.papers) > SIZE:
        for ending in endings:
            text, frame = _FORMATS[ending]
            yield in_pieces(listing.path(f"papers.{ending}"), marks, listing.papers, text(texts), frame=frame)
        return
    made_from = marks.listed("", listing.papers)
    for ending in endings:
        yield Draft(listing.path(f"papers.{ending}"), made_from, partial(_joined, texts, ending, listing.papers))


def _joined(texts: PaperTexts, ending: str, paper_ids: Sequence[str]) -> str:
    text, (before, between, after) = _FORMATS[ending]
    if ending == "json" and not paper_ids:
        return "[]\n"
    return before + between.join(map(text(texts), paper_ids)) + after
