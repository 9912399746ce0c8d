"""Bibliography files: ``cite.bib``, ``cite.ris`` and ``cite.json`` of each paper, and ``papers.*`` of lists.

Only the whole digest has RIS, because few programs need it; other lists have BibTeX and CSL-JSON.
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from generator.build.task import File, text_file
from generator.exports.listings import Listings
from generator.exports.paper_texts import PaperTexts
from generator.model import site_paths

_OF_LISTS = ("bib", "json")  # formats of lists; only the whole digest has all formats


class Format(NamedTuple):
    """A bibliography format: the text of each paper, and the text before, between and after papers."""

    text: Callable[[PaperTexts, str], str]
    before: str
    between: str
    after: str

    def joined(self, texts: PaperTexts, paper_ids: tuple[str, ...]) -> str:
        """Join papers to a file."""
        return self.framed(self.between.join(self.text(texts, paper_id) for paper_id in paper_ids))

    def framed(self, text: str) -> str:
        """Put ``text``, the joined papers, into the frame of a file."""
        # Without papers, a list in JSON still needs its brackets; the other formats are empty files.
        return f"{self.before}{text}{self.after}" if text or not self.before else "[]\n"


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "bib": Format(PaperTexts.bibtex, "", "\n", ""),
        "ris": Format(PaperTexts.ris, "", "\n", ""),
        "json": Format(PaperTexts.csl, "[\n", ",\n", "\n]\n"),
    }
)


def citation_files(texts: PaperTexts, paper_id: str) -> Iterator[File]:
    """Yield the citation files of a paper."""
    site_path = site_paths.paper(paper_id)
    for ending, form in FORMATS.items():
        yield text_file(f"{site_path}/cite.{ending}", form.joined(texts, (paper_id,)))


def bibliography_files(texts: PaperTexts, lists: Listings, site_path: str) -> Iterator[File]:
    """Yield the bibliographies of a list other than the whole digest."""
    listing = lists.listing(site_path)
    for ending in _OF_LISTS:
        yield text_file(listing.path(f"papers.{ending}"), FORMATS[ending].joined(texts, listing.papers))
