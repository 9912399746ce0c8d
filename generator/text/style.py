"""Checks for the rules of the house style: lengths, stock phrases, verbs, full stops and acronyms.

content/STYLE.md describes the style. Each language has a module with its word lists.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from generator.text import style_english, style_german

_FORMULA = re.compile(r"\$[^$]*\$")
_WORD = re.compile(r"[^\W\d_]+")
# The end of a sentence before another one. Three letters before the full stop exclude abbreviations such as `Dr.`
_NEXT_SENTENCE = re.compile(r"(?:[^\W\d_]{3}|[\d)%$\"”])[.!?]\s+[A-ZÄÖÜ]")
# Two to seven capitals, perhaps with digits inside and a plural's s; no part of a name such as `K-FAC` or `TD(0)`.
_ACRONYM = re.compile(r"(?<![\w$-])([A-Z][A-Z0-9]{0,5}[A-Z])s?(?![\w(-])")

# Five forms explain an acronym: ``long form (ACRONYM)`` (`_BRACKET`), ``ACRONYM (long form)``, ``ACRONYM, a method``
# and ``ACRONYM, short for …`` (`_FOLLOWED`), and ``called ACRONYM`` (`_CALLED`). Of a bracket, only the first 210
# characters count, so that one that is not closed does not explain the rest of the text.
_BRACKET = re.compile(r"\(([^()]{0,210})")
_WHOLE_WORD = re.compile(r"\b\w+\b")
_FOLLOWED = re.compile(r"\b(\w+)(?:,? (?:\(|short for|for short)|, (?:an? |the |for |which |ein|der |den |die |das ))")
_CALLED = re.compile(r"\b(?:called|named|namens) (\w+)\b")

_INSTITUTES = "CISPA"
_EVERYDAY = "AI KI CPU GPU TPU DNA RNA COVID JPEG PNG PDF MS US UK EU TV ID OK GB MB KB TB RAM"
_DATA_SETS = """
AIME AIME24 AIME25 AIME2024 AIME2025 AMC AMC23 CIFAR CIFAR10 CIFAR100 COCO GLUE SuperGLUE GPQA GSM8K GTSRB HASOC MATH
MATH500 MBPP MMLU MNIST EMNIST PACS SVHN XNLI XSUM TREX SAT LSAT GRE GMAT WMT D4RL DOOM FFHQ HH OLID STE UCI
"""
_MODELS = "BERT CLIP GPT GPT2 GPT3 GPT4 OPT T5 VGG SD3 XLM GAN"
_ALGORITHMS = """
ADAM BFGS CORAL DAPO DPO GRPO IFIA IGA IPO IRM KAISA KFAC LAMB LION LISA LSTM ORPO PGD PPO REBEL REINFORCE RLOO
SCAFFOLD SGD SHAP SPPO TRADES
"""
_MEASURES = "BLEU FID FPR95 ROC ROUGE"
_COMPUTING = "LLVM NC RASP VRAM XLA"

KNOWN_ACRONYMS = frozenset(
    " ".join((_INSTITUTES, _EVERYDAY, _DATA_SETS, _MODELS, _ALGORITHMS, _MEASURES, _COMPUTING)).split()
)
"""Acronyms and names in capitals that need no explanation."""


@dataclass(frozen=True)
class WordLists:
    """The word lists of one language."""

    stock: re.Pattern[str]
    """Stock openings, praise and filler, in any case."""
    verbs: frozenset[str]
    """Verbs in the forms that occur in one-sentence summaries. All are in lower case."""


_LANGUAGES: Mapping[str, WordLists] = MappingProxyType(
    {
        language: WordLists(
            stock=re.compile(rf"\b(?:{'|'.join(module.STOCK)})\b", re.IGNORECASE), verbs=frozenset(module.verbs())
        )
        for language, module in (("en", style_english), ("de", style_german))
    }
)


def count_words(text: str) -> int:
    """Count the words; a formula counts as one."""
    return len(_FORMULA.sub("formula", text).split())


def count_paragraphs(text: str) -> int:
    """Count the paragraphs, which are separated by empty lines."""
    return len([part for part in re.split(r"\n\s*\n", text) if part.strip()])


def is_one_sentence(text: str) -> bool:
    """Whether ``text`` is a single sentence that ends with a full stop."""
    return text.endswith(".") and not _NEXT_SENTENCE.search(text)


def stock_phrases(text: str, language: str) -> list[str]:
    """Return the stock phrases in ``text``, as written there; none for a language without word lists."""
    return [match[0] for lists in _word_lists_of(language) for match in lists.stock.finditer(text)]


def has_verb(text: str, language: str) -> bool:
    """Whether ``text`` contains a verb of the language's list; True for a language without word lists."""
    word_lists = _word_lists_of(language)
    words = {word.lower() for word in _WORD.findall(_FORMULA.sub("", text))}
    return not word_lists or any(words & lists.verbs for lists in word_lists)


def unexplained_acronyms(texts: Sequence[str], known: Collection[str]) -> list[str]:
    """Return the acronyms in ``texts`` that none of the texts explains.

    A long form in brackets, an apposition after a comma, or "called ACRONYM" explains an acronym. ``known`` are names
    that need no explanation: the paper's method, data sets, common abbreviations.
    """
    joined_texts = "\n".join(texts)
    unknown = [acronym for acronym in acronyms(joined_texts) if acronym not in known]
    explained = _explained(joined_texts) if unknown else frozenset()
    return [acronym for acronym in unknown if acronym not in explained]


def acronyms(text: str) -> list[str]:
    """Return the words in capitals in ``text``, each once, in the singular."""
    # ``$`` in place of a formula: ``_ACRONYM`` does not match capitals after it, as in ``$k$NN``.
    return list(dict.fromkeys(match[1] for match in _ACRONYM.finditer(_FORMULA.sub("$", text))))


def _explained(text: str) -> frozenset[str]:
    """The words that may be explained in ``text``, with the singular of words that may be plurals (``GNNs``)."""
    names = {match[1] for match in _CALLED.finditer(text)}
    singular_or_plural = [match[1] for match in _FOLLOWED.finditer(text)]
    for bracket in _BRACKET.finditer(text):
        singular_or_plural += _WHOLE_WORD.findall(bracket[1])
    return frozenset((*names, *singular_or_plural, *(word.removesuffix("s") for word in singular_or_plural)))


def _word_lists_of(language: str) -> tuple[WordLists, ...]:
    """The word lists of ``language``, empty if it has none. For '' (the digest's language), those of all languages."""
    if not language:
        return tuple(_LANGUAGES.values())
    return (_LANGUAGES[language],) if language in _LANGUAGES else ()
