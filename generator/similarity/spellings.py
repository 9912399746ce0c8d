"""Texts that are nearly the same: found through their rarest words, so that not every pair has to be compared."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

_STEM = 5  # first letters of a word, so that endings and most slips stay without effect
_RAREST = 4
SHARED_MOST = 200  # texts that share a stem; a commoner one says nothing of a spelling


class Pair(NamedTuple):
    """Two texts, by their places in the sequence, ``first`` before ``second``, and how alike they are (0 to 100)."""

    first: int
    second: int
    likeness: float


def near_pairs(texts: Sequence[str], least: float) -> Iterator[Pair]:
    """The pairs of ``texts`` that are at least ``least`` alike, in order of place. Case counts.

    Two texts are compared if one of the rarest words of either begins like a word of the other.
    """
    stems = [list(dict.fromkeys(word[:_STEM] for word in text.split())) for text in texts]
    count = Counter(stem for held in stems for stem in held)
    holders: dict[str, list[int]] = defaultdict(list)
    for place, held in enumerate(stems):
        for stem in held:
            if count[stem] <= SHARED_MOST:
                holders[stem].append(place)
    compared = {
        (min(place, other), max(place, other))
        for place, held in enumerate(stems)
        for stem in sorted(held, key=lambda each: (count[each], each))[:_RAREST]
        for other in holders.get(stem, ())
        if other != place
    }
    for first, second in sorted(compared):
        if likeness := fuzz.ratio(texts[first], texts[second], score_cutoff=least):
            yield Pair(first, second, likeness)
