"""Queries such as readers type to find a paper that they know, made from the entries.

Random choices have a fixed seed, so the queries are the same for the same entries.
"""

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

KINDS = (
    "title",  # the whole title
    "words",  # three or four words of the title
    "author",  # a family name and two words of the title that fit only this paper
    "several",  # the same, if it fits other papers too, which happens for one in twelve of 20,000 papers
    "acronym",  # the name of the method before the colon of the title
    "typo",  # three or four words, of which one has a mistake
    "typos",  # three words, of which one has two mistakes
    "sentence",  # a question with four words of the title
    "dated",  # a family name, the year and a word of the title
    "venue",  # the edition and two words of the title
    "pasted",  # a text from another site, such as a citation
)
_COMMON_WORDS = frozenset(
    "about after against also among and are before beyond can does for from has how into its more not our over than "
    "that the their them they this through toward towards under using via what when where which while why with "
    "within without you your".split()
)
_QUESTION = "is there a paper on {} and {} that also shows {} for {}"
# Names of methods can contain symbols: ``A*``, ``GPT-4``, ``C++``.
_METHOD_NAME = re.compile(r"[A-Za-z][\w$^+*.-]*")
_SHOWN_SHARE = 0.6  # of the characters of a title, in a list of results that shortens titles


class Query(NamedTuple):
    """What somebody types who looks for a certain paper.

    ``kind`` is one of ``KINDS``, and ``paper`` is the id of the paper.
    """

    kind: str
    text: str
    paper: str


def queries(catalog: Catalog, seed: int = 7) -> list[Query]:
    """The queries of all kinds for all papers."""
    rng = random.Random(seed)
    papers = sorted(catalog.papers.values(), key=lambda paper: paper.id)
    acronym_counts = Counter(name.casefold() for paper in papers if (name := acronym(paper)))
    all_queries = []
    author_index = _AuthorIndex(papers)
    for paper in papers:
        for kind, text in _first_kinds(paper, rng, acronym_counts):
            if text:
                # No ranking can know which of several papers is meant, so these queries are a kind of their own.
                fits_several = kind == "author" and len(author_index.fitting_papers(text)) > 1
                all_queries.append(Query("several" if fits_several else kind, text, paper.id))
    # These kinds have random numbers of their own, so that they do not change the queries of the first kinds.
    second_rng = random.Random(seed + 1)
    for paper in papers:
        all_queries += [Query(kind, text, paper.id) for kind, text in _other_kinds(catalog, paper, second_rng) if text]
    return all_queries


class _AuthorIndex:
    """Finds the papers that a query of the kind ``author`` fits."""

    def __init__(self, papers: list[Paper]) -> None:
        self._ids_by_title_word: dict[str, set[str]] = defaultdict(set)
        self._ids_by_family_name: dict[str, set[str]] = defaultdict(set)
        for paper in papers:
            for word in words_of(to_plain(paper.title)):
                self._ids_by_title_word[word].add(paper.id)
            for author in paper.authors:
                self._ids_by_family_name[folded(split_name(author.name).family)].add(paper.id)

    def fitting_papers(self, text: str) -> set[str]:
        """The ids of the papers with the last two words of ``text`` in the title and an author with the name before."""
        family, *words = text.rsplit(" ", 2)
        return self._ids_by_family_name[folded(family)].intersection(
            *(self._ids_by_title_word[folded(word)] for word in words)
        )


def _first_kinds(paper: Paper, rng: random.Random, acronym_counts: Counter[str]) -> Iterator[tuple[str, str]]:
    """The kind and the text of queries: ``title``, ``words``, ``typo``, ``author`` and ``acronym``."""
    words = distinctive_words(paper)
    yield "title", to_plain(paper.title)
    if len(words) >= 3:
        yield "words", " ".join(_some_words(words, rng.choice((3, 4)), rng))
        yield "typo", _with_typo(_some_words(words, rng.choice((3, 4)), rng), rng)
    if len(words) >= 2 and paper.authors:
        family = split_name(rng.choice(paper.authors).name).family
        yield "author", " ".join([family, *_some_words(words, 2, rng)])
    name = acronym(paper)
    # A name that two papers give their methods fits both.
    if acronym_counts[name.casefold()] == 1:
        yield "acronym", name


def _other_kinds(catalog: Catalog, paper: Paper, rng: random.Random) -> Iterator[tuple[str, str]]:
    """The kind and the text of queries: ``typos``, ``sentence``, ``dated``, ``venue`` and ``pasted``."""
    words = distinctive_words(paper)
    edition = catalog.editions[paper.venue]
    if len(words) >= 3:
        yield "typos", _with_typo(_some_words(words, 3, rng), rng, 2)
    if len(words) >= 4:
        yield "sentence", _QUESTION.format(*_some_words(words, 4, rng))
    if words and paper.authors and edition.edition.year:
        family = split_name(rng.choice(paper.authors).name).family
        longest = max(words, key=len)
        yield "dated", f"{family} {edition.edition.year} {longest}"
        yield "venue", f"{edition.name} {' '.join(_some_words(words, 2, rng))}"
    yield "pasted", pasted(catalog, paper, random.Random(paper.id))


def distinctive_words(paper: Paper) -> list[str]:
    """The words of the title with at least four letters that are not common, each once."""
    words = re.findall(r"[^\W\d_]{4,}", to_plain(paper.title))
    return list(dict.fromkeys(word for word in words if word.lower() not in _COMMON_WORDS))


def acronym(paper: Paper) -> str:
    """The name of the method before the colon of the title, if it looks like one (``SimVQ``), or ''."""
    name, colon, _ = to_plain(paper.title).partition(":")
    is_acronym = colon and _METHOD_NAME.fullmatch(name) and sum(letter.isupper() for letter in name) >= 2
    return name if is_acronym else ""


def _some_words(words: list[str], count: int, rng: random.Random) -> list[str]:
    """At most ``count`` random words, in their order."""
    return [words[index] for index in sorted(rng.sample(range(len(words)), min(count, len(words))))]


def _with_typo(words: list[str], rng: random.Random, mistakes: int = 1) -> str:
    """The words as a text, with mistakes in the longest of them."""
    longest = max(range(len(words)), key=lambda index: len(words[index]))
    misspelled = words[longest]
    for _ in range(mistakes):
        misspelled = mistyped(misspelled, rng)
    return " ".join(misspelled if index == longest else word for index, word in enumerate(words))


def mistyped(word: str, rng: random.Random) -> str:
    """``word`` with one letter deleted, swapped with the next, or doubled; never ``word`` itself."""
    while True:
        index = rng.randrange(len(word) - 1)
        changed = rng.choice(
            (
                word[:index] + word[index + 1 :],
                word[:index] + word[index + 1] + word[index] + word[index + 2 :],
                word[:index] + word[index] + word[index:],
            )
        )
        if changed != word:  # two equal letters can be swapped
            return changed


def pasted(catalog: Catalog, paper: Paper, rng: random.Random) -> str:
    """A text that a reader copies elsewhere and pastes: a citation, BibTeX, a search result, or the title of a page."""
    return rng.choice(list(_copied_texts(catalog, paper)))


def _copied_texts(catalog: Catalog, paper: Paper) -> Iterator[str]:
    title = to_plain(paper.title)
    edition = catalog.editions[paper.venue]
    series, year = edition.series.full_name or edition.series.name, edition.edition.year or 2026
    names = [split_name(name) for name in paper.author_names] or [split_name("Anonymous")]
    first_author = f"{names[0].given[:1]}. {names[0].family}"
    yield f"[12] {first_author} et al., “{title},” in Proc. {series}, {year}, pp. 1234-1245."
    yield f"{names[0].family}, {names[0].given[:1]}. ({year}). {title}. In {series}."
    braced_title = re.sub(r"\b([A-Z]+)", r"{\1}", title)
    authors = " and ".join(f"{name.family}, {name.given}" for name in names)
    yield f"@inproceedings{{key, title={{{braced_title}}}, author={{{authors}}}, year={{{year}}}}}"
    yield f"[PDF] {title[: int(len(title) * _SHOWN_SHARE)]}… {first_author} - {series}, {year}"
    yield f"{_with_hyphenated_word(title)} - {series}"
    if arxiv := paper.identifiers.get("arxiv"):
        yield f"arXiv:{arxiv}v2 [cs.LG] 29 Apr {year}"
    if openreview := paper.identifiers.get("openreview"):
        yield f"{title} | OpenReview {public_address('openreview', openreview)}"


def _with_hyphenated_word(title: str) -> str:
    """A title whose longest word is hyphenated, as in text from a PDF with a line break in it: ``transfor- mers``."""
    longest = max(re.findall(r"[^\W\d_]+", title), key=len, default="")
    cut = len(longest) // 2
    return title.replace(longest, f"{longest[:cut]}- {longest[cut:]}", 1) if cut > 1 else title
