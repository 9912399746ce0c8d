"""``digest init``: creates a new digest in an empty folder, ready to build, without this project's papers."""

import argparse
import os
import shutil
import sys
from collections.abc import Mapping
from datetime import date
from importlib.resources import files
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
from generator.starter.icons import MARK, BadImage, draw_icons, mark_from_logo
from generator.starter.managed import Package, PackageNotFound, installed_package, managed_files, project_file, template
from generator.starter.texts import digest_files, example_entry, new_series, new_topics
from generator.starter.upgrade import RECORD_FILE, Record, file_hash
from generator.store import permalinks_file, yaml_file
from generator.store.entries import entry_text
from generator.store.language_file import read_words
from generator.store.layout import PAGES
from generator.text.color import DEFAULT, read_color
from generator.text.words import Words

ABOUT = "create your own digest"
CONTENT = "content"
_MAX_LOGO_SIZE = 1024 * 1024
_EXAMPLE = "shannon1948mathematical"


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
    """Run the command. Returns 2 for an argument that cannot be used, 1 if the folder cannot be filled."""
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
    assert isinstance(words, Words), "the theme's own files are whole"
    folder = arguments.folder.absolute()
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
        logo=f"logo{arguments.logo.suffix.lower()}" if arguments.logo else "",
    )
    try:
        logo = read_at_most(arguments.logo, _MAX_LOGO_SIZE) if arguments.logo else None
        return run(arguments.folder, answers, installed_package(), logo)
    except PackageNotFound as error:
        print(f"nothing was written: {error}", file=sys.stderr)
        return 1
    except BadImage as error:
        print(f"--logo {printable(arguments.logo)}: {printable(error)}; nothing was written", file=sys.stderr)
        return 2


def _argument_fault(arguments: argparse.Namespace) -> str:
    """Return what is wrong with the addresses or the language, or ''."""
    for option, address in (("--repository", arguments.repository), ("--url", arguments.url)):
        if address and not _is_address(address):
            return f"{option} {address}: write a whole address, as in https://example.org/digest"
    language = (arguments.language or ["en"])[0]
    if not files("material").joinpath(f"templates/partials/languages/{language}.html").is_file():
        return f"--language {language}: Material for MkDocs does not support this language"
    return ""


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def run(folder: Path, answers: Answers, package: Package, logo: bytes | None = None) -> int:
    """Fill ``folder`` in one step. Returns 2 if it contains more than an empty git repository, or an answer is bad.

    ``logo`` is an SVG or a PNG. Raises NotAPicture if it is neither.
    """
    # The folder may be an empty repository: a clone, or the result of ``git init``.
    if folder.exists() and (not folder.is_dir() or [path.name for path in folder.iterdir() if path.name != ".git"]):
        print(f"{folder}: the folder is not empty; nothing was written", file=sys.stderr)
        return 2
    texts = _entries(answers)
    if isinstance(texts, list):
        print(format_problems(texts, "text"), file=sys.stderr)
        print("nothing was written", file=sys.stderr)
        return 2
    files = all_managed_files(package)
    # Files of the group are not recorded, so no upgrade touches them.
    record = Record(__version__, {path: file_hash(data) for path, data in files.items()})
    digest_texts = {**digest_files(answers), **texts, RECORD_FILE: record.text()}
    images = _logo_files(digest_texts[MARK].encode(), logo, answers.logo)
    _fill(folder, {**files, **{path: text.encode() for path, text in digest_texts.items()}, **images})
    print(
        f"{folder}: created {answers.name}. Next: cd {folder}; git init; make site; then read README.md",
        file=sys.stderr,
    )
    # The address was guessed (``default_address``), and no site can be published under it.
    if answers.address.endswith(".example/"):
        print(f"set site_url in mkdocs.yml before you publish; it is {answers.address} for now", file=sys.stderr)
    return 0


def _logo_files(mark: bytes, logo: bytes | None, name: str) -> dict[str, bytes]:
    """Return the mark, which is the logo if there is one, and the icons drawn from it. Raises NotAPicture."""
    mark = mark if logo is None else mark_from_logo(logo)
    logo_file = {} if logo is None else {f"{CONTENT}/{PAGES}/{name}": logo}
    return {MARK: mark, **dict(draw_icons(mark)), **logo_file}


def all_managed_files(package: Package) -> dict[str, bytes]:
    """Return every file of a digest that the generator keeps up to date, including the schemas of its content."""
    return {**managed_files(package), **{f"{CONTENT}/{path}": text.encode() for path, text in schemas().items()}}


def _entries(answers: Answers) -> dict[str, str] | list[Problem]:
    """Return the entries of a new digest by path, or what is wrong with the answers: the codec checks them as well."""
    decoded: list[tuple[Series | Topic | Paper | None, list[Problem]]] = [
        *(decode(Series, {"id": series.id, **encode(series)}) for series in new_series(answers)),
        *(decode(Topic, {"id": topic.id, **encode(topic)}) for topic in new_topics(answers)),
    ]
    if answers.example:
        raw = yaml_file.read(template("example.yaml")).raw
        assert raw is not None
        decoded.append(decode(Paper, {"id": _EXAMPLE, **example_entry(answers, raw)}))
    if problems := [problem for _, problems in decoded for problem in problems]:
        return problems
    texts = {**dict(entry_text(record) for record, _ in decoded if record), permalinks_file.FILE: ""}
    return {f"{CONTENT}/{path}": text for path, text in texts.items()}


def _fill(folder: Path, texts: Mapping[str, bytes]) -> None:
    """Write everything to a temporary folder, then move it into place. A killed run leaves only that folder behind."""
    target = folder.absolute()
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.{os.getpid()}.part")  # a sibling: a rename cannot cross file systems
    try:
        for path, data in texts.items():
            (temporary / path).parent.mkdir(parents=True, exist_ok=True)
            (temporary / path).write_bytes(data)
        if target.exists():  # it may contain .git, so it cannot be replaced as a whole
            for finished in sorted(temporary.iterdir()):
                finished.rename(target / finished.name)
        else:
            temporary.rename(target)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
