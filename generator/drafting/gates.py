"""The gates of a draft: deterministic checks for each sentence. If a sentence fails, its field stays empty.

They compare words, numbers, units, names and languages. Whether a sentence is true is for a person to decide.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.drafting.answer import FIELDS, Answer, Claim, Text, join_sentences
from generator.drafting.source_text import SourceText
from generator.text import style
from generator.text.claims import (
    language_of,
    names,
    quantities,
    shared_runs,
    unsupported_names,
    unsupported_numbers,
)
from generator.text.slug import folded

VERSION = "1"  # recorded in entries beside the result, so a new rule needs a new number
_MIN_PASSAGE = 15  # characters; shorter passages occur everywhere and prove nothing
# The minimum and maximum number of words of each field.
_WORD_LIMITS = {"tldr": (6, 35), "summary": (80, 160), "significance": (20, 60), "limitations": (2, 50)}
_SENTENCE_END_MARK = re.compile(r"[.!?…][\"”’)\]]*$")
# Web addresses, HTML tags, Markdown links, list items, headings and quotations, and blocks of code.
_MARKUP = re.compile(r"https?://|</?[a-z]|\]\(|^\s*[-*#>]\s|```", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True)
class Context:
    """What a draft is checked against.

    ``known`` is a text whose words need no evidence (title, keywords). ``topics`` and ``tags`` are the valid ids.
    """

    source: SourceText
    known: str
    languages: tuple[str, ...]
    topics: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()


FieldKey = tuple[str, str]
"""A language and a field. The language is '' for lists, which have none."""


def answer_faults(answer: Answer, context: Context) -> dict[FieldKey, list[str]]:
    """Return the reasons why fields fail, as text for the model and for a person. Fields that pass are missing."""
    faults: dict[FieldKey, list[str]] = {}
    texts = {text.language: text for text in answer.texts}
    for language in context.languages:
        for field in FIELDS:
            if reasons := list(_field_faults(texts.get(language), language, field, context)):
                faults[language, field] = reasons
    # Languages are compared last: a field that already failed would fail again for the same reason.
    for key, reasons in _language_faults(texts, context.languages, faults):
        faults.setdefault(key, []).extend(reasons)
    for field, reason in _list_faults(answer, context):
        faults.setdefault(("", field), []).append(reason)
    return faults


def sentence_faults(claim: Claim, language: str, context: Context) -> Iterator[str]:
    """Yield the reasons why a sentence fails."""
    if claim.is_not_stated:
        return
    passages = [passage for passage in claim.evidence if passage.strip()]
    text, source = claim.text.strip(), context.source.text
    if not passages:
        yield "it has no evidence"
    for passage in passages:
        if len(passage.strip()) < _MIN_PASSAGE:
            yield f"the evidence “{passage.strip()}” is too short to show anything"
        elif _normalized(passage) not in _normalized(source):
            yield f"the evidence “{passage.strip()[:60]}” is not in the source"
    evidence = " … ".join(passages)
    for number in unsupported_numbers(text, evidence, language):
        yield f"the evidence does not state “{number}”"
    for name in unsupported_names(text, evidence, context.known, language):
        yield f"the evidence does not name “{name}”"
    for run in shared_runs(text, source, context.known):  # texts must be our own: sources are protected by copyright
        yield f"it copies eight words of the source: “{run} …”"
    if not _SENTENCE_END_MARK.search(text):
        yield "it does not end as a sentence does"
    if _MARKUP.search(text):
        yield "it contains markup or an address"
    if (detected := language_of(text)) and detected != language:
        yield f"it is not written in the language {language}"


def _field_faults(text: Text | None, language: str, field: str, context: Context) -> Iterator[str]:
    """Yield the reasons why a field of a text fails. The text is None if the answer lacks the language."""
    if text is None:
        yield f"there is no text in the language {language}"
        return
    claims = list(text.claims(field))
    if not claims:
        yield "the field is empty"
        return
    for number, claim in enumerate(claims, 1):
        for reason in sentence_faults(claim, language, context):
            yield f"sentence {number}: {reason}"
    if not any(claim.is_not_stated for claim in claims):
        field_text = join_sentences(text.paragraphs(field))
        yield from _style_faults(field_text, language, field)
        field_texts = [join_sentences(text.paragraphs(name)) for name in FIELDS]
        known = style.KNOWN_ACRONYMS | set(style.acronyms(context.known.replace("-", " ")))
        # An acronym is explained at its first use, so only the field with the first use fails.
        for acronym in style.unexplained_acronyms(field_texts, known):
            if acronym in style.acronyms(field_text) and FIELDS.index(field) == _first_use(field_texts, acronym):
                yield f"the acronym {acronym} is not explained: write its words before it, as in “words ({acronym})”"


def _first_use(texts: Sequence[str], acronym: str) -> int:
    """Return the index of the first text that contains an acronym."""
    return next(position for position, text in enumerate(texts) if acronym in style.acronyms(text))


def _style_faults(text: str, language: str, field: str) -> Iterator[str]:
    count, (minimum, maximum) = style.count_words(text), _WORD_LIMITS[field]
    if not minimum <= count <= maximum:
        yield f"it has {count} words; {minimum} to {maximum} are right"
    for phrase in style.stock_phrases(text, language):
        yield f"it contains the stock phrase “{phrase}”"
    if field == "tldr" and not style.is_one_sentence(text):
        yield "it is not one sentence"
    if field == "tldr" and not style.has_verb(text, language):
        yield "it has no verb that says what was found"
    if field == "summary" and style.count_paragraphs(text) not in (2, 3):
        yield "it does not have two or three paragraphs"


def _language_faults(
    texts: Mapping[str, Text], languages: Sequence[str], faults: Mapping[FieldKey, list[str]]
) -> Iterator[tuple[FieldKey, list[str]]]:
    """Yield the fields whose languages differ in numbers or names, each with the reasons.

    Fields in ``faults`` are not compared.
    """
    first = languages[0]
    for language in languages[1:]:
        for field in FIELDS:
            pair = (first, field), (language, field)
            if any(key in faults for key in pair) or first not in texts or language not in texts:
                continue
            first_text, other_text = (join_sentences(texts[key[0]].paragraphs(field)) for key in pair)
            if differing := _differences(first_text, first, other_text, language):
                # Which of the two is wrong is unknown, so both fail.
                reason = f"{first} and {language} differ in {', '.join(differing)}"
                yield from ((key, [reason]) for key in pair)


def _differences(first: str, first_language: str, other: str, other_language: str) -> list[str]:
    """Return the numbers and names that only one of two texts contains."""
    pairs = ((first, first_language), (other, other_language))
    first_numbers, other_numbers = ({quantity.value for quantity in quantities(*pair)} for pair in pairs)
    differing = [f"the number {value:f}" for value in sorted(first_numbers ^ other_numbers)]
    # Both texts are searched by the rules of German, for which a word with a single capital is not a name: German
    # capitalizes all nouns, and English terms may be translated.
    for text, counterpart in ((first, folded(other)), (other, folded(first))):
        for name in names(text, "de"):
            # Of a compound such as "ReLU-Netze", only "ReLU" is compared: the English text has "ReLU networks". A name
            # with a number, such as "GPT-4", is compared as a whole.
            core = folded(name.split("-")[0] if "-" in name and not name.split("-")[-1].isdigit() else name)
            if core.removesuffix("s") not in counterpart and not _is_acronym(name):
                differing.append(f"the name {name}")
    return list(dict.fromkeys(differing))


def _is_acronym(name: str) -> bool:
    """Whether a name is an acronym. Acronyms are not compared, because they differ between languages."""
    return name.removesuffix("s").isupper() and name.isalpha()


def _list_faults(answer: Answer, context: Context) -> Iterator[tuple[str, str]]:
    """Yield the field and the reason for each fault in topics, tags and ``asked_as``."""
    if unknown := [topic for topic in answer.topics if topic not in context.topics]:
        yield "topics", f"there is no topic {', '.join(unknown)}"
    if not 1 <= len(answer.topics) <= 4:
        yield "topics", f"{len(answer.topics)} topics; one to four are right"
    if unknown := [tag for tag in answer.tags if tag not in context.tags]:
        yield "tags", f"there is no tag {', '.join(unknown)}"
    if context.tags and not 2 <= len(answer.tags) <= 5:
        yield "tags", f"{len(answer.tags)} tags; two to five are right"
    for phrase in answer.asked_as:
        if shared_runs(phrase, context.source.text, context.known) or _MARKUP.search(phrase) or len(phrase) > 200:
            yield "asked_as", f"“{phrase[:60]}” is not a phrase that readers would type"


def _normalized(text: str) -> str:
    """Normalize case, spaces, quotes and dashes, which models change when they copy a passage."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = re.sub(r"[‐‑‒–—−]", "-", plain)
    plain = re.sub(r"[‘’‚`´]", "'", re.sub(r"[“”„«»]", '"', plain))
    return " ".join(plain.split()).strip(" .…")
