"""Known-item queries, such as readers type to find a certain paper, made from the entries with a seed."""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from generator.model.catalog import Catalog
from generator.model.paper import Paper
from generator.search.folding import folded, words_of
from generator.text.identifiers import public_address
from generator.text.maths import to_plain
from generator.text.names import split_name

KINDS = ("title", "words", "author", "several", "acronym", "typo", "typos", "sentence", "dated", "venue", "pasted")
_COMMON = frozenset(
    "about after against also among and are before beyond can does for from has how into its more not our over than "
    "that the their them they this through toward towards under using via what when where which while why with "
    "within without you your".split()
)
_SENTENCE = "is there a paper on {} and {} that also shows {} for {}"
# Names of methods contain signs: ``A*``, ``GPT-4``, ``C++``.
_NAME = re.compile(r"[A-Za-z][\w$^+*.-]*")
_SHOWN = 0.6  # of a title that a list of results cuts short


class Query(NamedTuple):
    """``text`` as typed by somebody who looks for ``paper``; ``kind`` is one of ``KINDS``.

    A query of kind ``author`` is a name and two words that fit only one paper. If they fit other papers too, which
    happens for one in twelve of 20,000 papers, the kind is ``several``: no ranking can tell which paper is meant.
    """

    kind: str
    text: str
    paper: str


def queries(catalog: Catalog, seed: int = 7) -> list[Query]:
    """All queries of all kinds, in the order of the ids: the same for the same entries and seed."""
    rng = random.Random(seed)
    papers = sorted(catalog.papers.values(), key=lambda paper: paper.id)
    papers_by_acronym = Counter(name.casefold() for paper in papers if (name := acronym(paper)))
    queries_of_papers = []
    fits = _Fits(papers)
    for paper in papers:
        for kind, text in _of_paper(paper, rng, papers_by_acronym):
            if text:
                several = kind == "author" and len(fits.papers(text)) > 1
                queries_of_papers.append(Query("several" if several else kind, text, paper.id))
    # These kinds have their own random numbers, so that they do not change the queries of the first kinds.
    second_rng = random.Random(seed + 1)
    for paper in papers:
        queries_of_papers += [
            Query(kind, text, paper.id) for kind, text in _further_queries(catalog, paper, second_rng) if text
        ]
    return queries_of_papers


class _Fits:
    """Which papers an author's family name and words of a title fit."""

    def __init__(self, papers: list[Paper]) -> None:
        self._titles: dict[str, set[str]] = defaultdict(set)
        self._families: dict[str, set[str]] = defaultdict(set)
        for paper in papers:
            for word in words_of(to_plain(paper.title)):
                self._titles[word].add(paper.id)
            for author in paper.authors:
                self._families[folded(split_name(author.name).family)].add(paper.id)

    def papers(self, text: str) -> set[str]:
        """The ids of the papers with the two last words of ``text`` in the title and the name before them."""
        family, *words = text.rsplit(" ", 2)
        return self._families[folded(family)].intersection(*(self._titles[folded(word)] for word in words))


def _of_paper(paper: Paper, rng: random.Random, papers_by_acronym: Counter[str]) -> Iterator[tuple[str, str]]:
    words = distinctive_words(paper)
    yield "title", to_plain(paper.title)
    if len(words) >= 3:
        yield "words", " ".join(_some(words, rng.choice((3, 4)), rng))
        yield "typo", _with_typo(_some(words, rng.choice((3, 4)), rng), rng)
    if len(words) >= 2 and paper.authors:
        family = split_name(rng.choice(paper.authors).name).family
        yield "author", " ".join([family, *_some(words, 2, rng)])
    name = acronym(paper)
    # If two papers give their methods the same name, it leads to both.
    if papers_by_acronym[name.casefold()] == 1:
        yield "acronym", name


def _further_queries(catalog: Catalog, paper: Paper, rng: random.Random) -> Iterator[tuple[str, str]]:
    """Yield queries of other kinds than ``_of_paper``.

    They are ``typos`` (two mistakes in a word), ``sentence``, ``dated`` (author, year and a word), ``venue`` (an
    edition and two words), and ``pasted``.
    """
    words = distinctive_words(paper)
    edition = catalog.editions[paper.venue]
    if len(words) >= 3:
        yield "typos", _with_typo(_some(words, 3, rng), rng, 2)
    if len(words) >= 4:
        yield "sentence", _SENTENCE.format(*_some(words, 4, rng))
    if words and paper.authors and edition.edition.year:
        family = split_name(rng.choice(paper.authors).name).family
        longest = max(words, key=len)
        yield "dated", f"{family} {edition.edition.year} {longest}"
        yield "venue", f"{edition.name} {' '.join(_some(words, 2, rng))}"
    yield "pasted", pasted(catalog, paper, random.Random(paper.id))


def distinctive_words(paper: Paper) -> list[str]:
    """The distinctive words of the title: at least four letters, and none of the common words."""
    words = re.findall(r"[^\W\d_]{4,}", to_plain(paper.title))
    return list(dict.fromkeys(word for word in words if word.lower() not in _COMMON))


def acronym(paper: Paper) -> str:
    """The name of the method before the colon of the title, if it looks like one (``SimVQ``), or ''."""
    head, colon, _ = to_plain(paper.title).partition(":")
    is_acronym = colon and _NAME.fullmatch(head) and sum(letter.isupper() for letter in head) >= 2
    return head if is_acronym else ""


def _some(words: list[str], count: int, rng: random.Random) -> list[str]:
    return [words[index] for index in sorted(rng.sample(range(len(words)), min(count, len(words))))]


def _with_typo(words: list[str], rng: random.Random, mistakes: int = 1) -> str:
    longest = max(range(len(words)), key=lambda index: len(words[index]))
    wrong = words[longest]
    for _ in range(mistakes):
        wrong = mistyped(wrong, rng)
    return " ".join(wrong if index == longest else word for index, word in enumerate(words))


def mistyped(word: str, rng: random.Random) -> str:
    """``word`` with one letter deleted, swapped with the next, or doubled; never ``word`` itself."""
    while True:
        index = rng.randrange(len(word) - 1)
        other = rng.choice(
            (
                word[:index] + word[index + 1 :],
                word[:index] + word[index + 1] + word[index] + word[index + 2 :],
                word[:index] + word[index] + word[index:],
            )
        )
        if other != word:
            return other


def pasted(catalog: Catalog, paper: Paper, rng: random.Random) -> str:
    """What a reader pastes from another site: a citation, BibTeX, a line of results, or the title of a page."""
    return rng.choice(list(_forms(catalog, paper)))


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
    """A title with its longest word hyphenated, as copied from the end of a line: ``transfor- mers``."""
    longest = max(re.findall(r"[^\W\d_]+", title), key=len, default="")
    cut = len(longest) // 2
    return title.replace(longest, f"{longest[:cut]}- {longest[cut:]}", 1) if cut > 1 else title
