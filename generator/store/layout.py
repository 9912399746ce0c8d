"""The layout of the content folder: which path belongs to which kind of record and id."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from generator.codec.decode import AnyRecord
from generator.model.editorial import Collection, Tag, Term
from generator.model.entities import Institution, Person, Series, Topic
from generator.model.paper import Paper
from generator.model.problem import Problem
from generator.store.limits import files_below, symlink_problem

Kind = type[AnyRecord]
"""The class of a record, such as ``Paper``."""

FOLDERS: dict[str, Kind] = {
    "venues": Series,
    "topics": Topic,
    "people": Person,
    "institutions": Institution,
    "collections": Collection,
    "glossary": Term,
    "tags": Tag,
}
"""Folders with one record per file, ``FOLDER/ID.yaml``, and the class of their records."""

PAPERS = "papers"
PAGES = "pages"
SCHEMA = "schema"
# Files without records in the content folder itself.
_OTHER_FILES = frozenset({"STYLE.md", "README.md", "permalinks.txt"})

# Files beside hand-written pages.
_ATTACHMENT_SUFFIXES = frozenset(
    ".avif .bib .css .csv .gif .ipynb .jpeg .jpg .js .json .mp4 .pdf .png .svg .txt .webm .webp .woff2 .zip".split()
)


class ContentFile(NamedTuple):
    """A file of the content folder.

    ``path`` is relative to the folder, with slashes. ``kind`` is the class of its records; None for a hand-written page
    and for a file beside pages. ``id`` is the id of its only record or of the page; '' for a file with several records
    and for a file beside pages. ``edition`` is the id of the edition for files of papers.
    """

    path: str
    kind: Kind | None
    id: str
    edition: str = ""


def paper_path(paper_id: str, edition: str) -> str:
    """The path of a paper's own file."""
    return f"{PAPERS}/{edition}/{paper_id}.yaml"


def bulk_path(edition: str) -> str:
    """The path of the JSON Lines file of an edition."""
    return f"{PAPERS}/{edition}.jsonl"


def record_path(kind: Kind, record_id: str) -> str:
    """The path of the file of a record that is not a paper."""
    folder = next(name for name, folder_kind in FOLDERS.items() if folder_kind is kind)
    return f"{folder}/{record_id}.yaml"


def subject(kind: Kind, record_id: str) -> str:
    """The name of a record in problems: its folder and id, for example ``papers/lee2024cats``."""
    folder = next((name for name, folder_kind in FOLDERS.items() if folder_kind is kind), PAPERS)
    return f"{folder}/{record_id}"


def schema_reference(path: str) -> str:
    """The path of the JSON Schema for the file at ``path``, relative to the folder of this file.

    For ``topics/cats.yaml``, it is ``../schema/topics.schema.json``.
    """
    depth = len(PurePosixPath(path).parts) - 1
    folder = PurePosixPath(path).parts[0]
    return "../" * depth + f"{SCHEMA}/{folder}.schema.json"


def content_files(content: Path) -> Iterator[ContentFile | Problem]:
    """Yield the files of records and pages, in a fixed order, and a problem for each unexpected file.

    Schemas, prompts, documentation and permalinks.txt are expected, but left out.
    """
    if content.is_symlink():
        yield symlink_problem("")
    for path in files_below(str(content)):
        if isinstance(path, Problem):
            yield path
        elif (file := _content_file(path)) is not None:
            yield file


def _content_file(path: str) -> ContentFile | Problem | None:
    """The file at ``path``; None for an expected file to leave out, and a problem for an unexpected one."""
    parts = tuple(path.split("/"))
    stem, dot, suffix = parts[-1].rpartition(".")  # `files_below` leaves out names that begin with a dot
    stem, suffix = (stem, f".{suffix}") if dot and suffix else (parts[-1], "")
    match parts:
        case (name,) if name in _OTHER_FILES:
            return None
        case ("papers", edition, _) if suffix == ".yaml":
            return ContentFile(path, Paper, stem, edition)
        case ("papers", _) if suffix == ".jsonl":
            return ContentFile(path, Paper, "", stem)
        case (folder, _) if folder in FOLDERS and suffix == ".yaml":
            return ContentFile(path, FOLDERS[folder], stem)
        case ("pages", *_) if suffix == ".md":
            page_id = path.removeprefix("pages/").removesuffix(".md")
            return ContentFile(path, None, page_id.removesuffix("/index"))
        case ("pages", *_) if suffix in _ATTACHMENT_SUFFIXES:
            return ContentFile(path, None, "")
        case ("prompts", _) if path.endswith(".md.j2"):
            return None
        case ("schema", _) if path.endswith(".schema.json"):
            return None
    hint = "Papers are files papers/EDITION/ID.yaml."
    if suffix == ".yml":
        hint = "Rename it to end in .yaml."
    elif parts[0] in FOLDERS:
        hint = f"Files of {parts[0]}/ are named ID.yaml."
    return Problem(code="E113", message="no record is expected here", hint=hint, path=path)
