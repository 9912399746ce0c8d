"""The state of a review: a verdict on each sentence, and what is written into the entry."""

from pathlib import Path

from tests.support.drafts import begin_review, entry_fields, saved_evidence


def test_an_edited_sentence_that_is_then_accepted_stays_edited(drafted: Path) -> None:
    review = begin_review(drafted)
    first = review.evidence.positions()[0]
    review.decide(first, "edit", "Kites need no strings.")
    review.decide(first, "accept")
    assert review.evidence.sentence(first).verdict == "edit"


def test_each_verdict_is_saved_at_once(drafted: Path) -> None:
    review = begin_review(drafted)
    first, second, *_ = review.open_positions
    review.decide(first, "accept")
    assert saved_evidence().sentence(first).verdict == "accept"
    assert begin_review(drafted).open_positions[0] == second


def test_an_edited_sentence_gets_the_remarks_of_the_gates(drafted: Path) -> None:
    review = begin_review(drafted)
    first = review.open_positions[0]
    assert review.decide(first, "edit", "Of all kites, 77% fly.") == ["the evidence does not state “77%”"]
    assert review.evidence.sentence(first).verdict == "edit", "a remark does not refuse the text"
    assert review.decide(first, "edit", " ") == ["there is no new text; to leave a sentence out, reject it"]


def test_rejected_sentences_are_left_out_of_the_entry(drafted: Path) -> None:
    review = begin_review(drafted)
    for position in review.open_positions:
        review.decide(position, "reject" if position[1] in ("tldr", "limitations") else "accept")
    message = review.finish(confirmed=True)
    fields = entry_fields(drafted)
    assert "tldr" not in fields
    assert "limitations" not in fields
    assert "summary" in fields
    assert (fields["summary_by"]["kind"], fields["summary_by"]["reviewed_by"]) == ("ai-edited", "Ada Byron")
    assert "empty: tldr (en), tldr (de), limitations (en), limitations (de)" in message


def test_an_unconfirmed_review_removes_the_reviewer_of_an_earlier_one(drafted: Path) -> None:
    review = begin_review(drafted)
    for position in review.open_positions:
        review.decide(position, "accept")
    review.finish(confirmed=True)
    assert entry_fields(drafted)["summary_by"]["reviewed_by"] == "Ada Byron"
    second = begin_review(drafted, by="Zhu Li")
    second.decide(second.evidence.positions()[0], "edit", "Kites need no strings.")
    second.finish(confirmed=False)
    assert not {"reviewed_by", "review"} & entry_fields(drafted)["summary_by"].keys()
