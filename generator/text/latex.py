"""LaTeX in pages: convert accents to and from Unicode, drop stray commands, restore formulas where it is certain.

Sources that were scraped from web pages have often lost the backslashes of their formulas: ``ell_2``,
``mathcal{O}(1/epsilon^4)``. A formula is restored only if every word in it is a known command or a single letter.
"""

import re
import unicodedata
from collections.abc import Iterator

from pylatexenc.latex2text import LatexNodes2Text

from generator.text.latex_symbols import ACCENTS, LETTERS

# The part of the tables of `latex_symbols` that web pages contain and citations write.
_ACCENTS = {command: ACCENTS[command] for command in "`'^~\"=.uvHckrd"}
# ``\"o``, ``\"{o}``, ``\v{c}``, ``\v c``
_ACCENT = re.compile(r"\\(?:([`'^~\"=.])\s*\{?([A-Za-z]|\\[ij])\}?|([uvHckrd])(?:\{([A-Za-z])\}|\s+([A-Za-z])\b))")
_LETTERS = {command: LETTERS[command] for command in "ss ae AE oe OE o O aa AA l L i dh th".split()}
_LETTER = re.compile(r"\\(ss|ae|AE|oe|OE|aa|AA|dh|th|o|O|l|L|i)(?:\{\}|(?![A-Za-z])\s?)")  # ``\ss``, ``\o{}``
_COMMAND_OF = {combining: command for command, combining in _ACCENTS.items()}
_GREEK = (
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi rho sigma tau "
    "upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
).split()


# TeX's plain commands for these two letters draw the variants that Unicode calls symbols.
_CURLY = {"epsilon": "varepsilon", "phi": "varphi"}


def _greek_letter(command: str) -> str:
    size = "CAPITAL" if command[0].isupper() else "SMALL"
    return unicodedata.lookup(f"GREEK {size} LETTER {command.replace('lambda', 'lamda').replace('Lambda', 'Lamda')}")


_AS_COMMAND = {letter: f"{{\\{command}}}" for command, letter in _LETTERS.items() if letter != "ı"} | {
    _greek_letter(command): f"{{\\ensuremath{{\\{_CURLY.get(command, command)}}}}}"
    for command in _GREEK
    if not command.startswith("var")
}
_COMBINED = re.compile(f"([A-Za-zı])([{''.join(_COMMAND_OF)}])")
_ESCAPED = re.compile(r"\\([%&#_{}])")
_GROUP = re.compile(r"\{\\(?:it|em|sc|bf|tt|rm|sl)(?![A-Za-z])\s*([^{}]*)\}")  # ``{\it text}``
_SWITCH = re.compile(r"\\(?:it|em|sc|bf|tt|rm|sl)(?![A-Za-z])\s*")  # ``\it`` without a group
_STYLED = re.compile(
    r"\\(?:textcolor(?:\[[^\[\]\\]*\])?\{[^{}]*\}|(?:text(?:it|bf|tt|sc|rm|sf|sl)|emph|underline))\{([^{}]*)\}"
)


def convert_strictly(source: str, converter: LatexNodes2Text) -> str | None:
    """Convert LaTeX with ``converter``; None if it contains anything unknown.

    ``converter`` runs in strict mode: its repair of unclosed braces doubles the time with each brace.
    """
    try:
        return str(converter.latex_to_text(source, tolerant_parsing=False))
    except Exception:  # noqa: BLE001  # the library raises many kinds of exceptions for unknown input
        return None


def unaccent_commands(text: str) -> tuple[str, int]:
    r"""Convert LaTeX accents and letters to Unicode: ``H\"older`` to ``Hölder``. Returns text and count."""

    def accented(match: re.Match[str]) -> str:
        command = match[1] or match[3]
        letter = (match[2] or match[4] or match[5]).removeprefix("\\")
        return unicodedata.normalize("NFC", letter + _ACCENTS[command])

    text, accents = _ACCENT.subn(accented, text)
    text, letters = _LETTER.subn(lambda match: _LETTERS[match[1]], text)
    return text, accents + letters


def accent_commands(text: str) -> str:
    r"""Convert Latin letters with one diacritic, other letters and Greek ones to LaTeX commands: ``H{\"o}lder``.

    The inverse of `unaccent_commands`. Characters without a LaTeX command stay as they are.
    """
    if text.isascii():
        return text
    encoded = "".join(_AS_COMMAND.get(c) or _accented(c) for c in text)
    return _COMBINED.sub(lambda match: _command(match[1].replace("ı", "i"), match[2]), encoded)


def _accented(character: str) -> str:
    letter, combining = (*unicodedata.normalize("NFD", character), "")[:2]
    if character.isascii() or unicodedata.normalize("NFC", letter + combining) != character or not letter.isascii():
        return character
    return _command(letter, combining) if combining in _COMMAND_OF else character


def _command(letter: str, combining: str) -> str:
    command = _COMMAND_OF[combining]
    return f"{{\\{command}{{{letter}}}}}" if command.isalpha() else f"{{\\{command}{letter}}}"


def drop_commands(text: str) -> tuple[str, int]:
    r"""Remove stray commands: ``\%`` becomes ``%``, ``\textit{x}`` becomes ``x``. Returns text and count."""
    text, styled = _STYLED.subn(r"\1", text)
    text, groups = _GROUP.subn(r"\1", text)
    text, switches = _SWITCH.subn("", text)
    text, escaped = _ESCAPED.subn(r"\1", text)
    return text, styled + groups + switches + escaped


_SYMBOLS = (
    "ell infty leq geq neq approx times cdot circ gg ll in subset cup cap pm partial nabla sum prod int to top ast "
    "rightarrow mapsto mid dots ldots sim"
).split()
# names of functions, which are words of running text too
_FUNCTIONS = "log exp min max sup inf arg ln sin cos tr det poly".split()
_WRAPPERS = "mathcal mathbb mathbf mathrm widetilde tilde hat bar sqrt".split()  # commands with an argument
# Commands that are safe in a formula wherever TeX runs it.
MATHS_COMMANDS = frozenset(
    {
        *_GREEK,
        *_SYMBOLS,
        *_FUNCTIONS,
        *_WRAPPERS,
        *"frac binom left right quad | { } , ; ! le ge ne lt gt to".split(),
        " ",
    }
)
# the longest first, so that ``epsilon`` is not read as ``eps`` and letters
_COMMANDS = sorted({*_GREEK, *_SYMBOLS, *_FUNCTIONS, *_WRAPPERS}, key=lambda name: (-len(name), name))
# words that occur in formulas only: one of them makes a candidate certain
_STRONG = frozenset({*_GREEK, "ell", "infty", "geq", "leq", "mathcal", "mathbb", "widetilde", "tilde"})
_PIECE = re.compile(r"[A-Za-z]+|[0-9]+(?:\.[0-9]+)?|[_^{}()|\[\]/+*=,.:<>!-]| ")
_MAX_FORMULA = 120  # characters
_START = re.compile(r"(?<![^\s(\"'])(?=[A-Za-z0-9(|{])")
# More than a backslash is lost: a fraction (``8{255}``), a set (``min{a,b}``), a root in ``mathcal{C_1/m}``.
_LOST = re.compile(r"(?<!mathcal)(?<!mathbb)(?<!tilde)(?<!hat)(?<!bar)(?<![_^])\{|math(?:cal|bb)\{(?![A-Za-z]\})")


def restore_maths(text: str) -> tuple[str, int]:
    """Restore formulas that lost their backslashes as ``$…$``, if certain. Returns the text and the count."""
    if "$" in text:  # the source kept its formulas, so nothing is lost
        return text, 0
    out, position, count = [], 0, 0
    for start, end in _candidates(text):
        if start < position:
            continue
        formula = _formula(text[start:end])
        if formula:
            out += [text[position:start], f"${formula}$"]
            position, count = end, count + 1
    return "".join(out) + text[position:], count


def _candidates(text: str) -> Iterator[tuple[int, int]]:
    """Parts that may be formulas: whole words, or words joined by spaces while a bracket is open."""
    for match in _START.finditer(text):
        start = match.start()
        end = _balanced_end(text, start)
        while end > start and text[end - 1] in ".,:;!?":
            end -= 1
        if end > start and text[start] == "(" and text[start:end].count("(") > text[start:end].count(")"):
            continue
        yield start, end
        # "ell_2-norm": the part before the hyphen is a formula of its own
        hyphen = text.find("-", start, end)
        if hyphen > start:
            yield start, hyphen


def _balanced_end(text: str, start: int) -> int:
    """Where a candidate ends: at a space or closing bracket outside of brackets, at most ``_MAX_FORMULA`` later."""
    depth, position = 0, start
    # The space after such a command does not end a formula: ``mathcal O``, ``ngeq 3`` (n ≥ 3).
    prefixed = re.compile(r"(?:mathcal|mathbb|widetilde|tilde|hat|bar) (?=[A-Z])|[A-Za-z](?:geq|leq) ").match(
        text, start
    )
    if prefixed:
        position = prefixed.end()
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


def _formula(text: str) -> str:
    """The TeX source of a part of a text, or '' if it is not certainly a formula."""
    pieces = _PIECE.findall(text)
    if "".join(pieces) != text or text.count("(") != text.count(")") or text.count("{") != text.count("}"):
        return ""
    if re.search(r"[_^](?:[^A-Za-z0-9{*]|$)|\{\}|^[_^{]", text) or _LOST.search(text):
        return ""
    strong = bool(re.search(r"[A-Za-z0-9)}\]][_^][A-Za-z0-9{*]", text))
    out: list[str] = []
    for index, piece in enumerate(pieces):
        if not piece.isalpha():
            out.append(piece)
            continue
        script = "".join(pieces[max(0, index - 2) : index])
        parts = _words(piece, in_script=script.endswith(("_", "_{")))
        if parts is None:
            return ""
        strong = strong or any(part in _STRONG for part in parts)
        out.append("".join(_tex(part) for part in parts))
    if not strong or re.fullmatch(r"[A-Za-z]+", text):
        return ""
    return re.sub(r"(\\[A-Za-z]+) (?=[^A-Za-z]|$)", r"\1", "".join(out)).strip()


def _tex(part: str) -> str:
    if part in _COMMANDS:
        return f"\\{part} "
    return part if len(part) == 1 else f"\\mathrm{{{part}}}"


def _words(piece: str, *, in_script: bool) -> list[str] | None:
    """Split letters into commands and single letters (``Tgeq`` is T, geq), or None. Subscripts may be words."""
    if len(piece) == 1 or piece in _COMMANDS:
        return [piece]
    if in_script and (piece.isupper() or piece.islower()) and len(piece) <= 8:
        return [piece]
    for name in _COMMANDS:
        if len(name) < 3:
            continue
        if piece.startswith(name) and len(piece) - len(name) == 1:
            return [name, piece[-1]]
        if piece.endswith(name) and len(piece) - len(name) == 1:
            return [piece[0], name]
        rest = piece[len(name) :] if piece.startswith(name) else ""
        if rest in _COMMANDS:
            return [name, rest]
    return None
