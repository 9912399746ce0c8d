"""The house style, as far as a machine sees it: each warning has a text that earns it and one that does not."""

import json
from pathlib import Path

import pytest

from generator.commands.check import style_of
from generator.model.faults import FAULTS
from generator.store.load import load
from generator.text import style
from tests.conftest import ROOT

CASES = json.loads((ROOT / "tests/cases/style.json").read_text("utf-8"))
SUMMARY = (
    "Everybody knows that cats sleep a lot, but few have counted the hours. Owners are at work when their cats are "
    "awake, and cameras miss what happens under the sofa. So the usual figures are guesses of a kind.\n\n"
    "A small sensor on the collar, the cat sleep meter (CSM), tells rest from movement. It was worn for a month in "
    "forty homes. The answer is two thirds of the day, with little difference between young cats and old ones. "
    "What did matter was the weather: on a day of rain, cats slept for a whole hour longer than they did on a dry one."
)
GOOD = {
    "tldr": "Cats spend two thirds of the day asleep, and an hour more when it rains.",
    "summary": SUMMARY,
    "significance": "Those who live with a cat need not worry when it sleeps all day, and vets gain a plain measure "
    "to compare a patient with.",
    "limitations": "All forty homes stand in one rainy town, and no cat lived outdoors, so other cats may sleep less.",
}  # fmt: skip

WRITER = {"kind": "ai", "model": "Toy", "date": "2025-05-02"}


def _warnings(content: Path, texts: dict[str, str], keywords: str = "", by: object = WRITER) -> list[str]:
    entry: dict[str, object] = {
        "title": "How cats sleep",
        "authors": ["Ada Byron"],
        "venue": "conf-2025",
        "topics": ["cats"],
        **texts,
    }
    entry["summary_by"] = by
    lines = [f"{field}: {json.dumps(value)}" for field, value in {**entry, "added": "2025-05-02"}.items() if value]
    (content / "papers/conf-2025/byron2025how.yaml").write_text("\n".join(lines) + f"\n{keywords}", "utf-8")
    problems = [problem for problem in style_of(load(content)) if problem.path.endswith("byron2025how.yaml")]
    assert all(problem.hint and not problem.is_error for problem in problems)
    return [f"{problem.code} {problem.message}" for problem in problems]


def test_texts_in_the_house_style_have_no_warning(content: Path) -> None:
    assert _warnings(content, GOOD) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_text_with_one_fault_has_its_warning_only(content: Path, case: dict[str, str]) -> None:
    assert _warnings(content, {**GOOD, case["field"]: case["bad"]}) == [case["message"]]


def test_every_warning_has_a_case() -> None:
    of_writers = {"W408", "W409"}
    assert {case["message"].split()[0] for case in CASES} == {c for c in FAULTS if c.startswith("W4")} - of_writers


def test_the_writer_is_named(content: Path) -> None:
    assert _warnings(content, GOOD, by=None) == ["W408 the entry does not state who wrote the texts"]
    assert _warnings(content, GOOD, by={"kind": "ai", "date": "2025-05-02"}) == ["W409 the model is not named"]
    assert _warnings(content, GOOD, by={"kind": "ai-edited", "model": "Toy"}) == ["W409 the day is not named"]
    assert _warnings(content, GOOD, by={"kind": "human"}) == []


def test_a_language_is_complete(content: Path) -> None:
    german = {**GOOD, "tldr": {"en": GOOD["tldr"], "de": "Katzen verbringen zwei Drittel des Tages im Schlaf."}}
    missing = _warnings(content, german)  # type: ignore[arg-type]
    assert missing == [
        "W401 not written yet: summary (de), summary (en), significance (de), significance (en), limitations (de), "
        "limitations (en)"
    ]


@pytest.mark.parametrize("keywords", ["keywords: [PCM]\n", "other_titles: [The PCM in forty homes]\n"])
def test_a_name_needs_no_explanation(content: Path, keywords: str) -> None:
    case = next(case for case in CASES if case["name"] == "acronym")
    assert _warnings(content, {**GOOD, "significance": case["bad"]}, keywords) == []


@pytest.mark.parametrize(
    "text",
    [
        "the cat sleep meter (CSM) counts", "the CSM (cat sleep meter) counts", "the CSM, a meter of sleep, counts",
        "CSM, short for cat sleep meter", "a sensor called CSM", "ein Sensor namens CSM", "$CSM$", "CSM-2", r"$\mu$CSM",
    ],
)  # fmt: skip
def test_an_acronym_is_explained_in_several_ways(text: str) -> None:
    assert style.unexplained_acronyms([text], ()) == []


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("It ends.", True), ("It ends", False), ("One. Two.", False), ("It beats Dr. GRPO by 3.5 points.", True),
        ("The method OMG! is fast.", True), ("It grew by 3%. So it did.", False), ("", False),
    ],
)  # fmt: skip
def test_one_sentence(text: str, whole: bool) -> None:
    assert style.is_one_sentence(text) is whole


@pytest.mark.parametrize(
    ("text", "language", "is_verb"),
    [
        ("A study of cats.", "en", False), ("Cats trained on images of dogs.", "en", False),
        ("Cats prefer dogs.", "en", True), ("One rule governs cats.", "en", True), ("Dogs carry cats.", "en", True),
        ("Eine Studie über Katzen.", "de", False), ("Katzen brauchen Hunde.", "de", True),
        ("Katzen brauchen Hunde.", "", True), ("Un étude des chats.", "fr", True), ("$is$ cats", "en", False),
    ],
)  # fmt: skip
def test_verbs_are_recognized_in_each_language(text: str, language: str, is_verb: bool) -> None:
    assert style.has_verb(text, language) is is_verb


def test_stock_phrases_are_those_of_the_language() -> None:
    assert style.stock_phrases("In dieser Arbeit zeigen wir", "de") == ["In dieser Arbeit", "wir"]
    assert style.stock_phrases("In dieser Arbeit zeigen wir", "en") == []
    assert style.stock_phrases("In dieser Arbeit: our cats", "") == ["our", "In dieser Arbeit"]
    assert style.stock_phrases("Howe, hourly, innovel", "en") == []


def test_formulas_and_paragraphs_are_counted_as_readers_do() -> None:
    assert style.count_words("It costs $O(n \\log n)$ steps.") == 4
    assert style.count_paragraphs("one\nmore\n\n  \n\ntwo\n") == 2
