"""``digest check``: reports the problems of all files of the project in one run.

``--fix`` first repairs mechanical faults in the content folder, without changing other lines.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from generator.build.cache import Cache, cache_folder
from generator.build.version import program_version
from generator.commands.arguments import SETTINGS_FILE, THEME_FOLDER, add_content_option
from generator.commands.destination import printable
from generator.commands.messages import FORMATS, count_problems, print_problems
from generator.fetch.cache import FETCH_CACHE, ResponseCache
from generator.fetch.sites import SITES
from generator.importers.raw_paper import Options
from generator.model.catalog import Content
from generator.model.paper import Paper
from generator.model.problem import Problem, limit_per_file
from generator.model.site_paths import GENERATED_PATHS
from generator.rules.all import ADVICE, STYLE, check_rules
from generator.rules.identifiers import titles_are_as_recorded
from generator.rules.permalinks import addresses_of
from generator.rules.style import texts_follow_their_source
from generator.store.comments import comment_problems
from generator.store.entries import write_file
from generator.store.jsonl_file import read_rows
from generator.store.layout import ContentFile, content_files
from generator.store.limits import file_problems
from generator.store.load import Loaded, load, misplaced_papers
from generator.store.mkdocs_file import MkDocsFile, read_mkdocs
from generator.store.permalinks_file import add_permalinks
from generator.store.reading import read_bytes
from generator.store.settings_file import nav_advice, read_settings, settings_advice
from generator.store.yaml_fix import corrected_values, fix_yaml
from generator.text.data_entry import normalize_value
from generator.text.identifiers import Identifier, identifier

ABOUT = "report all errors and warnings of the content, each with its line and a fix"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="report only on these files or folders")
    parser.add_argument("--format", choices=FORMATS, default="text", help="output format (default: text)")
    parser.add_argument(
        "--fix",
        action="store_true",
        help="first repair spaces, identifiers, dates and duplicate values, and change no other line",
    )
    parser.add_argument(
        "--update-permalinks", action="store_true", help="add new URLs to permalinks.txt if there are no errors"
    )
    add_content_option(parser)


def command(arguments: argparse.Namespace) -> int:
    """Run the command."""
    if arguments.fix:
        selected = [_absolute(path) for path in arguments.paths]
        for path in fix(arguments.content, lambda path: not selected or _is_selected(_absolute(path), selected)):
            print(f"fixed {printable(arguments.content / path)}", file=sys.stderr)
    exit_code = run(arguments.content, arguments.paths, arguments.format)
    if exit_code == 0 and arguments.update_permalinks:
        return update_permalinks(arguments.content)
    return exit_code


def problems_of(loaded: Loaded) -> list[Problem]:
    """Return the problems of a loaded content folder that every build checks, each with its path and position.

    The further checks of ``digest check`` are ``advice_of`` and ``style_of``.
    """
    return [*loaded.problems, *loaded.with_positions(rule_problems(loaded))]


def rule_problems(loaded: Loaded) -> Iterator[Problem]:
    """Yield every broken rule of loaded content, with its subject. ``Loaded.with_positions`` adds positions."""
    yield from misplaced_papers(loaded)
    yield from check_rules(loaded.content)


def advice_of(loaded: Loaded, cache: Path | None = None) -> list[Problem]:
    """Return warnings about likely duplicates, typing errors, traces of copying, and YAML comments in loaded content.

    ``cache`` is the folder of fetched public records. If it is given, titles are compared with these records, and texts
    with the sources of their drafts in ``EVIDENCE_FOLDER``.
    """
    # Imported here, because the import takes long and builds do not need it.
    from generator.drafting.evidence import EVIDENCE_FOLDER, load_sources

    titles = recorded_titles(loaded.content, cache) if cache else {}
    sources = load_sources(EVIDENCE_FOLDER) if cache else {}
    warnings = (
        *check_rules(loaded.content, ADVICE),
        *titles_are_as_recorded(loaded.content, titles),
        *texts_follow_their_source(loaded.content, sources),
    )
    return [*loaded.with_positions(warnings), *comment_problems(loaded.folder)]


def style_of(loaded: Loaded) -> list[Problem]:
    """Return the warnings about texts that do not follow the house style."""
    return loaded.with_positions(check_rules(loaded.content, STYLE))


def run(content: Path, paths: Sequence[Path], output_format: str) -> int:
    """Print the problems of the project, or only those of the files and folders ``paths``.

    ``output_format`` is one of ``FORMATS``. Returns 1 if it printed an error, 2 if a path does not exist, else 0.
    """
    if missing := [str(path) for path in paths if not path.exists()]:
        print(f"there is no {printable(', '.join(missing))}", file=sys.stderr)
        return 2
    loaded = read_content(content)
    problems = [*problems_of(loaded), *advice_of(loaded, FETCH_CACHE), *style_of(loaded)]
    project_problems = [*theme_problems(), *settings_problems(), *nav_problems(loaded.content)]
    if paths:
        selected = [_absolute(path) for path in paths]
        problems = [problem for problem in problems if _is_selected(_absolute(content / problem.path), selected)]
        project_problems = [
            problem for problem in project_problems if _is_selected(_absolute(Path(problem.path)), selected)
        ]
    # The paths in problems of the content are relative to the content folder, those in the others to the project.
    prefix = f"{content.as_posix()}/"
    problems = [*(replace(problem, path=prefix + problem.path) for problem in problems), *project_problems]
    if problems or output_format == "json":
        print_problems(problems, output_format)
    print(f"{content}: {count_problems(problems)}", file=sys.stderr)
    return 1 if any(problem.is_error for problem in problems) else 0


def settings_problems() -> list[Problem]:
    """Return a problem for each wrong or unused setting in ``mkdocs.yml``, or an empty list outside a project."""
    if not SETTINGS_FILE.is_file():
        return []
    settings, file = read_settings(Path()), read_mkdocs(Path())  # each may be a Problem
    errors = [settings] if isinstance(settings, Problem) else []
    return [*errors, *(settings_advice(file) if isinstance(file, MkDocsFile) else ())]


def nav_problems(content: Content, folders: Container[str] | None = None) -> list[Problem]:
    """Return a problem for each dead link of ``nav`` in ``mkdocs.yml``, or an empty list outside a project.

    ``folders`` are the folders of all pages of the site: ``about``, ``papers/a``. Without them, every path in a
    generated folder is accepted.
    """
    file = read_mkdocs(Path()) if SETTINGS_FILE.is_file() else None
    if not isinstance(file, MkDocsFile):
        return []
    page_ids = [page.id for page in content.pages]

    def exists(path: str) -> bool:
        if folders is not None:
            return path in folders
        return path in page_ids or path.partition("/")[0] in GENERATED_PATHS

    return list(nav_advice(file, exists, page_ids))


def theme_problems() -> list[Problem]:
    """Return the problems of unusual files in the project's theme, or an empty list outside a project."""
    return limit_per_file(file_problems(THEME_FOLDER), lambda problem: problem.path) if SETTINGS_FILE.is_file() else []


def update_permalinks(content: Path) -> int:
    """Add to permalinks.txt the addresses of pages that it does not contain yet.

    Returns 1 and adds nothing if any file of the content has errors, even one that was not selected.
    """
    loaded = read_content(content)
    if any(problem.is_error for problem in problems_of(loaded)):
        print(f"{content}/permalinks.txt: nothing added, because other files have errors", file=sys.stderr)
        return 1
    new = add_permalinks(content, addresses_of(loaded.content))
    print(f"{content}/permalinks.txt: {len(new)} added", file=sys.stderr)
    return 0


def _absolute(path: Path) -> Path:
    """Return an absolute path. Symbolic links are kept: a problem concerns the link, not its target."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - ``Path.resolve`` follows links


def _is_selected(path: Path, selected: Sequence[Path]) -> bool:
    """Whether ``path`` is one of the selected files, or in one of the selected folders."""
    return any(path == other or other in path.parents for other in selected)


def read_content(content: Path) -> Loaded:
    """Read the content folder. In a project, unchanged files come from the cache of builds."""
    if not SETTINGS_FILE.is_file():
        return load(content)
    cache = Cache(cache_folder(Path()), program_version())
    try:
        return load(content, cache)
    finally:
        cache.close()


def fix(content: Path, is_selected: Callable[[Path], bool]) -> list[str]:
    """Repair the files of a content folder. Returns the paths of the changed files, relative to the folder.

    ``is_selected`` gets the path of a file, which begins with ``content``, and says whether to repair the file.
    """
    changed = []
    for path in _fixable_files(content):
        if is_selected(content / path):
            text = _read_text(content, path)
            if text is None:  # the check that follows reports the file
                continue
            repair = _fix_rows if path.endswith(".jsonl") else _fix_yaml
            if write_file(content / path, repair(text), content):  # False if the text did not change
                changed.append(path)
    return changed


def _read_text(content: Path, path: str) -> str | None:
    """Return the text of a file, or None if it cannot be read."""
    data = read_bytes(content, path)
    try:
        return None if isinstance(data, Problem) else data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _fixable_files(content: Path) -> Iterator[str]:
    """Yield the paths of all YAML files and of the JSON Lines files with entries."""
    for file in content_files(content) if content.is_dir() else ():
        if isinstance(file, ContentFile) and (file.kind is Paper or file.path.endswith(".yaml")):
            yield file.path


def _fix_yaml(text: str) -> str:
    return fix_yaml(text, normalize_value)


def _fix_rows(text: str) -> str:
    """Return JSON Lines in which only the rows with faults are rewritten."""
    # ``splitlines`` would also split at U+2028 within a row, and remove carriage returns.
    return "\n".join(_fix_row(line) for line in text.split("\n"))


def _fix_row(line: str) -> str:
    # The check that follows reports a row that cannot be read.
    if not line.strip() or not all(row.raw for row in read_rows(line)):
        return line
    # parse_float=str keeps the last zero of an identifier that is written as a number, such as 2501.12340.
    row = json.loads(line, parse_float=str)
    repaired = corrected_values(row, normalize_value)
    line_ending = "\r" if line.endswith("\r") else ""  # of a file from Windows, which was split at line feeds
    return line if repaired == row else json.dumps(repaired, ensure_ascii=False) + line_ending


def recorded_titles(content: Content, folder: Path) -> Mapping[tuple[str, str], str]:
    """Return the recorded title of each paper whose public record is in the cache ``folder``.

    The keys are the kind and the value of an identifier: ``("arxiv", "2501.12345")``.
    """
    if not folder.is_dir():
        return {}
    cache = ResponseCache(folder)
    identifiers = [Identifier(*item) for paper in content.papers for item in paper.identifiers.items()]
    titles = {(wanted.kind, wanted.value): _recorded_title(cache, wanted) for wanted in identifiers}
    return {key: title for key, title in titles.items() if title}


def _recorded_title(cache: ResponseCache, wanted: Identifier) -> str:
    """Return the title in the cached record of the paper with the identifier ``wanted``, or ''."""
    # Imported here, because the module imports the libraries of all formats, and most checks have no cached records.
    from generator.importers.kinds import importer_named

    for site in SITES:
        response = cache.stored(site.address(wanted)) if site.kind == wanted.kind else None
        importer = importer_named(site.importer)
        if response is None or importer is None or not importer.recognizes(response.text):
            continue
        for paper in importer.read(response.text, Options(origin="")).papers:
            value, title = paper.fields.get(wanted.kind), paper.fields.get("title")
            if isinstance(value, str) and isinstance(title, str) and identifier(wanted.kind, value) == wanted:
                return title
    return ""
