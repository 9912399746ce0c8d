"""Bibliography files: ``cite.bib``, ``cite.ris`` and ``cite.json`` of each paper, and ``papers.*`` of lists.

Among the lists, only the whole digest has RIS, because few programs need it; others have BibTeX and CSL-JSON.
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from generator.build.task import File, text_file
from generator.exports.listings import Listings
from generator.exports.paper_texts import PaperTexts
from generator.model import site_paths

_LIST_FORMATS = ("bib", "json")


class Format(NamedTuple):
    """A bibliography format: a function for the text of each paper, and the text before, between and after papers."""

    entry: Callable[[PaperTexts, str], str]
    before: str
    between: str
    after: str

    def entries(self, texts: PaperTexts, paper_ids: tuple[str, ...]) -> str:
        """The joined texts of these papers."""
        return self.between.join(self.entry(texts, paper_id) for paper_id in paper_ids)

    def file_text(self, entries: str) -> str:
        """The text of a file with these joined texts."""
        # A file without papers is empty, or an empty list in JSON, the only format with a text before papers.
        return f"{self.before}{entries}{self.after}" if entries or not self.before else "[]\n"


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
    for ending, bibliography_format in FORMATS.items():
        yield text_file(
            f"{site_path}/cite.{ending}", bibliography_format.file_text(bibliography_format.entry(texts, paper_id))
        )


def bibliography_files(texts: PaperTexts, lists: Listings, site_path: str) -> Iterator[File]:
    """Yield the bibliographies of a list other than the whole digest."""
    listing = lists.listing(site_path)
    for ending in _LIST_FORMATS:
        yield text_file(
            listing.path(f"papers.{ending}"), FORMATS[ending].file_text(FORMATS[ending].entries(texts, listing.papers))
        )
