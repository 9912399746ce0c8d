"""Find nearly equal texts through their rarest words, without comparing all pairs."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

_STEM = 5  # first letters of a word; endings and most typing errors have no effect
_RAREST = 4
SHARED_MOST = 200  # texts per stem; more common stems are ignored, which bounds the number of pairs


class Pair(NamedTuple):
    """Two texts by their indexes, ``first`` before ``second``, and their similarity (0 to 100)."""

    first: int
    second: int
    likeness: float


def near_pairs(texts: Sequence[str], least: float) -> Iterator[Pair]:
    """Yield the pairs of ``texts`` with a similarity of at least ``least``, in order of index. Case matters.

    Two texts are compared if one of the rarest words of either has the stem of a word of the other.
    """
    stems = [list(dict.fromkeys(word[:_STEM] for word in text.split())) for text in texts]
    count = Counter(stem for text_stems in stems for stem in text_stems)
    holders: dict[str, list[int]] = defaultdict(list)
    for place, text_stems in enumerate(stems):
        for stem in text_stems:
            if count[stem] <= SHARED_MOST:
                holders[stem].append(place)
    compared = {
        (min(place, other), max(place, other))
        for place, text_stems in enumerate(stems)
        for stem in sorted(text_stems, key=lambda stem: (count[stem], stem))[:_RAREST]
        for other in holders.get(stem, ())
        if other != place
    }
    for first, second in sorted(compared):
        if likeness := fuzz.ratio(texts[first], texts[second], score_cutoff=least):
            yield Pair(first, second, likeness)
