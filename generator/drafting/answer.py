"""The schema of a model's answer: the texts of a draft as sentences, each with passages from the source."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

FIELDS = ("tldr", "summary", "significance", "limitations")
"""The fields of a text, in the order of an entry."""
NOT_STATED = "not stated"
"""The sentence for a field about which the source says nothing. It needs no evidence."""


# The docstrings and descriptions below are part of the JSON schema that the model receives. The key of a journaled
# request is the hash of its body, so after an edit no stored response is found.
class _FrozenModel(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Claim(_FrozenModel):
    """One sentence of ours, and what it rests on."""

    text: Annotated[str, Field(description="One sentence in plain language, in your own words.", max_length=1000)]
    evidence: Annotated[
        tuple[str, ...],
        Field(
            description="One to three passages, copied from the source word for word, that show the sentence.",
            max_length=5,
        ),
    ]

    @property
    def is_not_stated(self) -> bool:
        """Whether the sentence is ``NOT_STATED``."""
        return self.text.strip().rstrip(".").lower() == NOT_STATED


class Text(_FrozenModel):
    """The texts in one language."""

    language: Annotated[str, Field(description="The code of the language: en or de.", max_length=3)]
    tldr: Claim
    summary: Annotated[
        tuple[tuple[Claim, ...], ...], Field(description="Two or three paragraphs of sentences.", max_length=6)
    ]
    significance: Annotated[tuple[Claim, ...], Field(description="One to three sentences.", max_length=8)]
    limitations: Annotated[
        tuple[Claim, ...], Field(description=f"One to three sentences, or '{NOT_STATED}'.", max_length=8)
    ]

    def paragraphs(self, field: str) -> tuple[tuple[Claim, ...], ...]:
        """The sentences of a field, by paragraph."""
        match field:
            case "tldr":
                return ((self.tldr,),)
            case "summary":
                return self.summary
            case "significance":
                return (self.significance,)
            case _:
                return (self.limitations,)

    def claims(self, field: str) -> Iterator[Claim]:
        """The sentences of a field."""
        for paragraph in self.paragraphs(field):
            yield from paragraph


class Answer(_FrozenModel):
    """A whole answer."""

    texts: Annotated[tuple[Text, ...], Field(description="One for each language that is asked for.", max_length=10)]
    topics: Annotated[tuple[str, ...], Field(description="One to four ids of topics.", max_length=20)] = ()
    tags: Annotated[tuple[str, ...], Field(description="Two to five ids of tags.", max_length=20)] = ()
    asked_as: Annotated[
        tuple[str, ...],
        Field(description="Three to five phrases by which somebody looks for it without its words.", max_length=10),
    ] = ()


Paragraphs = tuple[tuple[Claim, ...], ...]
"""The sentences of a field, by paragraph."""


def join_sentences(paragraphs: Paragraphs) -> str:
    """Join sentences into the text of a field, with an empty line between paragraphs."""
    return "\n\n".join(" ".join(claim.text.strip() for claim in paragraph) for paragraph in paragraphs if paragraph)
