"""Convert LaTeX in running text to plain text: commands keep their arguments and symbols, formulas stay as ``$…$``.

It makes one pass over the tokens, so time grows linearly with the length. The symbols come from pylatexenc; commands
and accents are those of "The Comprehensive LaTeX Symbol List" and of "LaTeX2e: An unofficial reference manual" (both on
CTAN).
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from generator.text.characters import superscript
from generator.text.latex_symbols import ACCENTS, LETTERS, symbol_of


class Decoded(NamedTuple):
    """Plain text on one line, and the unknown commands in it (with their backslash, in order)."""

    text: str
    unknown: tuple[str, ...] = ()


_COMMANDS = re.compile(r"[\\$~`]|--|''|-\{|-\}|'\{|'\}")
_MARKUP = re.compile(r"[\\{}$~`]|--|''")
_TOKEN = re.compile(r"\\(?:[A-Za-z]+\*?|.)|[{}$~]|---?|``|[?!]?`|''|\s+|[^\\{}$~`'?!\s-]+|.", re.DOTALL)
_LIGATURES = {"~": " ", "--": "–", "---": "—", "`": "‘", "``": "“", "''": "”", "?`": "¿", "!`": "¡"}
# Commands that change the style of the text after them. They are removed.
_SWITCHES = frozenset(
    "it em sc bf tt rm sl sf itshape bfseries scshape ttfamily rmfamily sffamily upshape slshape mdseries normalfont "
    "tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge centering boldmath displaystyle "
    "textstyle selectfont".split()
)
# Commands whose argument is kept as text.
_WITH_TEXT = frozenset(
    "emph textbf textit texttt textsc textsf textrm textsl textup textmd textnormal text mbox hbox fbox underline "
    "uline textsubscript NoCaseChange mathrm mathbf mathit mathsf mathtt "
    "mathcal mathbb mathfrak mathscr boldsymbol operatorname textulc textlf textsw textln textgreek bibstring "
    "mkbibemph mkbibitalic mkbibbold "
    "mkbibacro textnum num sout uwave dashuline so hl bm pmb acs ac acl acf gls".split()
)
# The number of arguments before the text, such as colors, URLs and sort keys. They are dropped.
_ARGUMENTS_BEFORE = {
    "textcolor": 1, "colorbox": 1, "href": 1, "texorpdfstring": 1, "foreignlanguage": 1, "selectlanguage": 1,
    "color": 1, "hspace": 1, "vspace": 1, "raisebox": 1, "scalebox": 1, "fontsize": 2,
}  # fmt: skip
# commands without any text in their arguments
_TEXTLESS = frozenset({"color", "hspace", "vspace", "fontsize", "selectlanguage"})
# Sort keys, and notes that do not belong in a title. The commands are reported, and their arguments dropped.
_DROPPED = frozenset(
    "noopsort SortNoop NOOPSORT footnote thanks footnotetext label index cite citep citet begin end".split()
)
_RAW_TEXT = frozenset("url path nolinkurl doi".split())
_QUOTES = {"enquote": "“{}”", "mkbibquote": "“{}”", "mkbibparens": "({})"}
_CASES: Mapping[str, Callable[[str], str]] = {
    "uppercase": str.upper, "MakeUppercase": str.upper, "lowercase": str.lower, "MakeLowercase": str.lower,
}  # fmt: skip
_OPTION = re.compile(r"\s*\[[^\[\]]{0,200}\]")
_CLOSES = {"\\(": "\\)", "\\[": "\\]"}  # the end of a formula, by its opening
_MAX_OPTION_TOKENS = 40  # tokens; a longer option is text
_SPACELESS = frozenset("“‘„‚«‹¡¿–—")  # not followed by a space
_QUOTED = re.compile(r"‘([^‘’]{1,200}?)'(?!\w)")


def decode_latex(source: str) -> str:
    """Convert LaTeX, as BibTeX files contain it, to plain text on one line; formulas stay as ``$…$``.

    A bare ``%`` or ``&`` is literal: in a title it is never meant as a comment or a column separator.
    """
    return read_latex(source).text


def read_latex(source: str) -> Decoded:
    """`decode_latex`, with the unknown commands: their arguments stay, or their name if they have none."""
    if not _MARKUP.search(source):
        return Decoded(" ".join(source.split()))
    if not _COMMANDS.search(source):  # only braces
        return Decoded(unicodedata.normalize("NFC", " ".join(source.replace("{", "").replace("}", "").split())))
    return _read(source)


@lru_cache(maxsize=1 << 12)  # many records contain the same people and venues
def _read(source: str) -> Decoded:
    return _Reader(source).read()


class _Argument(NamedTuple):
    """How to use an argument: its text or, if ``is_raw``, its source. ``finish`` None keeps the text."""

    finish: Callable[[str], str] | None = None
    is_raw: bool = False


_KEEP = _Argument()
_DROP = _Argument(lambda _: "")
_RAW = _Argument(str.strip, is_raw=True)


class _Frame(NamedTuple):
    """An open group with text of its own: how to use it, its parts, and where its source begins."""

    argument: _Argument
    parts: list[str]
    start: int


class _Reader:
    """Reads one text.

    ``_pending`` is a stack that says how to use the next arguments (groups or characters), the next one last.
    ``_groups`` are the open groups. Groups that only keep their text share the parts of the enclosing group, so that
    depth costs nothing.
    """

    def __init__(self, source: str) -> None:
        self._tokens = _TOKEN.findall(source)
        self._parts: list[str] = []
        self._groups: list[_Frame | None] = []
        self._pending: list[_Argument] = []
        self._unknown: list[str] = []
        self._in_raw = False
        self._closing: dict[str, list[int]] = {"$": [], "\\)": [], "\\]": []}
        for index, lexeme in enumerate(self._tokens):
            if lexeme in self._closing:
                self._closing[lexeme].append(index)

    def read(self) -> Decoded:
        """Return the text. Groups that are still open end with it."""
        index, tokens = 0, self._tokens
        while index < len(tokens):
            index = self._read_token(index, tokens[index])
        while self._groups:  # a source may be cut in the middle of a group
            self._close(len(tokens))
        text = unicodedata.normalize("NFC", " ".join("".join(self._parts).split()))
        text = _QUOTED.sub(r"‘\1’", text) if "‘" in text else text
        return Decoded(text, tuple(dict.fromkeys(self._unknown)))

    def _open(self, start: int) -> None:
        argument = self._pending.pop() if self._pending else _KEEP
        if argument.finish is None or (argument.is_raw and self._in_raw):
            self._groups.append(None)
            return
        self._groups.append(_Frame(argument, self._parts, start))
        self._parts = []
        self._in_raw = self._in_raw or argument.is_raw

    def _close(self, index: int) -> None:
        frame = self._groups.pop()
        if frame is None:
            return
        text, self._parts = "".join(self._parts), frame.parts
        if frame.argument.is_raw:
            self._in_raw = False
            text = "".join(self._tokens[frame.start : index])
        self._parts.append(_finished(frame.argument, text))

    def _read_token(self, index: int, lexeme: str) -> int:
        """Read a token, or a command or formula of several; return the index of the next token."""
        if lexeme == "{":
            self._open(index + 1)
        elif lexeme == "}":
            self._pending.clear()
            if self._groups:
                self._close(index)
        elif lexeme.isspace():
            if not self._pending:
                self._parts.append(" ")
        elif lexeme in ("$", "\\(", "\\["):
            return self._maths(index, lexeme)
        elif lexeme[0] == "\\" and len(lexeme) > 1:
            return self._command(index, lexeme[1:])
        else:
            self._plain(lexeme, alone=lexeme in _LIGATURES and self._is_alone(index))
        return index + 1

    def _is_alone(self, index: int) -> bool:
        """Whether a token is the only one in its group, as in ``{`}``: then it is the character itself."""
        group = self._tokens[max(index - 1, 0) : index + 2]
        return len(group) == 3 and group[0] == "{" and group[2] == "}"

    def _plain(self, lexeme: str, *, alone: bool = False) -> None:
        text = lexeme if alone and lexeme != "~" else _LIGATURES.get(lexeme, lexeme)
        self._add(text[:1])
        self._parts.append(text[1:])

    def _add(self, text: str) -> None:
        """Add text, which is one argument if a command waits for one."""
        self._parts.append(_finished(self._pending.pop(), text) if self._pending and text else text)

    def _maths(self, index: int, lexeme: str) -> int:
        """Read a formula from its opening token. If it is not closed, the token is a character."""
        ends = self._closing[_CLOSES.get(lexeme, "$")]
        after = index
        doubled = lexeme == "$" and self._tokens[index + 1 : index + 2] == ["$"]
        if doubled:
            after = index + 1
        next_end = bisect_right(ends, after)
        if next_end == len(ends):
            self._plain("$" if lexeme == "$" and not doubled else "")
            return after + 1
        end = ends[next_end]
        formula = "".join(self._tokens[after + 1 : end]).strip()
        self._add(f"${formula}$" if formula else "")
        return end + 2 if doubled and self._tokens[end + 1 : end + 2] == ["$"] else end + 1

    def _command(self, index: int, name: str) -> int:
        after = index + 1
        if name in ACCENTS:
            self._pending.append(_Argument(_accent(ACCENTS[name], name)))
            return after
        if (letter := LETTERS.get(name)) is not None:
            self._add(letter)
            return self._skip_space(after)
        bare = name.rstrip("*") if len(name) > 1 else name
        if bare in _SWITCHES:
            return self._skip_space(after)
        if (arguments := _arguments(bare)) is not None:
            self._pending.extend(reversed(arguments))
            return self._skip_option(after)
        if bare not in _DROPPED and (character := symbol_of(bare)) is not None:
            self._add(character)
            if character in _SPACELESS:
                return self._skip_space(after)
            return self._skip_option(after) if name == "\\" else after
        self._unknown.append(f"\\{bare}")
        return self._unknown_command(after, bare)

    def _unknown_command(self, after: int, name: str) -> int:
        """Handle an unknown command: keep its argument, or its name if it has no argument."""
        if name in _DROPPED:
            after = self._skip_option(after)
            if self._tokens[after : after + 1] == ["{"]:
                self._pending.append(_DROP)
        elif self._tokens[after : after + 1] != ["{"] or self._tokens[after : after + 2] == ["{", "}"]:
            self._add(name)
        return after

    def _skip_space(self, index: int) -> int:
        return index + 1 if self._tokens[index : index + 1] and self._tokens[index].isspace() else index

    def _skip_option(self, index: int) -> int:
        """Skip ``[…]`` if it comes next and is short."""
        if not self._tokens[index : index + 1] or self._tokens[index][0] != "[":
            return index
        source = "".join(self._tokens[index : index + _MAX_OPTION_TOKENS])
        match = _OPTION.match(source)
        if match is None:
            return index
        length = 0
        while length < match.end():
            length += len(self._tokens[index])
            index += 1
        rest = source[match.end() : length]
        if rest:
            self._plain(rest)
        return index


def _finished(argument: _Argument, text: str) -> str:
    return text if argument.finish is None else argument.finish(text)


@cache
def _arguments(name: str) -> tuple[_Argument, ...] | None:
    """How to use each argument of a known command; None if the command is unknown or has no argument."""
    before = (_DROP,) * _ARGUMENTS_BEFORE.get(name, 0)
    if name in _TEXTLESS:
        return before
    if name in _RAW_TEXT:
        return (_RAW,)
    if name == "ensuremath":
        return (_Argument(_ensured, is_raw=True),)
    if name == "textsuperscript":
        return (_Argument(superscript),)
    if name in _CASES:
        return (_Argument(_CASES[name]),)
    if name in _QUOTES:
        return (_Argument(_QUOTES[name].format),)
    return (*before, _KEEP) if before or name in _WITH_TEXT else None


def _accent(mark: str, name: str) -> Callable[[str], str]:
    def accented(text: str) -> str:
        bare = text.lstrip()
        if not bare:
            return "" if name.isalpha() else name  # ``\~{}`` is the accent itself
        letter = {"ı": "i", "ȷ": "j"}.get(bare[0], bare[0])
        return unicodedata.normalize("NFC", letter + mark) + bare[1:]

    return accented


def _ensured(source: str) -> str:
    r"""The content of ``\ensuremath``: one symbol as a character, anything longer as a formula."""
    formula = source.strip()
    if len(formula) == 1 and formula not in "\\^_$":
        return formula
    character = symbol_of(formula[1:]) if re.fullmatch(r"\\[A-Za-z]+", formula) else None
    return character or (f"${formula}$" if formula else "")
