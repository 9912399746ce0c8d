"""Why papers are related: only by what a reader accepts as a reason."""

import pytest

from generator.pages.reasons import Reason, Subject, reason

CATS = Subject(
    title="Cats that sort",
    tldr="Cats sort by graph neural networks.",
    keywords=("sorting",),
    topics=(("cats", "Cats"), ("animals", "Animals")),
    methods=(("lora", "LoRA"),),
    people=(("ada", "Ada Lovelace"),),
)
STRANGERS = Subject("Dogs", "Dogs fetch.", (), (("dogs", "Dogs"),), (), (("bob", "Bob"),))


@pytest.mark.parametrize(
    ("theirs", "words", "expected"),
    [
        (STRANGERS._replace(tldr="Dogs fetch raw and deep."), ("raw", "deep"), None),
        (STRANGERS._replace(topics=CATS.topics), ("raw",), None),
        (STRANGERS._replace(title="Sorting", topics=CATS.topics), ("sorts", "sorting"), ("Cats", "", ("sorting",))),
        (STRANGERS._replace(topics=CATS.topics, methods=CATS.methods), (), ("Cats", "LoRA", ())),
        (STRANGERS._replace(tldr="Graph networks fetch."), ("graph",), None),
        (STRANGERS._replace(tldr="By graph neural networks."), ("graph",), ("", "", ("graph neural",))),
    ],
)
def test_a_reason_is_a_topic_a_method_or_a_phrase(
    theirs: Subject, words: tuple[str, ...], expected: tuple[str, str, tuple[str, ...]] | None
) -> None:
    shown_reason = reason(CATS, theirs, words)
    if expected is None:
        assert shown_reason is None
    else:
        assert shown_reason is not None
        assert (" ".join(shown_reason.topics), " ".join(shown_reason.methods), shown_reason.terms) == expected


def test_people_are_reason_enough() -> None:
    assert reason(CATS, STRANGERS._replace(people=CATS.people), ()) == Reason(("Ada Lovelace",), (), (), ())


def test_terms_in_the_name_of_a_topic_are_not_repeated() -> None:
    theirs = STRANGERS._replace(title="Sorting", keywords=("cats",), topics=CATS.topics)
    shown_reason = reason(CATS, theirs, ("cats", "sorting"))
    assert shown_reason is not None
    assert shown_reason.terms == ("sorting",)
