"""A model behind an interface like OpenAI's, as a function from instructions and a question to a typed answer."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from generator.drafting.answer import Answer
from generator.drafting.drafter import Ask

_RETRIES = 2  # answers that do not have the form that was asked for


class NoAnswer(Exception):
    """The model gave no answer of the form that was asked for. The message says why."""


@dataclass(frozen=True)
class Model:
    """A model: its name, the address of its interface, the key that the server wants, and tokens of an answer."""

    name: str
    url: str
    key: str
    most_tokens: int = 6000


@contextmanager
def asking(model: Model, http_client: Any) -> Iterator[Ask]:
    """A function that asks the model through ``http_client``. What the client raises is passed on as its cause."""
    from openai import AsyncOpenAI  # the extra ``draft``
    from pydantic_ai import Agent, NativeOutput
    from pydantic_ai.exceptions import AgentRunError, UserError
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.providers.openai import OpenAIProvider
    from pydantic_ai.settings import ModelSettings

    client = AsyncOpenAI(base_url=model.url, api_key=model.key or "none", max_retries=0, http_client=http_client)
    chat = OpenAIChatModel(model.name, provider=OpenAIProvider(openai_client=client))

    def ask(instructions: str, question: str) -> Answer:
        agent = Agent(
            chat,
            output_type=NativeOutput(Answer),
            instructions=instructions,
            retries=_RETRIES,
            model_settings=ModelSettings(max_tokens=model.most_tokens, temperature=0),
        )
        try:
            return runner.run(agent.run(question)).output
        except (AgentRunError, UserError) as error:
            raise NoAnswer(str(error).partition("\n")[0][:300]) from error

    with asyncio.Runner() as runner:
        yield ask
