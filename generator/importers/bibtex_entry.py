"""The entries of a BibTeX file, with macros replaced and fields of parents inherited."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from generator.importers.bibtex_blocks import Block, Piece
from generator.importers.raw_paper import Unread

_MONTHS = "January February March April May June July August September October November December".split()
_MONTH_MACROS = {name[:3].lower(): name for name in _MONTHS}  # ``jan``: every BibTeX style defines these
_MAX_QUOTED = 80  # characters of a quotation in a message
# Fields that are never inherited: https://ctan.org/pkg/biblatex, appendix B.
_NEVER_INHERITED = frozenset(
    "title subtitle titleaddon shorttitle crossref xref xdata entryset ids key keywords abstract doi url urldate "
    "eprint eprinttype archiveprefix pages author file note annote annotation timestamp label sortkey biburl "
    "bibsource".split()
)
# fields of a parent, and the names under which its children inherit them
_CHILD_NAMES = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon"}
_MAX_GENERATIONS = 5  # generations of parents; more are a cycle


@dataclass
class BibtexEntry:
    """An entry: ``fields`` are texts with LaTeX, and ``lines`` their lines, by field name in lower case.

    ``kind`` is the type, such as ``inproceedings``. ``inherited`` are fields of parents. ``used`` are the names of
    fields that were read. ``incomplete`` are the names of fields with an undefined macro, whose text is missing.
    ``unread`` are undefined macros, repeated fields and text outside of fields.
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
        """Return the first of these fields that is not empty, and mark it as used; '' if all are empty."""
        for name in names:
            if value := self.peek(name):
                self.used.add(name)
                return value
        return ""

    def peek(self, name: str) -> str:
        """Return a field, stated or inherited, without marking it as used; '' if it is missing."""
        return self.fields.get(name) or self.inherited.get(name, "")

    def unused(self) -> Iterator[Unread]:
        """Yield the stated fields that were not used."""
        for name, value in self.fields.items():
            if name not in self.used and value.strip():
                yield Unread(self.lines[name], f"field {name}", shortened(value))


def shortened(text: str) -> str:
    """Return a text of the file on one line, shortened for a message."""
    # A text may be megabytes long. Four times the length leaves enough after line breaks and indentation are removed.
    line = " ".join(text[: 4 * _MAX_QUOTED].split())
    return line if len(line) <= _MAX_QUOTED else f"{line[:_MAX_QUOTED]}…"


class Macros:
    """The macros of a file, ``@string{icml = "…"}``, and the macros for months. Case in names does not matter."""

    def __init__(self) -> None:
        self._values = dict(_MONTH_MACROS)

    def define(self, block: Block) -> list[Unread]:
        """Add the macros of an ``@string`` block. Returns the undefined macros in their values."""
        unread: list[Unread] = []
        for block_field in block.fields:
            self._values[block_field.name] = self.join(block_field.pieces, block_field.line, unread)
        return unread

    def join(self, pieces: tuple[Piece, ...], line: int, unread: list[Unread]) -> str:
        """Join the pieces of a value. An undefined macro becomes '' and is added to ``unread``."""
        if len(pieces) == 1 and not pieces[0].is_bare:
            return pieces[0].text
        return "".join(self._bare_value(piece.text, line, unread) if piece.is_bare else piece.text for piece in pieces)

    def _bare_value(self, name: str, line: int, unread: list[Unread]) -> str:
        """The value of a piece without braces and quotes: a number, or the name of a macro."""
        if name[0].isdigit():  # ``year = 2024``
            return name
        value = self._values.get(name.lower())
        if value is None:
            unread.append(Unread(line, "macro without a definition", name))
        return value or ""


def entry_of(block: Block, macros: Macros) -> BibtexEntry:
    """Convert a block to an entry, with macros replaced. Of repeated fields, the first that is not blank counts."""
    entry = BibtexEntry(block.kind, block.key, block.line, {}, {})
    entry.unread += [Unread(line, "text outside of fields", shortened(text)) for line, text in block.skipped]
    for block_field in block.fields:
        undefined_macros: list[Unread] = []
        value = macros.join(block_field.pieces, block_field.line, undefined_macros)
        if undefined_macros:
            entry.unread += undefined_macros
            entry.incomplete.add(block_field.name)
        earlier_value = entry.fields.get(block_field.name)
        if earlier_value is None or not earlier_value.strip():
            entry.fields[block_field.name], entry.lines[block_field.name] = value, block_field.line
        elif earlier_value != value:
            entry.unread.append(Unread(block_field.line, f"repeated field {block_field.name}", shortened(value)))
    return entry


def inherit(entry: BibtexEntry, find_entry: Callable[[str], BibtexEntry | None]) -> list[str]:
    """Set ``entry.inherited``. ``find_entry`` finds an entry by key.

    Returns the keys of parents that do not exist, or that are the entry itself.
    """
    missing: list[str] = []
    entry.inherited = _inherited(entry, find_entry, missing, _MAX_GENERATIONS)
    # These fields count as used even if the parent is missing, because the missing key is reported instead.
    entry.used |= {"crossref", "xref", "xdata"} & entry.fields.keys()
    return missing


def parents(entry: BibtexEntry) -> Iterator[tuple[str, str]]:
    """Yield the field name and the key of each parent."""
    for name in ("xdata", "crossref", "xref"):
        for key in entry.fields.get(name, "").split(","):
            if key.strip():
                yield name, key.strip()


def _inherited(
    entry: BibtexEntry, find_entry: Callable[[str], BibtexEntry | None], missing: list[str], generations: int
) -> dict[str, str]:
    """Return the fields that the entry lacks and that up to ``generations`` generations of parents have.

    Adds the keys of parents that do not exist, or that are the entry itself, to ``missing``.
    """
    inherited: dict[str, str] = {}
    for reference, key in parents(entry) if generations else ():
        parent = find_entry(key)
        if parent is None or parent is entry:
            missing.append(key)
            continue
        # Missing grandparents are reported for the parent itself, not again for each of its children.
        fields = {**_inherited(parent, find_entry, [], generations - 1), **parent.fields}
        if reference != "xdata":  # an xdata entry is only a set of shared fields, not a volume
            fields = _as_child(fields, entry.kind)
        inherited = {**fields, **inherited}
    return {name: value for name, value in inherited.items() if not entry.fields.get(name, "").strip()}


def _as_child(parent_fields: Mapping[str, str], kind: str) -> dict[str, str]:
    """Return the fields that an entry of type ``kind`` inherits from a volume, by the names that the entry uses."""
    renamed = {child: parent_fields[name] for name, child in _CHILD_NAMES.items() if name in parent_fields}
    if kind == "inbook" and "author" in parent_fields:  # the author of a chapter is the book's
        renamed["author"] = parent_fields["author"]
    return {**renamed, **{name: value for name, value in parent_fields.items() if name not in _NEVER_INHERITED}}
