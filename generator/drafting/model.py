"""A model behind an OpenAI-compatible API, as a function from instructions and a question to a typed answer."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from generator.drafting.answer import Answer
from generator.drafting.drafter import Ask

_RETRIES = 2  # for answers that do not match the schema


class NoAnswer(Exception):
    """The model gave no answer that matches the schema. The message gives the reason."""


@dataclass(frozen=True)
class Model:
    """A model: its name, the address of its API, the API key, and the maximum number of tokens in an answer."""

    name: str
    url: str
    key: str
    most_tokens: int = 6000


@contextmanager
def asking(model: Model, http_client: Any) -> Iterator[Ask]:
    """Provide a function that asks the model through ``http_client``. Exceptions of the client are kept as causes."""
    from openai import AsyncOpenAI  # the extra ``draft``
    from pydantic_ai import Agent, NativeOutput
    from pydantic_ai.exceptions import AgentRunError, UserError
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.providers.openai import OpenAIProvider
    from pydantic_ai.settings import ModelSettings

    # The transport journals and repeats requests, so the library must not. Local servers need no key, but the library
    # wants one.
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
