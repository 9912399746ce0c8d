"""Divide a BibTeX file into blocks as BibTeX and biber do, and continue after errors at which these stop.

The grammar: https://www.bibtex.com/g/bibtex-format/ and the source of btparse (CPAN). The reader makes one pass, so
its time grows linearly. bibtexparser is not used: it rejects what is common in real files (equal and empty keys,
repeated fields, parentheses), and reads the rest of the file again for each unclosed block.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Piece:
    """A part of a value: text in braces or quotes; or, if ``is_bare``, a number or the name of a macro."""

    text: str
    is_bare: bool = False


@dataclass(frozen=True)
class Field:
    """A field with its name in lower case, the pieces that ``#`` joins, and its line."""

    name: str
    pieces: tuple[Piece, ...]
    line: int


@dataclass
class Block:
    """An entry, macro, comment or preamble. ``kind`` is the word after ``@`` in lower case.

    ``fault`` says why reading stopped early, or is ''; ``is_cut`` is true if it stopped at the end of the file.
    ``skipped`` are unreadable parts: the line and text of each.
    """

    kind: str
    line: int
    key: str = ""
    fields: list[Field] = field(default_factory=list)
    fault: str = ""
    is_cut: bool = False
    skipped: list[tuple[int, str]] = field(default_factory=list)


@dataclass
class BibtexFile:
    """The blocks of a file in order, and the texts outside of blocks: the line and text of each."""

    blocks: list[Block] = field(default_factory=list)
    other_texts: list[tuple[int, str]] = field(default_factory=list)


# ``@article{``, ``@string (``; ``@`` inside a word, as in an email address, opens no block
_OPEN = re.compile(r"(?<![^\s}),;>])@[ \t]*([A-Za-z][A-Za-z0-9_-]*)\s*([{(])")
# A line that opens a block, ``@string{`` or ``@article{key,``. An unclosed block before such a line ends there.
_OPEN_AT_LINE_START = re.compile(
    r"^[ \t]*+@[ \t]*+(?:(?:string|comment|preamble)\s*+[{(]|[a-z]++\s*+[{(]\s*+[^,{}()=\"\n]*+,)", re.M | re.I
)
_KEY = re.compile(r"\s*([^,{}=\"\n]*)")
_NAME = re.compile(r"[^\s=,{}()\"#%@]+")
# Spaces, comments and commas between fields. Files often have too many commas or too few.
_BETWEEN_FIELDS = re.compile(r"(?:[\s,]++|%[^\n]*+)*+")
_EQUALS = re.compile(r"\s*=\s*")
_JOIN = re.compile(r"\s*#\s*")
_BARE = re.compile(r"[^\s,#{}()\"=]+")  # ``2024``, ``jan``
_BRACE = re.compile(r"[{}]")
_QUOTE = re.compile(r"[{}\"]")
# ``, year =`` or ``year =`` on a new line: the next field after text that is not a field
_NEXT_FIELD = re.compile(r"(?:,|\n)[ \t]*(?=[A-Za-z][A-Za-z0-9_-]*[ \t]*=)")


def read_blocks(text: str) -> BibtexFile:
    """Divide ``text`` into blocks. Never raises."""
    return _Reader(text).read()


class _Unclosed(Exception):
    """A value or block is not closed, or the text before the next block is not a field. The message says which."""


class _Reader:
    """Reads a text from start to end. Methods with ``limit`` read no further than this position."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._newlines = [match.start() for match in re.finditer("\n", text)]
        self._block_starts = [match.start() for match in _OPEN_AT_LINE_START.finditer(text)]
        self._file = BibtexFile()

    def read(self) -> BibtexFile:
        position = 0
        while match := _OPEN.search(self._text, position):
            self._add_text_between(position, match.start())
            position = self._read_block(match)
        self._add_text_between(position, len(self._text))
        return self._file

    def _line_at(self, position: int) -> int:
        return bisect_right(self._newlines, position - 1) + 1

    def _add_text_between(self, start: int, end: int) -> None:
        """Add the first line between two blocks that is neither blank nor a ``%`` comment. BibTeX ignores such text."""
        for match in re.finditer(r"[^\s,;}%][^\n]*|%[^\n]*", self._text[start:end]):
            if match[0][0] != "%":
                self._file.other_texts.append((self._line_at(start + match.start()), match[0].strip()))
                return

    def _read_block(self, match: re.Match[str]) -> int:
        """Read the block that ``match`` of `_OPEN` opens. Returns the position after it."""
        block = Block(match[1].lower(), self._line_at(match.start()))
        self._file.blocks.append(block)
        # A block ends before the next one, so that an unclosed brace does not swallow all later entries.
        index = bisect_right(self._block_starts, match.end())
        limit = self._block_starts[index] if index < len(self._block_starts) else len(self._text)
        try:
            if block.kind in ("comment", "preamble"):
                return self._end_of_braces(match.end(), limit, match[2])
            return self._read_fields(block, match.end(), limit, "}" if match[2] == "{" else ")")
        except _Unclosed as error:
            block.fault, block.is_cut = str(error), limit == len(self._text)
            return limit

    def _read_fields(self, block: Block, position: int, limit: int, closer: str) -> int:
        """Read key and fields up to the bracket ``closer``. Returns the position after it."""
        if block.kind != "string":
            position = self._read_key(block, position, limit)
        while True:
            filler = _BETWEEN_FIELDS.match(self._text, position, limit)
            position = filler.end() if filler else position
            if position >= limit:
                self._end_unclosed(block, limit)
                return limit
            if self._text[position] == closer:
                return position + 1
            position = self._read_field(block, position, limit, closer)

    def _end_unclosed(self, block: Block, limit: int) -> None:
        """Accept a block with fields but without its closing bracket, unless the file may be cut. Else raises."""
        if limit == len(self._text) or not block.fields:
            raise _Unclosed("the entry is not closed")
        block.skipped.append((block.line, f"the closing bracket of {block.key or block.kind!r} is missing"))

    def _read_key(self, block: Block, position: int, limit: int) -> int:
        """Set the key of an entry. Returns the position after it."""
        match = _KEY.match(self._text, position, limit)
        assert match is not None, "the pattern matches any text"
        after = self._text[match.end() : match.end() + 1]
        if after == "=":  # ``@article{title = …``: the key is missing
            return position
        block.key = match[1].strip()
        return match.end()

    def _read_field(self, block: Block, position: int, limit: int, closer: str) -> int:
        """Read ``name = value``, or skip text that is not a field. Returns the position after it."""
        name = _NAME.match(self._text, position, limit)
        equals = _EQUALS.match(self._text, name.end(), limit) if name else None
        if name is None or equals is None:
            return self._skip_to_field(block, position, limit, closer)
        pieces, position = self._read_value(equals.end(), limit)
        if pieces:
            block.fields.append(Field(name[0].lower(), pieces, self._line_at(name.start())))
        return position if pieces else self._skip_to_field(block, name.start(), limit, closer)

    def _read_value(self, position: int, limit: int) -> tuple[tuple[Piece, ...], int]:
        """Read a value, ``{a} # jan``. Returns its pieces (none if it is no value), and the position after it."""
        pieces: list[Piece] = []
        while position < limit:
            opener = self._text[position]
            if opener == "{":
                end = self._end_of_braces(position + 1, limit, "{")
                pieces.append(Piece(self._text[position + 1 : end - 1]))
            elif opener == '"':
                end = self._end_of_quotes(position + 1, limit)
                pieces.append(Piece(self._text[position + 1 : end - 1]))
            elif bare := _BARE.match(self._text, position, limit):
                end = bare.end()
                pieces.append(Piece(bare[0], is_bare=True))
            else:
                break
            position = end
            join = _JOIN.match(self._text, position, limit)
            if join is None:
                break
            position = join.end()
        return tuple(pieces), position

    def _end_of_braces(self, position: int, limit: int, opener: str) -> int:
        """The position after the brace or bracket that closes the one before ``position``."""
        if opener == "(":
            end = self._text.find(")", position, limit)
            if end < 0:
                raise _Unclosed("a bracket is not closed")
            return end + 1
        depth = 1
        for match in _BRACE.finditer(self._text, position, limit):
            depth += 1 if match[0] == "{" else -1
            if not depth:
                return match.end()
        raise _Unclosed(f"a brace is not closed: {self._quotation(position)}")

    def _end_of_quotes(self, position: int, limit: int) -> int:
        """The position after the quotation mark that closes the one before ``position``."""
        # A quotation mark inside braces does not end the value: ``"the {\"o} in …"``.
        depth = 0
        for match in _QUOTE.finditer(self._text, position, limit):
            if match[0] == '"':
                if not depth:
                    return match.end()
            else:
                depth = max(0, depth + (1 if match[0] == "{" else -1))
        raise _Unclosed(f"a quote is not closed: {self._quotation(position)}")

    def _quotation(self, position: int) -> str:
        """The beginning of the text at a position, for a message."""
        return repr(" ".join(self._text[position : position + 80].split())[:40])

    def _skip_to_field(self, block: Block, position: int, limit: int, closer: str) -> int:
        """Skip text that is not a field. Returns the position of the next field, or of the bracket ``closer``."""
        start = position
        next_field = _NEXT_FIELD.search(self._text, position, limit)
        closer_position = self._text.find(closer, position, next_field.start() if next_field else limit)
        brace = self._text.find("{", position, max(closer_position, position))
        if brace >= 0:  # ``@url = {…}``: the bracket that was found closes the value, so search after the value
            position = self._end_of_braces(brace + 1, limit, "{")
            next_field = _NEXT_FIELD.search(self._text, position, limit)
            closer_position = self._text.find(closer, position, next_field.start() if next_field else limit)
        if closer_position >= 0:
            stop = closer_position
        elif next_field:
            stop = next_field.end()
        else:
            raise _Unclosed(f"this is not a field: {self._quotation(start)}")
        block.skipped.append((self._line_at(start), " ".join(self._text[start:stop][:200].split())))
        return max(stop, start + 1)  # at least one character, so that reading ends
