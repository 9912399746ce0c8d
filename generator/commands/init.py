"""``digest init``: creates a new digest in an empty folder, ready to build, with at most one example entry."""

import argparse
import os
import shutil
import sys
from collections.abc import Mapping
from datetime import date
from importlib import resources
from pathlib import Path
from urllib.parse import urlsplit

from generator import __version__
from generator.build.safe_files import read_at_most
from generator.codec.decode import decode, encode
from generator.commands.destination import printable
from generator.commands.messages import format_problems
from generator.commands.schema import schemas
from generator.model.entities import Series, Topic
from generator.model.paper import Paper
from generator.model.problem import Problem
from generator.starter.answers import LICENSES, Answers, default_address, default_name
from generator.starter.icons import MARK, BadImage, draw_icons, logo_name, mark_from_logo
from generator.starter.managed import Package, PackageNotFound, installed_package, managed_files, project_file, template
from generator.starter.texts import digest_files, example_entry, new_series, new_topics
from generator.starter.upgrade import RECORD_FILE, Record, file_hash
from generator.store import permalinks_file, yaml_file
from generator.store.entries import record_file
from generator.store.language_file import read_words
from generator.store.layout import PAGES
from generator.text.color import DEFAULT, read_color
from generator.text.words import Words

ABOUT = "create your own digest"
_CONTENT = "content"
_MAX_LOGO_SIZE = 1024 * 1024  # bytes
_EXAMPLE_ID = "shannon1948mathematical"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="new or empty folder")
    parser.add_argument("--name", help="name of the digest (default: the folder's name)")
    parser.add_argument(
        "--description", default="Research papers explained in plain language.", help="one sentence about it"
    )
    parser.add_argument("--repository", default="", metavar="URL", help="URL of its repository")
    parser.add_argument("--url", metavar="URL", help="URL of the site (default: the pages of the repository)")
    parser.add_argument(
        "--color",
        "--colour",
        dest="color",
        default=DEFAULT,
        metavar="#RRGGBB",
        help=f"color of links, icons, social cards and newsletter (default: {DEFAULT})",
    )
    parser.add_argument("--logo", type=Path, metavar="FILE", help="logo as SVG or PNG; the icons are created from it")
    parser.add_argument(
        "--language",
        action="append",
        metavar="CODE",
        help="main language; repeat it for further languages (default: en)",
    )
    parser.add_argument(
        "--license", choices=LICENSES, default="CC-BY-4.0", help="license of its texts (default: CC-BY-4.0)"
    )
    parser.add_argument(
        "--contact",
        default="",
        metavar="ADDRESS",
        help="email address that each request to arXiv, Crossref and similar services names",
    )
    parser.add_argument(
        "--venue", action="append", default=[], metavar="NAME", help="a venue, such as 'ICLR 2026'; may be repeated"
    )
    parser.add_argument("--topic", action="append", default=[], metavar="NAME", help="name of a topic; may be repeated")
    parser.add_argument("--bare", action="store_true", help="leave out the example entry")


def command(arguments: argparse.Namespace) -> int:
    """Run the command.

    Returns 2 for an argument that cannot be used, such as a folder with files, and 1 if a digest could not install the
    generator. Raises OSError if the logo cannot be read.
    """
    color = read_color(arguments.color)
    if color is None:
        print(f"--color {arguments.color}: write six hexadecimal digits, as in {DEFAULT}", file=sys.stderr)
        return 2
    if fault := _argument_fault(arguments):
        print(fault, file=sys.stderr)
        return 2
    repository = arguments.repository.rstrip("/").removesuffix(".git")
    languages = tuple(dict.fromkeys(arguments.language or ["en"]))  # the same language may be given twice
    words = read_words(project_file("theme"), languages[0])
    assert isinstance(words, Words), "the files of the installed theme can be read"
    folder = arguments.folder.absolute()
    logo = read_at_most(arguments.logo, _MAX_LOGO_SIZE) if arguments.logo else None
    answers = Answers(
        name=arguments.name or default_name(folder.name),
        description=arguments.description,
        address=(arguments.url or default_address(repository, folder.name)).rstrip("/") + "/",
        repository=repository,
        day=date.today().isoformat(),
        color=color,
        languages=languages,
        license=arguments.license,
        contact=arguments.contact,
        venues=tuple(arguments.venue),
        topics=tuple(arguments.topic),
        example=not arguments.bare,
        words=words,
        logo="" if logo is None else logo_name(logo),
    )
    try:
        return run(arguments.folder, answers, installed_package(), logo)
    except PackageNotFound as error:
        print(f"nothing was written: {error}", file=sys.stderr)
        return 1
    except BadImage as error:
        print(f"--logo {printable(arguments.logo)}: {printable(error)}; nothing was written", file=sys.stderr)
        return 2


def _argument_fault(arguments: argparse.Namespace) -> str:
    """Return a message about a wrong address or language, or ''."""
    for option, address in (("--repository", arguments.repository), ("--url", arguments.url)):
        if address and not _is_address(address):
            return f"{option} {address}: write a complete URL, as in https://example.org/digest"
    # Only the main language is checked, because the interface of the site is in this language.
    language = (arguments.language or ["en"])[0]
    file = resources.files("material").joinpath(f"templates/partials/languages/{language}.html")
    if "/" in language or not file.is_file():
        return f"--language {language}: Material for MkDocs does not support this language"
    return ""


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def run(folder: Path, answers: Answers, package: Package, logo: bytes | None = None) -> int:
    """Create the digest in ``folder``. Returns 2 if the folder contains more than ``.git``, or an answer is invalid.

    ``logo`` is the content of an SVG or PNG file. Raises BadImage if it is neither.
    """
    # The folder may be an empty repository: a clone, or the result of ``git init``.
    if folder.exists() and (not folder.is_dir() or [path.name for path in folder.iterdir() if path.name != ".git"]):
        print(f"{folder}: the folder is not empty; nothing was written", file=sys.stderr)
        return 2
    entries = _entries(answers)
    if isinstance(entries, list):
        print(format_problems(entries, "text"), file=sys.stderr)
        print("nothing was written", file=sys.stderr)
        return 2
    managed = all_managed_files(package)
    # Only these files are recorded, so an upgrade never changes the digest's own files.
    record = Record(__version__, {path: file_hash(data) for path, data in managed.items()})
    own_texts = {**digest_files(answers), **entries, RECORD_FILE: record.text()}
    images = _logo_files(own_texts[MARK].encode(), logo, answers.logo)
    _fill(folder, {**managed, **{path: text.encode() for path, text in own_texts.items()}, **images})
    print(
        f"{folder}: created {answers.name}. Next: cd {folder}; git init; make site; then read README.md",
        file=sys.stderr,
    )
    # ``default_address`` returns such an address if it cannot derive one from the repository.
    if answers.address.endswith(".example/"):
        print(f"set site_url in mkdocs.yml before you publish; it is {answers.address} for now", file=sys.stderr)
    return 0


def _logo_files(mark: bytes, logo: bytes | None, name: str) -> dict[str, bytes]:
    """Return the mark and the icons drawn from it, by path. Raises BadImage.

    A ``logo`` replaces the mark, and is also stored under its ``name``.
    """
    mark = mark if logo is None else mark_from_logo(logo)
    logo_file = {} if logo is None else {f"{_CONTENT}/{PAGES}/{name}": logo}
    return {MARK: mark, **dict(draw_icons(mark)), **logo_file}


def all_managed_files(package: Package) -> dict[str, bytes]:
    """Return all files of a digest that ``digest upgrade`` updates, by path, including the schemas of the content."""
    return {**managed_files(package), **{f"{_CONTENT}/{path}": text.encode() for path, text in schemas().items()}}


def _entries(answers: Answers) -> dict[str, str] | list[Problem]:
    """Return the texts of the venues, the topics, the example entry and permalinks.txt of a new digest, by path.

    Returns the problems instead if the codec rejects an answer.
    """
    decoded: list[tuple[Series | Topic | Paper | None, list[Problem]]] = [
        *(decode(Series, {"id": series.id, **encode(series)}) for series in new_series(answers)),
        *(decode(Topic, {"id": topic.id, **encode(topic)}) for topic in new_topics(answers)),
    ]
    if answers.example:
        raw = yaml_file.read(template("example.yaml")).raw
        assert raw is not None
        decoded.append(decode(Paper, {"id": _EXAMPLE_ID, **example_entry(answers, raw)}))
    if problems := [problem for _, problems in decoded for problem in problems]:
        return problems
    texts = {**dict(record_file(record) for record, _ in decoded if record), permalinks_file.FILE: ""}
    return {f"{_CONTENT}/{path}": text for path, text in texts.items()}


def _fill(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write ``files`` to a temporary folder, and move them into place.

    If the run is killed while it writes, only the temporary folder remains.
    """
    target = folder.absolute()
    target.parent.mkdir(parents=True, exist_ok=True)
    # Beside the target, because a rename cannot cross file systems.
    temporary = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        for path, data in files.items():
            (temporary / path).parent.mkdir(parents=True, exist_ok=True)
            (temporary / path).write_bytes(data)
        if target.exists():  # it may contain .git, so it cannot be replaced as a whole
            for child in sorted(temporary.iterdir()):
                child.rename(target / child.name)
        else:
            temporary.rename(target)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
