"""The texts of a paper for comparison with others, and the weight of each word in each text (TF-IDF).

Weights are integers, because their sums are the same on every machine. The number of texts with a word is rounded to a
power of two, so that a new text changes few rows. A row has the length ``ROW_LENGTH``, so the dot product of two rows
is ``ROW_LENGTH ** 2`` times their cosine.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from operator import mul
from sys import intern
from typing import NamedTuple

from generator.model.localized import in_digest_language
from generator.model.paper import Paper
from generator.text.markup import prose_plain
from generator.text.maths import to_plain

COMMON_WORDS = frozenset(
    """
    about above across after afterwards again against all almost alone along already also although always am among
    an and another any anyone anything anywhere are around as at away back be became because become becomes been before
    beforehand behind being below beside besides between beyond both but by can cannot could did do does doing done
    down due during each either else elsewhere enough even ever every everyone everything everywhere except few for
    former formerly found from further get give go had has have having he hence her here hereby herein hers herself him
    himself his how however if in indeed instead into is it its itself just keep last latter least less many may me
    meanwhile might mine more moreover most mostly much must my myself namely neither never nevertheless next no nobody
    none nor not nothing now nowhere of off often on once one only onto or other others otherwise our ours ourselves out
    over own part per perhaps please put quite rather really same see seem seemed seems several she should show since
    so some somehow someone something sometime sometimes somewhere still such take than that the their theirs them
    themselves then thence there thereby therefore therein these they this those though through throughout thus to
    together too toward towards under unless until up upon us very via was we well were what whatever when whence
    whenever where whereas whereby wherein wherever whether which while who whoever whole whom whose why will with
    within without would yet you your yours yourself yourselves
    """.split()
)


def title_of(paper: Paper) -> str:
    """Return the title as plain text."""
    return to_plain(paper.title)


def short_text(paper: Paper, digest_language: str) -> str:
    """Return title, one-sentence summary and keywords in ``digest_language``, a line each."""
    return "\n".join((title_of(paper), to_plain(in_digest_language(paper.tldr, digest_language)), *paper.keywords))


class ComparedTexts(NamedTuple):
    """The texts of a paper for comparison with others, in one language. They contain markup."""

    title: str
    tldr: str
    summary: str
    keywords: tuple[str, ...]


def compared_texts(paper: Paper, digest_language: str) -> ComparedTexts:
    """Return the texts of ``paper`` in ``digest_language``."""
    return ComparedTexts(
        title=paper.title,
        tldr=in_digest_language(paper.tldr, digest_language),
        summary=in_digest_language(paper.summary, digest_language),
        keywords=paper.keywords,
    )


def whole_text(texts: ComparedTexts) -> str:
    """Return all texts of a paper as one plain text. It has the title twice, because its words matter most."""
    title = to_plain(texts.title)
    return "\n".join((title, title, to_plain(texts.tldr), prose_plain(texts.summary), *texts.keywords))


ROW_LENGTH = 1 << 12
"""The length of a row as a vector."""
_WORD = re.compile(r"[^\W\d_][\w-]{2,}")  # words of three characters or more that begin with a letter: ``t-5``
_ONCE = 1024  # the term frequency of a word that occurs once; a word that occurs e times as often has _ONCE more
# Inverse document frequency (IDF): that of a word in nearly all texts, and what each halving of its texts adds.
_BASE_IDF, _IDF_PER_HALVING = 10, 7
# Words in more than an eighth of the texts are too common to be useful. With rounding, the limit is up to a quarter.
_MIN_HALVINGS = 3
_FEW_TEXTS = 20  # among so few, no word is too common

Counts = Mapping[str, int]
"""How often each word occurs in a text, in the order of the text."""

Row = Mapping[str, int]
"""The weights of the words of a text."""


def words_of(text: str) -> Counts:
    """Count the words in ``text``, except common words."""
    counts = Counter(map(intern, _WORD.findall(text.lower())))  # interned words are compared by identity
    for word in COMMON_WORDS & counts.keys():
        del counts[word]
    return counts


def idf_by_word(counts: Iterable[Counts], text_count: int) -> dict[str, int]:
    """Return the IDF of each word, given the counts of each text and the number of texts."""
    return {word: _idf(number, text_count) for word, number in _document_frequencies(counts).items()}


def shared_idf_by_word(counts: Iterable[Counts], text_count: int) -> dict[str, int]:
    """Return the IDF of each word that is in several texts, but is not too common (``_MIN_HALVINGS``)."""
    minimum = _BASE_IDF + _IDF_PER_HALVING * _MIN_HALVINGS if text_count > _FEW_TEXTS else 0
    return {
        word: idf
        for word, number in _document_frequencies(counts).items()
        if number > 1 and (idf := _idf(number, text_count)) >= minimum
    }


def row_of(counts: Counts, idf: Mapping[str, int]) -> Row:
    """Return the row of a text: words weighted by ``idf``, scaled to ``ROW_LENGTH``, without words that lack an IDF."""
    weights = {word: _term_frequency(count) * idf[word] for word, count in counts.items() if word in idf}
    length = math.isqrt(sum(map(mul, weights.values(), weights.values()))) or 1
    return {word: weight * ROW_LENGTH // length for word, weight in weights.items()}


def _document_frequencies(counts: Iterable[Counts]) -> Counter[str]:
    """Return the number of texts in which each word occurs."""
    frequencies: Counter[str] = Counter()
    for words in counts:
        frequencies.update(words.keys())
    return frequencies


def _idf(number: int, text_count: int) -> int:
    """Return the IDF of a word in ``number`` of ``text_count`` texts. Bit lengths are rounded binary logarithms."""
    return _BASE_IDF + _IDF_PER_HALVING * (text_count.bit_length() - number.bit_length())


@cache
def _term_frequency(count: int) -> int:
    return round(_ONCE * (1 + math.log(count)))
