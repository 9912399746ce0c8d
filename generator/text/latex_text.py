"""Convert LaTeX in running text to plain text: commands keep their arguments and symbols, formulas stay as ``$…$``.

The text is read in one pass over its lexemes, so that time grows linearly with the length. The commands and accents are
those of "The Comprehensive LaTeX Symbol List" and of "LaTeX2e: An unofficial reference manual" (both on CTAN).
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
    """Plain text on one line, and the unknown commands of its source: with backslash, in order, each once."""

    text: str
    unknown_commands: tuple[str, ...] = ()


_MARKUP = re.compile(r"[\\{}$~`]|--|''")
# Markup other than braces. A brace may also separate the characters of a ligature, as in ``-{-}``.
_MORE_THAN_BRACES = re.compile(r"[\\$~`]|--|''|-\{|-\}|'\{|'\}")
# A command, a brace, a dollar sign, a ligature, spaces or other characters.
_LEXEME = re.compile(r"\\(?:[A-Za-z]+\*?|.)|[{}$~]|---?|``|[?!]?`|''|\s+|[^\\{}$~`'?!\s-]+|.", re.DOTALL)
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
    "uline textsubscript NoCaseChange mathrm mathbf mathit mathsf mathtt mathcal mathbb mathfrak mathscr boldsymbol "
    "operatorname textulc textlf textsw textln textgreek bibstring mkbibemph mkbibitalic mkbibbold mkbibacro textnum "
    "num sout uwave dashuline so hl bm pmb acs ac acl acf gls".split()
)
# The number of arguments before the text, such as colors and URLs. They are dropped.
_ARGUMENTS_BEFORE = {
    "textcolor": 1, "colorbox": 1, "href": 1, "texorpdfstring": 1, "foreignlanguage": 1, "selectlanguage": 1,
    "color": 1, "hspace": 1, "vspace": 1, "raisebox": 1, "scalebox": 1, "fontsize": 2,
}  # fmt: skip
_TEXTLESS = frozenset({"color", "hspace", "vspace", "fontsize", "selectlanguage"})  # these have no text argument
# Sort keys, and notes that do not belong in a title. Their arguments are dropped, and they are reported as unknown.
_DROPPED = frozenset(
    "noopsort SortNoop NOOPSORT footnote thanks footnotetext label index cite citep citet begin end".split()
)
_RAW_TEXT = frozenset("url path nolinkurl doi".split())  # the argument is kept as its source
# Commands that change their argument.
_TRANSFORMS: Mapping[str, Callable[[str], str]] = {
    "uppercase": str.upper, "MakeUppercase": str.upper, "lowercase": str.lower, "MakeLowercase": str.lower,
    "enquote": "“{}”".format, "mkbibquote": "“{}”".format, "mkbibparens": "({})".format, "textsuperscript": superscript,
}  # fmt: skip
_OPTION = re.compile(r"\s*\[[^\[\]]{0,200}\]")  # ``[2pt]`` after a command
_MAX_OPTION_LEXEMES = 40  # a longer option is text
_CLOSING = {"$": "$", "\\(": "\\)", "\\[": "\\]"}  # the end of a formula, by its start
_SPACELESS = frozenset("“‘„‚«‹¡¿–—")  # no space follows these
_QUOTED = re.compile(r"‘([^‘’]{1,200}?)'(?!\w)")


def decode_latex(source: str) -> str:
    """Convert LaTeX, as BibTeX files contain it, to plain text on one line; formulas stay as ``$…$``.

    A bare ``%`` or ``&`` is literal: in a title it is never meant as a comment or a column separator.
    """
    return read_latex(source).text


def read_latex(source: str) -> Decoded:
    """Convert as ``decode_latex``, and report unknown commands. The text has their argument, or else their name.

    Commands such as ``\\footnote`` (``_DROPPED``) are reported, too, but leave no text.
    """
    if not _MARKUP.search(source):
        return Decoded(" ".join(source.split()))
    if not _MORE_THAN_BRACES.search(source):
        return Decoded(unicodedata.normalize("NFC", " ".join(source.replace("{", "").replace("}", "").split())))
    return _read(source)


@lru_cache(maxsize=1 << 12)  # many records contain the same people and venues
def _read(source: str) -> Decoded:
    return _Reader(source).read()


class _Argument(NamedTuple):
    """How to use an argument: ``transform`` gets its text or, if ``is_raw``, its source. None keeps the text."""

    transform: Callable[[str], str] | None = None
    is_raw: bool = False

    def apply(self, text: str) -> str:
        return text if self.transform is None else self.transform(text)


_KEEP = _Argument()
_DROP = _Argument(lambda _: "")
_RAW = _Argument(str.strip, is_raw=True)


class _Group(NamedTuple):
    """An open group that is an argument: its use, the parts of the text before it, and the index of its content."""

    argument: _Argument
    parts_before: list[str]
    start: int


class _Reader:
    """Reads one text.

    ``_pending`` are the arguments (groups or characters) that commands still wait for, the next one last. ``_groups``
    are the open groups; None is a group whose text is kept as it is. ``_parts`` is the text of the innermost group that
    is not None; one list for several groups keeps the time linear in their depth. ``_in_raw`` is true inside a group
    whose source is kept. ``_formula_ends`` are the indexes of lexemes that may end a formula, by lexeme.
    """

    def __init__(self, source: str) -> None:
        self._lexemes = _LEXEME.findall(source)
        self._parts: list[str] = []
        self._groups: list[_Group | None] = []
        self._pending: list[_Argument] = []
        self._unknown: list[str] = []
        self._in_raw = False
        self._formula_ends: dict[str, list[int]] = {lexeme: [] for lexeme in _CLOSING.values()}
        for index, lexeme in enumerate(self._lexemes):
            if lexeme in self._formula_ends:
                self._formula_ends[lexeme].append(index)

    def read(self) -> Decoded:
        """Return the text. Groups that are still open end with it."""
        index, lexemes = 0, self._lexemes
        while index < len(lexemes):
            index = self._read_lexeme(index, lexemes[index])
        while self._groups:  # a source may be cut in the middle of a group
            self._close(len(lexemes))
        text = unicodedata.normalize("NFC", " ".join("".join(self._parts).split()))
        text = _QUOTED.sub(r"‘\1’", text) if "‘" in text else text
        return Decoded(text, tuple(dict.fromkeys(self._unknown)))

    def _open(self, start: int) -> None:
        """Open a group whose content begins at ``start``. It is the argument of a command that waits for one."""
        argument = self._pending.pop() if self._pending else _KEEP
        if argument.transform is None or (argument.is_raw and self._in_raw):
            self._groups.append(None)
            return
        self._groups.append(_Group(argument, self._parts, start))
        self._parts = []
        self._in_raw = self._in_raw or argument.is_raw

    def _close(self, end: int) -> None:
        """Close the innermost group, whose content ends before ``end``."""
        group = self._groups.pop()
        if group is None:
            return
        text, self._parts = "".join(self._parts), group.parts_before
        if group.argument.is_raw:
            self._in_raw = False
            text = "".join(self._lexemes[group.start : end])
        self._parts.append(group.argument.apply(text))

    def _read_lexeme(self, index: int, lexeme: str) -> int:
        """Read a lexeme, or a command or formula of several; return the index of the next lexeme."""
        if lexeme == "{":
            self._open(index + 1)
        elif lexeme == "}":
            self._pending.clear()  # an argument cannot be outside of the group of its command
            if self._groups:
                self._close(index)
        elif lexeme.isspace():
            if not self._pending:
                self._parts.append(" ")
        elif lexeme in ("$", "\\(", "\\["):
            return self._read_formula(index, lexeme)
        elif lexeme[0] == "\\" and len(lexeme) > 1:
            return self._read_command(index, lexeme[1:])
        else:
            self._add_characters(lexeme, alone=lexeme in _LIGATURES and self._is_alone(index))
        return index + 1

    def _is_alone(self, index: int) -> bool:
        """Whether a lexeme is the only one in its group, as in ``{`}``: then it is the character itself."""
        group = self._lexemes[max(index - 1, 0) : index + 2]
        return len(group) == 3 and group[0] == "{" and group[2] == "}"

    def _add_characters(self, lexeme: str, *, alone: bool = False) -> None:
        """Add a lexeme of characters. If a command waits for an argument, it is the first character."""
        text = lexeme if alone and lexeme != "~" else _LIGATURES.get(lexeme, lexeme)
        self._add_text(text[:1])
        self._parts.append(text[1:])

    def _add_text(self, text: str) -> None:
        """Add text. If a command waits for an argument, it is all of ``text``."""
        self._parts.append(self._pending.pop().apply(text) if self._pending and text else text)

    def _read_formula(self, index: int, lexeme: str) -> int:
        """Read a formula; return the index of the next lexeme. Without an end, only ``$`` is kept, as a character."""
        is_double = lexeme == "$" and self._lexemes[index + 1 : index + 2] == ["$"]
        start = index + 2 if is_double else index + 1
        ends = self._formula_ends[_CLOSING[lexeme]]
        next_end = bisect_right(ends, start - 1)
        if next_end == len(ends):
            self._add_characters("$" if lexeme == "$" and not is_double else "")
            return start
        end = ends[next_end]
        formula = "".join(self._lexemes[start:end]).strip()
        self._add_text(f"${formula}$" if formula else "")
        return end + 2 if is_double and self._lexemes[end + 1 : end + 2] == ["$"] else end + 1

    def _read_command(self, index: int, name: str) -> int:
        """Read a command without its arguments; return the index of the next lexeme."""
        after = index + 1
        if name in ACCENTS:
            self._pending.append(_Argument(_accent(ACCENTS[name], name)))
            return after
        if (letter := LETTERS.get(name)) is not None:
            self._add_text(letter)
            return self._skip_space(after)
        bare = name.rstrip("*") if len(name) > 1 else name
        if bare in _SWITCHES:
            return self._skip_space(after)
        if (arguments := _arguments(bare)) is not None:
            self._pending.extend(reversed(arguments))
            return self._skip_option(after)
        if bare not in _DROPPED and (character := symbol_of(bare)) is not None:
            self._add_text(character)
            if character in _SPACELESS:
                return self._skip_space(after)
            return self._skip_option(after) if name == "\\" else after
        self._unknown.append(f"\\{bare}")
        return self._read_unknown_command(after, bare)

    def _read_unknown_command(self, after: int, name: str) -> int:
        """Keep the argument of an unknown command, or its name if it has none; drop the argument of ``_DROPPED``."""
        if name in _DROPPED:
            after = self._skip_option(after)
            if self._lexemes[after : after + 1] == ["{"]:
                self._pending.append(_DROP)
        elif self._lexemes[after : after + 1] != ["{"] or self._lexemes[after : after + 2] == ["{", "}"]:
            self._add_text(name)
        return after

    def _skip_space(self, index: int) -> int:
        return index + 1 if self._lexemes[index : index + 1] and self._lexemes[index].isspace() else index

    def _skip_option(self, index: int) -> int:
        """Return the index after ``[…]`` if that comes next and is short, else ``index``."""
        if not self._lexemes[index : index + 1] or self._lexemes[index][0] != "[":
            return index
        source = "".join(self._lexemes[index : index + _MAX_OPTION_LEXEMES])
        match = _OPTION.match(source)
        if match is None:
            return index
        length = 0
        while length < match.end():
            length += len(self._lexemes[index])
            index += 1
        self._add_characters(source[match.end() : length])  # characters of the last lexeme after the bracket
        return index


@cache
def _arguments(name: str) -> tuple[_Argument, ...] | None:
    """How to use each argument of a command; None if the command is not known to have arguments."""
    before = (_DROP,) * _ARGUMENTS_BEFORE.get(name, 0)
    if name in _TEXTLESS:
        return before
    if name in _RAW_TEXT:
        return (_RAW,)
    if name == "ensuremath":
        return (_Argument(_ensured, is_raw=True),)
    if name in _TRANSFORMS:
        return (_Argument(_TRANSFORMS[name]),)
    return (*before, _KEEP) if before or name in _WITH_TEXT else None


def _accent(combining: str, name: str) -> Callable[[str], str]:
    """The function that adds a combining character to the first letter of an argument."""

    def add_accent(text: str) -> str:
        letters = text.lstrip()
        if not letters:
            return "" if name.isalpha() else name  # ``\~{}`` is the accent itself
        first = {"ı": "i", "ȷ": "j"}.get(letters[0], letters[0])
        return unicodedata.normalize("NFC", first + combining) + letters[1:]

    return add_accent


def _ensured(source: str) -> str:
    r"""The content of ``\ensuremath``: one symbol as a character, anything longer as a formula."""
    formula = source.strip()
    if len(formula) == 1 and formula not in "\\^_$":
        return formula
    character = symbol_of(formula[1:]) if re.fullmatch(r"\\[A-Za-z]+", formula) else None
    return character or (f"${formula}$" if formula else "")
