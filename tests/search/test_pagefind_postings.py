"""Postings of words, read from parts and joined."""

from typing import Any

import cbor2

from generator.search.pagefind_postings import join_postings, words_in

_WORDS: list[Any] = [
    ["few", [[3, [-25, 7, 9, 2], [-3, 0]], [300, [-25, 70_000], []]], []],
    [
        "many",
        [[2, [-25, 3, 4, 9], [-3, 0]], [1, [-25, 700], []], *[[1, [-25, 4, 900], [-3, 0, 2, -2, 9]]] * 40],
        [["mány", [[8, [5], []]]]],
    ],
    ["máximo", [], [["maximo", [[0, [-1, 5], []]]]]],
]


def test_joined_postings_are_those_of_the_parts_with_new_first_steps() -> None:
    few, many, without = words_in(cbor2.dumps([_WORDS]))
    twice = cbor2.loads(join_postings([(0, few.papers), (1000, few.papers)], reduced=False))
    assert twice == [*_WORDS[0][1], [700, [-25, 7, 9, 2], [-3, 0]], [300, [-25, 70_000], []]]
    assert cbor2.loads(join_postings([(0, many.papers)], reduced=False)) == _WORDS[1][1]
    assert cbor2.loads(join_postings([(5, many.variants[0][1])], reduced=False)) == [[13, [5], []]]
    assert cbor2.loads(join_postings([(0, without.papers)], reduced=False)) == []


def test_reduced_postings_have_the_first_position_only() -> None:
    """A negative number is the weight of the positions after it, and stays. Without fields, the position is 0."""
    few, many, _ = words_in(cbor2.dumps([_WORDS]))
    reduced = cbor2.loads(join_postings([(0, many.papers)], reduced=True))
    assert reduced[:3] == [[2, [-25, 3], [-3, 0]], [1, [-25, 0], []], [1, [-25, 4], [-3, 0, 2, -2, 9]]]
    assert few.papers.reduced is None
