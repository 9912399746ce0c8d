"""What a machine can see of the house style: lengths, stock phrases, verbs, full stops and unexplained acronyms.

What belongs to one language stands in a module of its own beside this one; how we write stands in content/STYLE.md.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from generator.text import style_english, style_german

_FORMULA = re.compile(r"\$[^$]*\$")
_WORD = re.compile(r"[^\W\d_]+")
# Not after an abbreviation such as `Dr.`
_NEXT_SENTENCE = re.compile(r"(?:[^\W\d_]{3}|[\d)%$\"”])[.!?]\s+[A-ZÄÖÜ]")
# Two to seven capitals, perhaps with digits and a plural's s; not a part of a name such as `K-FAC`, `GPT-4`, `TD(0)`.
_ACRONYM = re.compile(r"(?<![\w$-])([A-Z][A-Z0-9]{0,5}[A-Z])s?(?![\w(-])")

# Its words (ACRONYM); ACRONYM (its words), ACRONYM, a common method; called ACRONYM.
_BRACKET = re.compile(r"\(([^()]{0,210})")
_WHOLE_WORD = re.compile(r"\b\w+\b")
_FOLLOWED = re.compile(r"\b(\w+)(?:,? (?:\(|short for|for short)|, (?:an? |the |for |which |ein|de[rn] |d[ia][es] ))")
_CALLED = re.compile(r"\b(?:called|named|namens) (\w+)\b")

# Names in capitals that need no words: institutes, what everybody says, data sets, models, algorithms, measures.
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

NAMES = frozenset(" ".join((_INSTITUTES, _EVERYDAY, _DATA_SETS, _MODELS, _ALGORITHMS, _MEASURES, _COMPUTING)).split())


@dataclass(frozen=True)
class Words:
    """The words of one language that the style knows."""

    stock: re.Pattern[str]
    """Stock openings, praise and filler."""
    verbs: frozenset[str]
    """Verbs in the forms in which a sentence of one line has them, in lower case."""


_LANGUAGES: Mapping[str, Words] = MappingProxyType(
    {
        name: Words(
            stock=re.compile(rf"\b(?:{'|'.join(module.STOCK)})\b", re.IGNORECASE), verbs=frozenset(module.verbs())
        )
        for name, module in (("en", style_english), ("de", style_german))
    }
)


def count_words(text: str) -> int:
    """The number of words, a formula counted as one."""
    return len(_FORMULA.sub("formula", text).split())


def count_paragraphs(text: str) -> int:
    """The number of paragraphs, which empty lines part."""
    return len([part for part in re.split(r"\n\s*\n", text) if part.strip()])


def is_one_sentence(text: str) -> bool:
    """Whether ``text`` ends with a full stop and has no other sentence before it."""
    return text.endswith(".") and not _NEXT_SENTENCE.search(text)


def stock_phrases(text: str, language: str) -> list[str]:
    """The stock phrases in ``text``, as they stand there. A language that is not known has none."""
    return [match[0] for words in _spoken(language) for match in words.stock.finditer(text)]


def has_verb(text: str, language: str) -> bool:
    """Whether ``text`` holds a verb, as far as the list of the language knows them; True for other languages."""
    spoken = _spoken(language)
    text_words = {word.lower() for word in _WORD.findall(_FORMULA.sub("", text))}
    return not spoken or any(text_words & words.verbs for words in spoken)


def unexplained_acronyms(texts: Sequence[str], known: Collection[str]) -> list[str]:
    """Acronyms that stand in ``texts``, which are read in turn, without the words they stand for.

    An acronym is explained by brackets beside it, by what follows a comma, or by being called a name. ``known`` are
    names: of what the paper is about, of data sets, of what everybody knows.
    """
    whole = "\n".join(texts)
    names = [name for name in acronyms(whole) if name not in known]
    explained = _explained(whole) if names else frozenset()
    return [name for name in names if name not in explained]


def acronyms(text: str) -> list[str]:
    """Words of capitals in ``text``, each once, in the singular."""
    return list(dict.fromkeys(match[1] for match in _ACRONYM.finditer(_FORMULA.sub("$", text))))


def _explained(text: str) -> frozenset[str]:
    """The words that ``text`` explains or calls names, found in one pass whatever their number."""
    names = {match[1] for match in _CALLED.finditer(text)}
    plural = [match[1] for match in _FOLLOWED.finditer(text)]
    for bracket in _BRACKET.finditer(text):
        plural += _WHOLE_WORD.findall(bracket[1])
    return frozenset((*names, *plural, *(word.removesuffix("s") for word in plural)))


def _spoken(language: str) -> tuple[Words, ...]:
    """The words of ``language``, none if it is not known; of every language for '', the digest's own."""
    if not language:
        return tuple(_LANGUAGES.values())
    return (_LANGUAGES[language],) if language in _LANGUAGES else ()
