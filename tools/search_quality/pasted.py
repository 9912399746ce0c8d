"""What a reader pastes who has a paper in another window: citations, BibTeX, a line of a list, a page's title."""

import random
import re
from collections.abc import Iterator

from generator.model.catalog import Catalog
from generator.model.paper import Paper
from generator.text.identifiers import public_address
from generator.text.maths import to_plain
from generator.text.names import split_name

_SHOWN = 0.6  # of a title that a list cuts short


def pasted(catalog: Catalog, paper: Paper, chance: random.Random) -> str:
    """One of the forms in which a paper is cited or listed elsewhere."""
    return chance.choice(list(_forms(catalog, paper)))


def _forms(catalog: Catalog, paper: Paper) -> Iterator[str]:
    title = to_plain(paper.title)
    edition = catalog.editions[paper.venue]
    series, year = edition.series.full_name or edition.series.name, edition.edition.year or 2026
    names = [split_name(name) for name in paper.author_names] or [split_name("Anonymous")]
    first = f"{names[0].given[:1]}. {names[0].family}"
    yield f"[12] {first} et al., “{title},” in Proc. {series}, {year}, pp. 1234-1245."
    yield f"{names[0].family}, {names[0].given[:1]}. ({year}). {title}. In {series}."
    braced = re.sub(r"\b([A-Z]+)", r"{\1}", to_plain(paper.title))
    authors = " and ".join(f"{name.family}, {name.given}" for name in names)
    yield f"@inproceedings{{key, title={{{braced}}}, author={{{authors}}}, year={{{year}}}}}"
    yield f"[PDF] {title[: int(len(title) * _SHOWN)]}… {first} - {series}, {year}"
    yield f"{_with_divided_word(title)} - {series}"
    if arxiv := paper.identifiers.get("arxiv"):
        yield f"arXiv:{arxiv}v2 [cs.LG] 29 Apr {year}"
    if openreview := paper.identifiers.get("openreview"):
        yield f"{title} | OpenReview {public_address('openreview', openreview)}"


def _with_divided_word(title: str) -> str:
    """A title with its longest word as the end of a line divides it."""
    longest = max(re.findall(r"[^\W\d_]+", title), key=len, default="")
    cut = len(longest) // 2
    return title.replace(longest, f"{longest[:cut]}- {longest[cut:]}", 1) if cut > 1 else title
