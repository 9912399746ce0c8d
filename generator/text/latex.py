"""LaTeX in texts from web pages: convert accents to and from Unicode, drop stray commands, restore formulas.

Texts that were scraped from web pages have often lost the backslashes of their formulas: ``ell_2``,
``mathcal{O}(1/epsilon^4)``. A formula is restored only if every word in it is a known command or a single letter.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from pylatexenc.latex2text import LatexNodes2Text

from generator.text.latex_symbols import ACCENTS, LETTERS

# The accents and letters of `latex_symbols` that occur in web pages, and that citations contain.
_ACCENTS = {command: ACCENTS[command] for command in "`'^~\"=.uvHckrd"}
# ``\"o``, ``\"{o}``, ``\v{c}``, ``\v c``
_ACCENT = re.compile(r"\\(?:([`'^~\"=.])\s*\{?([A-Za-z]|\\[ij])\}?|([uvHckrd])(?:\{([A-Za-z])\}|\s+([A-Za-z])\b))")
_LETTERS = {command: LETTERS[command] for command in "ss ae AE oe OE o O aa AA l L i dh th".split()}
_LETTER = re.compile(r"\\(ss|ae|AE|oe|OE|aa|AA|dh|th|o|O|l|L|i)(?:\{\}|(?![A-Za-z])\s?)")  # ``\ss``, ``\o{}``
_ACCENT_COMMANDS = {combining: command for command, combining in _ACCENTS.items()}
_GREEK = (
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi rho sigma tau "
    "upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
).split()
# ``\epsilon`` and ``\phi`` draw the variants ϵ and ϕ, which are not the letters of the Greek alphabet in Unicode.
_VARIANTS = {"epsilon": "varepsilon", "phi": "varphi"}


def _greek_letter(command: str) -> str:
    size = "CAPITAL" if command[0].isupper() else "SMALL"
    return unicodedata.lookup(f"GREEK {size} LETTER {command.lower().replace('lambda', 'lamda')}")  # Unicode's spelling


_LETTER_COMMANDS = {letter: f"{{\\{command}}}" for command, letter in _LETTERS.items() if letter != "ı"} | {
    _greek_letter(command): f"{{\\ensuremath{{\\{_VARIANTS.get(command, command)}}}}}"
    for command in _GREEK
    if not command.startswith("var")
}
# An accented letter for which Unicode has no single character.
_LETTER_AND_ACCENT = re.compile(f"([A-Za-zı])([{''.join(_ACCENT_COMMANDS)}])")
_ESCAPED = re.compile(r"\\([%&#_{}])")  # ``\%``
_STYLED_GROUP = re.compile(r"\{\\(?:it|em|sc|bf|tt|rm|sl)(?![A-Za-z])\s*([^{}]*)\}")  # ``{\it text}``
_STYLE_SWITCH = re.compile(r"\\(?:it|em|sc|bf|tt|rm|sl)(?![A-Za-z])\s*")  # ``\it`` without a group
# ``\textit{text}``, ``\textcolor{red}{text}``
_STYLED_ARGUMENT = re.compile(
    r"\\(?:textcolor(?:\[[^\[\]\\]*\])?\{[^{}]*\}|(?:text(?:it|bf|tt|sc|rm|sf|sl)|emph|underline))\{([^{}]*)\}"
)


class RepairedText(NamedTuple):
    """A text after a repair, and the number of ``changes`` in it."""

    text: str
    changes: int


def convert_strictly(source: str, converter: LatexNodes2Text) -> str | None:
    """Return LaTeX as converted by ``converter``; None if it contains anything unknown.

    The tolerant mode is not used: its repair of unclosed braces doubles the time with each brace.
    """
    try:
        return str(converter.latex_to_text(source, tolerant_parsing=False))
    except Exception:  # noqa: BLE001  # the library raises many kinds of exceptions for unknown input
        return None


def decode_accents(text: str) -> RepairedText:
    r"""Convert LaTeX accents and letters to Unicode: ``H\"older`` to ``Hölder``."""

    def decode(match: re.Match[str]) -> str:
        command = match[1] or match[3]
        letter = (match[2] or match[4] or match[5]).removeprefix("\\")
        return unicodedata.normalize("NFC", letter + _ACCENTS[command])

    text, accent_count = _ACCENT.subn(decode, text)
    text, letter_count = _LETTER.subn(lambda match: _LETTERS[match[1]], text)
    return RepairedText(text, accent_count + letter_count)


def encode_accents(text: str) -> str:
    r"""Convert letters to commands: those with one diacritic (``H{\"o}lder``), special ones (``{\ss}``) and Greek ones.

    Characters without a command stay as they are.
    """
    if text.isascii():
        return text
    encoded = "".join(_LETTER_COMMANDS.get(c) or _encode_accent(c) for c in text)
    return _LETTER_AND_ACCENT.sub(lambda match: _accent_command(match[1].replace("ı", "i"), match[2]), encoded)


def _encode_accent(character: str) -> str:
    letter, combining = (*unicodedata.normalize("NFD", character), "")[:2]  # ö is o and U+0308
    # Only an ASCII letter with exactly one diacritic has a command.
    if character.isascii() or unicodedata.normalize("NFC", letter + combining) != character or not letter.isascii():
        return character
    return _accent_command(letter, combining) if combining in _ACCENT_COMMANDS else character


def _accent_command(letter: str, combining: str) -> str:
    command = _ACCENT_COMMANDS[combining]
    return f"{{\\{command}{{{letter}}}}}" if command.isalpha() else f"{{\\{command}{letter}}}"


def drop_commands(text: str) -> RepairedText:
    r"""Remove stray commands: ``\%`` becomes ``%``, ``\textit{x}`` becomes ``x``."""
    total = 0
    for pattern, replacement in (
        (_STYLED_ARGUMENT, r"\1"),
        (_STYLED_GROUP, r"\1"),
        (_STYLE_SWITCH, ""),
        (_ESCAPED, r"\1"),
    ):
        text, count = pattern.subn(replacement, text)
        total += count
    return RepairedText(text, total)


_SYMBOLS = (
    "ell infty leq geq neq approx times cdot circ gg ll in subset cup cap pm partial nabla sum prod int to top ast "
    "rightarrow mapsto mid dots ldots sim"
).split()
# Names of functions, which occur in running text too.
_FUNCTIONS = "log exp min max sup inf arg ln sin cos tr det poly".split()
_WITH_ARGUMENT = "mathcal mathbb mathbf mathrm widetilde tilde hat bar sqrt".split()
MATHS_COMMANDS = frozenset(
    {
        *_GREEK,
        *_SYMBOLS,
        *_FUNCTIONS,
        *_WITH_ARGUMENT,
        *"frac binom left right quad | { } , ; ! le ge ne lt gt to".split(),
        " ",
    }
)
"""Commands that are safe in the formulas of citations, which TeX runs on other machines."""
# The longest first: ``epsilonin`` is ``epsilon`` and ``in``.
_COMMANDS = sorted({*_GREEK, *_SYMBOLS, *_FUNCTIONS, *_WITH_ARGUMENT}, key=lambda name: (-len(name), name))
# Words that do not occur in running text: one of them makes a candidate a formula.
_FORMULA_WORDS = frozenset({*_GREEK, "ell", "infty", "geq", "leq", "mathcal", "mathbb", "widetilde", "tilde"})
# Letters, a number, a sign or a space.
_TOKEN = re.compile(r"[A-Za-z]+|[0-9]+(?:\.[0-9]+)?|[_^{}()|\[\]/+*=,.:<>!-]| ")
_MAX_FORMULA = 120  # characters
# The space after such a command does not end a formula: ``mathcal O``, ``ngeq 3`` (n ≥ 3).
_PREFIX_WITH_SPACE = re.compile(r"(?:mathcal|mathbb|widetilde|tilde|hat|bar) (?=[A-Z])|[A-Za-z](?:geq|leq) ")
# A subscript or superscript without content, an empty group, or one of these at the start.
_MALFORMED = re.compile(r"[_^](?:[^A-Za-z0-9{*]|$)|\{\}|^[_^{]")
# A letter, digit or opening bracket after a space, a quotation mark or an opening bracket.
_CANDIDATE_START = re.compile(r"(?<![^\s(\"'])(?=[A-Za-z0-9(|{])")
# Signs that more than backslashes are lost: a fraction (``8{255}``), a set (``min{a,b}``), a root (``mathcal{C_1/m}``).
_LOST_MARKUP = re.compile(
    r"(?<!mathcal)(?<!mathbb)(?<!tilde)(?<!hat)(?<!bar)(?<![_^])\{|math(?:cal|bb)\{(?![A-Za-z]\})"
)


def restore_maths(text: str) -> RepairedText:
    """Restore formulas without backslashes as ``$…$`` where they are certain."""
    if "$" in text:  # a text with dollar signs has lost nothing
        return RepairedText(text, 0)
    parts, position, count = [], 0, 0
    for start, end in _candidates(text):
        if start < position:
            continue
        formula = _restored_formula(text[start:end])
        if formula:
            parts += [text[position:start], f"${formula}$"]
            position, count = end, count + 1
    return RepairedText("".join(parts) + text[position:], count)


def _candidates(text: str) -> Iterator[tuple[int, int]]:
    """The start and end of parts that may be formulas: whole words, or several words inside a bracket."""
    for match in _CANDIDATE_START.finditer(text):
        start = match.start()
        end = _balanced_end(text, start)
        while end > start and text[end - 1] in ".,:;!?":
            end -= 1
        candidate = text[start:end]
        if candidate.startswith("(") and candidate.count("(") > candidate.count(")"):  # without its closing bracket
            continue
        yield start, end
        # In ``ell_2-norm``, the part before the hyphen is a formula of its own.
        hyphen = text.find("-", start, end)
        if hyphen > start:
            yield start, hyphen


def _balanced_end(text: str, start: int) -> int:
    """Where a candidate ends: at a space or closing bracket outside of brackets, at most ``_MAX_FORMULA`` later."""
    prefix = _PREFIX_WITH_SPACE.match(text, start)
    depth, position = 0, prefix.end() if prefix else start
    while position < len(text) and position - start < _MAX_FORMULA:
        character = text[position]
        if character in "({":
            depth += 1
        elif character in ")}":
            if depth == 0:
                break
            depth -= 1
        elif character.isspace() and depth == 0:
            break
        position += 1
    return position


def _restored_formula(text: str) -> str:
    """The TeX source of a candidate, or '' if it is not certainly a formula."""
    tokens = _TOKEN.findall(text)
    if "".join(tokens) != text or text.count("(") != text.count(")") or text.count("{") != text.count("}"):
        return ""
    if _MALFORMED.search(text) or _LOST_MARKUP.search(text):
        return ""
    is_certain = bool(re.search(r"[A-Za-z0-9)}\]][_^][A-Za-z0-9{*]", text))  # it has a subscript or superscript
    tex: list[str] = []
    for index, token in enumerate(tokens):
        if not token.isalpha():
            tex.append(token)
            continue
        before = "".join(tokens[max(0, index - 2) : index])
        words = _split_letters(token, in_subscript=before.endswith(("_", "_{")))
        if words is None:
            return ""
        is_certain = is_certain or any(word in _FORMULA_WORDS for word in words)
        tex += map(_tex_of_word, words)
    if not is_certain or re.fullmatch(r"[A-Za-z]+", text):  # a word such as ``epsilon`` may be meant as a word
        return ""
    # The space after a command is needed only before a letter.
    return re.sub(r"(\\[A-Za-z]+) (?=[^A-Za-z]|$)", r"\1", "".join(tex)).strip()


def _tex_of_word(word: str) -> str:
    if word in _COMMANDS:
        return f"\\{word} "
    return word if len(word) == 1 else f"\\mathrm{{{word}}}"


def _split_letters(letters: str, *, in_subscript: bool) -> list[str] | None:
    """Split letters into one or two commands or single letters: ``Tgeq`` is ``T`` and ``geq``; None if impossible.

    A short word in a subscript is accepted unsplit: ``x_test``.
    """
    if len(letters) == 1 or letters in _COMMANDS:
        return [letters]
    if in_subscript and (letters.isupper() or letters.islower()) and len(letters) <= 8:
        return [letters]
    for command in _COMMANDS:
        if len(command) < 3:
            continue
        if letters.startswith(command) and len(letters) - len(command) == 1:
            return [command, letters[-1]]
        if letters.endswith(command) and len(letters) - len(command) == 1:
            return [letters[0], command]
        rest = letters[len(command) :] if letters.startswith(command) else ""
        if rest in _COMMANDS:
            return [command, rest]
    return None
