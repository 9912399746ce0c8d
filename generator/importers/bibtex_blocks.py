"""The blocks of a BibTeX file, read as BibTeX and biber do, with recovery where they would stop.

It makes one pass, so time grows linearly. bibtexparser rejects what is common in real files (equal and empty keys,
repeated fields, parentheses) and rereads the rest of the file for each unclosed block. The grammar:
https://www.bibtex.com/g/bibtex-format/ and the source of btparse (CPAN).
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Piece:
    """A part of a value: text in braces or quotes, or, if ``is_name``, a number or the name of a macro."""

    text: str
    is_name: bool = False


@dataclass(frozen=True)
class Field:
    """A field with its name in lower case, the pieces that ``#`` joins, and its line."""

    name: str
    pieces: tuple[Piece, ...]
    line: int


@dataclass
class Block:
    """An entry, macro, comment or preamble. ``fault`` says why it ended early, ``skipped`` are unreadable parts."""

    kind: str
    line: int
    key: str = ""
    fields: list[Field] = field(default_factory=list)
    fault: str = ""
    is_cut: bool = False
    skipped: list[tuple[int, str]] = field(default_factory=list)


@dataclass
class Blocks:
    """All blocks in order, and the text between them by its line."""

    blocks: list[Block] = field(default_factory=list)
    between: list[tuple[int, str]] = field(default_factory=list)


# ``@`` inside a word, as in a mail address, opens no block
_OPEN = re.compile(r"(?<![^\s}),;>])@[ \t]*([A-Za-z][A-Za-z0-9_-]*)\s*([{(])")
# An unclosed block ends at a line that opens another one.
_NEXT = re.compile(
    r"^[ \t]*+@[ \t]*+(?:(?:string|comment|preamble)\s*+[{(]|[a-z]++\s*+[{(]\s*+[^,{}()=\"\n]*+,)", re.M | re.I
)
_KEY = re.compile(r"\s*([^,{}=\"\n]*)")
_NAME = re.compile(r"[^\s=,{}()\"#%@]+")
# commas between fields are optional here: files often have too many or too few
_SPACE = re.compile(r"(?:[\s,]++|%[^\n]*+)*+")
_EQUALS = re.compile(r"\s*=\s*")
_JOIN = re.compile(r"\s*#\s*")
_BARE = re.compile(r"[^\s,#{}()\"=]+")
_BRACE = re.compile(r"[{}]")
_QUOTE = re.compile(r"[{}\"]")
# Reading continues here after text that is not a field.
_RESUME = re.compile(r"(?:,|\n)[ \t]*(?=[A-Za-z][A-Za-z0-9_-]*[ \t]*=)")


def read_blocks(text: str) -> Blocks:
    """Return the blocks of ``text``; never raises."""
    return _Reader(text).read()


class _Unclosed(Exception):
    """A value or block that is not closed before the next block, or the end."""


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = [match.start() for match in re.finditer("\n", text)]
        self._starts = [match.start() for match in _NEXT.finditer(text)]
        self._blocks = Blocks()

    def read(self) -> Blocks:
        position = 0
        while match := _OPEN.search(self._text, position):
            self._between(position, match.start())
            position = self._block(match)
        self._between(position, len(self._text))
        return self._blocks

    def _line(self, position: int) -> int:
        return bisect_right(self._lines, position - 1) + 1

    def _between(self, start: int, end: int) -> None:
        """Text outside of blocks is a comment. Spaces and lines that begin with ``%`` are ignored."""
        for match in re.finditer(r"[^\s,;}%][^\n]*|%[^\n]*", self._text[start:end]):
            if match[0][0] != "%":
                self._blocks.between.append((self._line(start + match.start()), match[0].strip()))
                return

    def _block(self, match: re.Match[str]) -> int:
        """Read the block that ``match`` opens; return the position after it."""
        block = Block(match[1].lower(), self._line(match.start()))
        self._blocks.blocks.append(block)
        # Braces are matched within this limit only: an unclosed one would otherwise take all entries after it.
        index = bisect_right(self._starts, match.end())
        limit = self._starts[index] if index < len(self._starts) else len(self._text)
        try:
            if block.kind in ("comment", "preamble"):
                return self._braced(match.end(), limit, match[2])
            return self._entry(block, match.end(), limit, "}" if match[2] == "{" else ")")
        except _Unclosed as fault:
            block.fault, block.is_cut = str(fault), limit == len(self._text)
            return limit

    def _entry(self, block: Block, position: int, limit: int, closer: str) -> int:
        if block.kind != "string":
            position = self._key(block, position, limit)
        while True:
            space = _SPACE.match(self._text, position, limit)
            position = space.end() if space else position
            if position >= limit:
                self._may_end(block, limit)
                return limit
            if self._text[position] == closer:
                return position + 1
            position = self._field(block, position, limit, closer)

    def _may_end(self, block: Block, limit: int) -> None:
        """Accept a block without its closing bracket if its fields are complete, unless the file may be cut."""
        if limit == len(self._text) or not block.fields:
            raise _Unclosed("the entry is not closed")
        block.skipped.append((block.line, f"the closing bracket of {block.key or block.kind!r} is missing"))

    def _key(self, block: Block, position: int, limit: int) -> int:
        match = _KEY.match(self._text, position, limit)
        assert match is not None, "the pattern matches any text"
        after = self._text[match.end() : match.end() + 1]
        if after == "=":  # ``@article{title = …``: the key is missing
            return position
        block.key = match[1].strip()
        return match.end()

    def _field(self, block: Block, position: int, limit: int, closer: str) -> int:
        name = _NAME.match(self._text, position, limit)
        equals = _EQUALS.match(self._text, name.end(), limit) if name else None
        if name is None or equals is None:
            return self._skip(block, position, limit, closer)
        pieces, position = self._value(equals.end(), limit)
        if pieces:
            block.fields.append(Field(name[0].lower(), pieces, self._line(name.start())))
        return position if pieces else self._skip(block, name.start(), limit, closer)

    def _value(self, position: int, limit: int) -> tuple[tuple[Piece, ...], int]:
        pieces: list[Piece] = []
        while position < limit:
            opener = self._text[position]
            if opener == "{":
                end = self._braced(position + 1, limit, "{")
                pieces.append(Piece(self._text[position + 1 : end - 1]))
            elif opener == '"':
                end = self._quoted(position + 1, limit)
                pieces.append(Piece(self._text[position + 1 : end - 1]))
            elif bare := _BARE.match(self._text, position, limit):
                end = bare.end()
                pieces.append(Piece(bare[0], is_name=True))
            else:
                break
            position = end
            join = _JOIN.match(self._text, position, limit)
            if join is None:
                break
            position = join.end()
        return tuple(pieces), position

    def _braced(self, position: int, limit: int, opener: str) -> int:
        """The position after the brace that closes the one before ``position``."""
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
        raise _Unclosed(f"a brace is not closed: {self._start_of(position)}")

    def _quoted(self, position: int, limit: int) -> int:
        # A quotation mark inside braces does not end the value: ``"the {\"o} in …"``.
        depth = 0
        for match in _QUOTE.finditer(self._text, position, limit):
            if match[0] == '"':
                if not depth:
                    return match.end()
            else:
                depth = max(0, depth + (1 if match[0] == "{" else -1))
        raise _Unclosed(f"a quote is not closed: {self._start_of(position)}")

    def _start_of(self, position: int) -> str:
        return repr(" ".join(self._text[position : position + 80].split())[:40])

    def _skip(self, block: Block, position: int, limit: int, closer: str) -> int:
        """Skip text that is not a field, up to the next field or the end of the entry."""
        start = position
        resume = _RESUME.search(self._text, position, limit)
        after = resume.start() if resume else limit
        end = self._text.find(closer, position, after)
        opened = self._text.find("{", position, max(end, position))
        if opened >= 0:  # ``@url = {…}``: this brace closes its own value
            position = self._braced(opened + 1, limit, "{")
            resume = _RESUME.search(self._text, position, limit)
            end = self._text.find(closer, position, resume.start() if resume else limit)
        stop = resume.end() if resume else limit
        if end >= 0:
            stop = end if end > start or self._text[start] == closer else end + 1
        elif resume is None:
            raise _Unclosed(f"this is not a field: {self._start_of(start)}")
        block.skipped.append((self._line(start), " ".join(self._text[start:stop][:200].split())))
        return max(stop, start + 1)  # at least one character, so that reading ends
