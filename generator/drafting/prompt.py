"""The instructions for a model, rendered from a template, and the questions to it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from generator.build.safe_files import read_at_most
from generator.drafting.answer import Answer
from generator.drafting.gates import FieldKey
from generator.drafting.source_text import SourceText
from generator.model.paper import Paper

TEMPLATE = "prompts/draft.md.j2"
"""The path of the instructions in the content folder."""
_MAX_TEMPLATE_SIZE = 1024 * 1024  # bytes
_LANGUAGES = {"en": "English (en)", "de": "German (de)"}
Vocabulary = Sequence[tuple[str, str]]
"""Pairs of an id and its meaning."""


class BadPrompt(Exception):
    """The file of the instructions is not a valid template. The message gives the reason."""


@dataclass(frozen=True)
class Prompt:
    """The rendered instructions, and the beginning of the SHA-256 hash of their template."""

    text: str
    short_hash: str


def read_template(content: Path) -> str:
    """Return the template of the instructions: the digest's own, else that of the generator. Raises BadPrompt."""
    # An installed package contains the template. A checkout has it only in its content folder.
    package = Path(__file__).parents[1]
    candidates = (content / TEMPLATE, package / "drafting/draft.md.j2", package.parent / "content" / TEMPLATE)
    path = next(path for path in candidates if path.is_file())
    try:
        if path.is_symlink() or path.parent.is_symlink():
            raise BadPrompt(f"{TEMPLATE}: a symbolic link, which is not followed")
        return read_at_most(path, _MAX_TEMPLATE_SIZE).decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadPrompt(f"{TEMPLATE}: {error}") from None


def render_prompt(template: str, languages: Sequence[str], topics: Vocabulary, tags: Vocabulary) -> Prompt:
    """Render a template of instructions. Raises BadPrompt."""
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    language_names = [_LANGUAGES.get(language, language) for language in languages]
    try:
        text = environment.from_string(template).render(languages=language_names, topics=topics, tags=tags)
    except Exception as error:  # noqa: BLE001  # any error is a fault of the template
        raise BadPrompt(f"{TEMPLATE}: {type(error).__name__}: {error}") from None
    # The hash identifies the template, so it stays the same when topics or tags are added.
    return Prompt(text, hashlib.sha256(template.encode()).hexdigest()[:16])


def question(paper: Paper, source: SourceText) -> str:
    """Return the question about a paper. The source is enclosed in delimiters that it cannot contain."""
    # A text cannot contain its own hash, so no sentence in it can end the quotation early.
    delimiter = hashlib.sha256(source.text.encode()).hexdigest()[:12]
    return (
        f"Title: {paper.title}\n"
        f"The source is the paper's {source.what}, between the marks <{delimiter}> and </{delimiter}>.\n\n"
        f"<{delimiter}>\n{source.text}\n</{delimiter}>"
    )


def repeated_question(first_question: str, answer: Answer, faults: Mapping[FieldKey, Sequence[str]]) -> str:
    """Return the question with the first answer and the reasons why some of its fields failed.

    ``faults`` contains the reasons by language and field.
    """
    lines = [f"- {' '.join(filter(None, key))}: {'; '.join(reasons)}" for key, reasons in sorted(faults.items())]
    first_answer = json.dumps(answer.model_dump(mode="json"), ensure_ascii=False)
    return (
        f"{first_question}\n\nYour answer was:\n{first_answer}\n\nThese fields fail the checks. Answer again in whole, "
        "with these fields written anew and the others as they are:\n" + "\n".join(lines)
    )
