"""Create a draft: ask a model, check the answer, and ask once more about the fields that failed.

Fields that fail again stay empty. Any model with an OpenAI-compatible API can be used.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from generator.drafting.answer import FIELDS, Answer, Paragraphs, Text, join_sentences
from generator.drafting.gates import VERSION, Context, FieldKey, answer_faults
from generator.drafting.prompt import Prompt, question, repeated_question
from generator.model.paper import Paper

Ask = Callable[[str, str], Answer]
"""A function that sends instructions and a question to a model and returns the answer."""
_RETRIES = 2  # further requests if an answer does not match the schema


@dataclass(frozen=True)
class Draft:
    """The draft of a paper: the texts (by language and field) and lists of values that passed the gates.

    ``asked_as`` are search phrases of readers who do not know the paper's terms. ``failed`` contains the reasons why
    fields did not pass. ``rewritten`` is true if the model was asked a second time about failed fields.
    """

    texts: Mapping[str, Mapping[str, Paragraphs]]
    topics: tuple[str, ...]
    tags: tuple[str, ...]
    asked_as: tuple[str, ...]
    failed: Mapping[FieldKey, tuple[str, ...]]
    rewritten: bool

    def localized(self, field: str) -> dict[str, str]:
        """Return a field's text in each language in which it passed."""
        return {language: join_sentences(fields[field]) for language, fields in self.texts.items() if field in fields}

    @property
    def gates(self) -> str:
        """The result of the gates, as a line for the entry."""
        fields = [(language, field) for language, field in self.failed if language]  # lists have no language
        if not fields:
            return f"passed (gates {VERSION})"
        empty = ", ".join(f"{field} ({language})" for language, field in sorted(fields))
        return f"left empty: {empty} (gates {VERSION})"


def draft(paper: Paper, prompt: Prompt, context: Context, ask: Ask) -> Draft:
    """Draft the texts of a paper. Raises the exceptions of ``ask``."""
    first_question = question(paper, context.source)
    answer = ask(prompt.text, first_question)
    faults = answer_faults(answer, context)
    rewritten = bool(faults)
    if faults:
        second_answer = ask(prompt.text, repeated_question(first_question, answer, faults))
        answer = _replace_failed(answer, second_answer, faults)
        faults = answer_faults(answer, context)
    return Draft(
        texts={language: dict(_passed_fields(text, faults)) for language, text in _by_language(answer, context)},
        topics=() if ("", "topics") in faults else answer.topics,
        tags=() if ("", "tags") in faults else answer.tags,
        asked_as=() if ("", "asked_as") in faults else answer.asked_as,
        failed={key: tuple(reasons) for key, reasons in faults.items()},
        rewritten=rewritten,
    )


def _by_language(answer: Answer, context: Context) -> Iterator[tuple[str, Text]]:
    """Yield the requested languages in their order, each with its text, if the answer has one."""
    texts = {text.language: text for text in answer.texts}
    return ((language, texts[language]) for language in context.languages if language in texts)


def _passed_fields(text: Text, faults: Mapping[FieldKey, list[str]]) -> Iterator[tuple[str, Paragraphs]]:
    """Yield name and paragraphs of each field without faults."""
    for field in FIELDS:
        if (text.language, field) not in faults:
            yield field, text.paragraphs(field)


def _replace_failed(answer: Answer, second_answer: Answer, faults: Mapping[FieldKey, list[str]]) -> Answer:
    """Return the first answer, with the failed fields replaced by those of the second."""
    texts = {text.language: text for text in answer.texts}
    for text in second_answer.texts:
        first = texts.get(text.language, text)
        replacements = {field: getattr(text, field) for language, field in faults if language == text.language}
        texts[text.language] = first.model_copy(update=replacements)
    lists = {field: getattr(second_answer, field) for language, field in faults if not language}
    return answer.model_copy(update={"texts": tuple(texts.values()), **lists})


class NoAnswer(Exception):
    """The model gave no answer that matches the schema. The message gives the reason."""


@dataclass(frozen=True)
class Model:
    """A model: its name, the URL of its API, the API key, and the maximum number of tokens in an answer."""

    name: str
    url: str
    key: str
    max_tokens: int = 6000


@contextmanager
def connect(model: Model, http_client: Any) -> Iterator[Ask]:
    """Provide a function that asks the model through ``http_client``.

    The function raises NoAnswer. Its cause may be an exception of the client.
    """
    from openai import AsyncOpenAI  # the extra ``draft``
    from pydantic_ai import Agent, NativeOutput
    from pydantic_ai.exceptions import AgentRunError, UserError
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.providers.openai import OpenAIProvider
    from pydantic_ai.settings import ModelSettings

    # ``http_client`` journals and retries requests, so the library must not retry them. Local servers need no key, but
    # the library requires one.
    client = AsyncOpenAI(base_url=model.url, api_key=model.key or "none", max_retries=0, http_client=http_client)
    chat = OpenAIChatModel(model.name, provider=OpenAIProvider(openai_client=client))

    def ask(instructions: str, question: str) -> Answer:
        agent = Agent(
            chat,
            output_type=NativeOutput(Answer),
            instructions=instructions,
            retries=_RETRIES,
            model_settings=ModelSettings(max_tokens=model.max_tokens, temperature=0),
        )
        try:
            return runner.run(agent.run(question)).output
        except (AgentRunError, UserError) as error:
            raise NoAnswer(str(error).partition("\n")[0][:300]) from error

    with asyncio.Runner() as runner:
        yield ask
