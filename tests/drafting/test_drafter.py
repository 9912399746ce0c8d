"""A draft: one question, a second one about the fields that failed, and an answer by an API."""

import json
from datetime import date
from pathlib import Path

from generator.drafting.answer import Answer
from generator.drafting.drafter import Ask, draft
from generator.drafting.prompt import Prompt
from generator.model.paper import Paper
from tests.drafting.test_gates import CONTEXT, asking, make_answer
from tools.model_server import Reply, model_server


def test_a_request_has_model_instructions_and_schema(tmp_path: Path) -> None:
    answer = make_answer()
    with model_server(lambda _: Reply(answer.model_dump_json())) as server, asking(server, tmp_path) as ask:
        limited: Ask = ask
        assert limited("Be brief.", "What?") == answer
    (request,) = server.requests
    assert request["model"] == "toy"
    assert request["response_format"]["type"] == "json_schema"
    assert server.authorizations == ["Bearer key"]
    assert "Be brief." in json.dumps(request["messages"])


def _ask_with(*answers: Answer) -> tuple[Ask, list[str]]:
    """A model that gives these answers, and the questions that it gets."""
    remaining, questions = list(answers), []

    def ask(_: str, question: str) -> Answer:
        questions.append(question)
        return remaining.pop(0)

    return ask, questions


BAD = {"text": "Kites fly for 77 hours.", "evidence": ["kites"]}
PAPER = Paper(id="byron2025kites", title="Kites", venue="conf-2025", topics=(), added=date(2025, 5, 2))
PROMPT = Prompt("Be brief.", "0" * 16)


def test_a_good_answer_needs_one_question() -> None:
    ask, questions = _ask_with(make_answer())
    result = draft(PAPER, PROMPT, CONTEXT, ask)
    assert (len(questions), result.rewritten, result.failed) == (1, False, {})
    assert set(result.localized("tldr")) == {"en", "de"}
    assert result.gates == "passed (gates 1)"


def test_only_fields_that_failed_are_replaced() -> None:
    first, second = make_answer(en={"tldr": BAD}), make_answer(en={"significance": [BAD]})
    ask, questions = _ask_with(first, second)
    result = draft(PAPER, PROMPT, CONTEXT, ask)
    assert (result.failed, result.rewritten) == ({}, True)
    assert result.texts["en"]["significance"] == first.texts[0].paragraphs("significance")
    assert "en tldr: " in questions[1]
    assert "77 hours" in questions[1], "the second question quotes the first answer"


def test_a_field_that_fails_twice_stays_empty() -> None:
    bad = make_answer(en={"tldr": BAD}, topics=["no-topic"])
    ask, questions = _ask_with(bad, bad)
    result = draft(PAPER, PROMPT, CONTEXT, ask)
    assert len(questions) == 2
    assert set(result.localized("tldr")) == {"de"}
    assert result.topics == ()
    assert set(result.failed) == {("en", "tldr"), ("", "topics")}
    assert result.gates == "left empty: tldr (en) (gates 1)"
