"""The entries of a BibTeX file, with macros replaced and fields of parents inherited."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from generator.importers.bibtex_blocks import Block, Piece
from generator.importers.raw_paper import Unread

_MONTHS = "January February March April May June July August September October November December".split()
# The macros that every BibTeX style defines.
_MACROS = {name[:3].lower(): name for name in _MONTHS}
_MAX_QUOTED = 80  # characters of a quotation in a message
# Fields that are never inherited: https://ctan.org/pkg/biblatex, appendix B.
_NEVER_INHERITED = frozenset(
    "title subtitle titleaddon shorttitle crossref xref xdata entryset ids key keywords abstract doi url urldate "
    "eprint eprinttype archiveprefix pages author file note annote annotation timestamp label sortkey biburl "
    "bibsource".split()
)
# fields that change their name when they are inherited
_FROM_PARENT = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon"}
_MAX_GENERATIONS = 5  # generations of parents; more are a cycle


@dataclass
class Source:
    """The fields of an entry by name in lower case: text with its LaTeX, and the line.

    ``used`` are the fields that were read. ``unread`` are macros without a definition, repeated fields and text outside
    of fields; ``incomplete`` are the names of fields that lack the text of an undefined macro.
    """

    kind: str
    key: str
    line: int
    fields: dict[str, str]
    lines: dict[str, int]
    unread: list[Unread] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    inherited: dict[str, str] = field(default_factory=dict)
    incomplete: set[str] = field(default_factory=set)

    def take(self, *names: str) -> str:
        """Return the first of these fields that is not empty, stated or inherited, and mark it as used; or ''."""
        for name in names:
            if value := self.peek(name):
                self.used.add(name)
                return value
        return ""

    def peek(self, name: str) -> str:
        """Return a field without marking it as used."""
        return self.fields.get(name) or self.inherited.get(name, "")

    def unused(self) -> Iterator[Unread]:
        """The fields that were not used."""
        for name, value in self.fields.items():
            if name not in self.used and value.strip():
                yield Unread(self.lines[name], f"field {name}", shortened(value))


def shortened(text: str) -> str:
    """Untrusted text on one line, shortened for a message."""
    line = " ".join(text[: 4 * _MAX_QUOTED].split())
    return line if len(line) <= _MAX_QUOTED else f"{line[:_MAX_QUOTED]}…"


class Macros:
    """The macros of a file, ``@string{icml = "…"}``, and those of months. Names ignore case."""

    def __init__(self) -> None:
        self._values = dict(_MACROS)

    def define(self, block: Block) -> list[Unread]:
        """Add an ``@string``."""
        unread: list[Unread] = []
        for block_field in block.fields:
            self._values[block_field.name] = self.joined(block_field.pieces, block_field.line, unread)
        return unread

    def joined(self, pieces: tuple[Piece, ...], line: int, unread: list[Unread]) -> str:
        """Join the pieces of a value. An undefined macro has no text, and is added to ``unread``."""
        if len(pieces) == 1 and not pieces[0].is_name:
            return pieces[0].text
        return "".join(piece.text if not piece.is_name else self._value(piece.text, line, unread) for piece in pieces)

    def _value(self, name: str, line: int, unread: list[Unread]) -> str:
        if name[0].isdigit():  # a number needs neither braces nor quotes: ``year = 2024``
            return name
        value = self._values.get(name.lower())
        if value is None:
            unread.append(Unread(line, "macro without a definition", name))
        return value or ""


def source_of(block: Block, macros: Macros) -> Source:
    """Return an entry with its macros replaced. The first of repeated fields counts."""
    source = Source(block.kind, block.key, block.line, {}, {})
    source.unread += [Unread(line, "text outside of fields", shortened(text)) for line, text in block.skipped]
    for block_field in block.fields:
        before = len(source.unread)
        value = macros.joined(block_field.pieces, block_field.line, source.unread)
        if len(source.unread) > before:
            source.incomplete.add(block_field.name)
        known = source.fields.get(block_field.name)
        if known is None or not known.strip():
            source.fields[block_field.name], source.lines[block_field.name] = value, block_field.line
        elif known != value:
            source.unread.append(Unread(block_field.line, f"repeated field {block_field.name}", shortened(value)))
    return source


def inherit(source: Source, find: Callable[[str], Source | None]) -> list[str]:
    """Add the fields of the parents in ``crossref``, ``xref`` and ``xdata``; return the keys that are missing."""
    missing: list[str] = []
    source.inherited = _inherited(source, find, missing, _MAX_GENERATIONS)
    # They are used even if the parent is missing: the missing key is reported, so the field need not be.
    source.used |= {"crossref", "xref", "xdata"} & source.fields.keys()
    return missing


def parents(source: Source) -> Iterator[tuple[str, str]]:
    """The parents of an entry: the field and the key of each."""
    for name in ("xdata", "crossref", "xref"):
        for key in source.fields.get(name, "").split(","):
            if key.strip():
                yield name, key.strip()


def _inherited(source: Source, find: Callable[[str], Source | None], missing: list[str], depth: int) -> dict[str, str]:
    inherited: dict[str, str] = {}
    for name, key in parents(source) if depth else ():
        parent = find(key)
        if parent is None or parent is source:
            missing.append(key)
            continue
        parent_fields = {**_inherited(parent, find, [], depth - 1), **parent.fields}
        for field_name, value in (parent_fields if name == "xdata" else _as_child(parent_fields, source.kind)).items():
            inherited.setdefault(field_name, value)
    return {name: value for name, value in inherited.items() if not source.fields.get(name, "").strip()}


def _as_child(parent_fields: Mapping[str, str], kind: str) -> dict[str, str]:
    """Rename the fields of a volume for a paper in it."""
    named = {child: parent_fields[name] for name, child in _FROM_PARENT.items() if name in parent_fields}
    author = {"author": parent_fields["author"]} if kind == "inbook" and "author" in parent_fields else {}
    return {**named, **author, **{name: value for name, value in parent_fields.items() if name not in _NEVER_INHERITED}}
