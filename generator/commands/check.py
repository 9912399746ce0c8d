"""``digest check``: reports all faults of all files in one run.

``--fix`` repairs mechanical faults in the content folder first, and changes no other line.
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
from generator.commands.arguments import THEME_FOLDER, add_content_option
from generator.commands.destination import printable
from generator.commands.messages import FORMATS, count_problems, print_problems
from generator.fetch.cache import FETCH_CACHE, ResponseCache
from generator.fetch.sites import SITES
from generator.importers.raw_paper import Options
from generator.model.catalog import Content
from generator.model.paper import Paper
from generator.model.problem import Problem, limit_per_file
from generator.model.site_paths import GENERATED_PATHS
from generator.rules.all import ADVICE, STYLE, broken_rules
from generator.rules.identifiers import titles_are_as_recorded
from generator.rules.permalinks import addresses_of
from generator.rules.style import texts_follow_their_source
from generator.store.comments import comment_problems
from generator.store.entries import write_file
from generator.store.jsonl_file import read_rows
from generator.store.layout import ContentFile, content_files
from generator.store.limits import file_problems
from generator.store.load import Loaded, load, misplaced_papers
from generator.store.mkdocs_file import FILE, MkDocsFile, read_mkdocs
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
        help="first repair spaces, identifiers, dates and duplicates, and change no other line",
    )
    parser.add_argument(
        "--update-permalinks", action="store_true", help="add new URLs to permalinks.txt if there are no errors"
    )
    add_content_option(parser)


def command(arguments: argparse.Namespace) -> int:
    """Run the command."""
    if arguments.fix:
        wanted = [_absolute(path) for path in arguments.paths]
        for path in fix(arguments.content, lambda path: not wanted or _concerns(_absolute(path), wanted)):
            print(f"fixed {printable(arguments.content / path)}", file=sys.stderr)
    code = run(arguments.content, arguments.paths, arguments.format)
    return code or (update_permalinks(arguments.content) if arguments.update_permalinks else 0)


def problems_of(loaded: Loaded) -> list[Problem]:
    """Return all problems of a loaded content folder except those of style, each with its path and position."""
    return [*loaded.problems, *loaded.with_positions(rule_problems(loaded))]


def rule_problems(loaded: Loaded) -> Iterator[Problem]:
    """Yield every broken rule of a loaded content folder, without positions and without a limit."""
    yield from misplaced_papers(loaded)
    yield from broken_rules(loaded.content)


def advice_of(loaded: Loaded, cache: Path | None = None) -> list[Problem]:
    """Return warnings about likely duplicates, data-entry errors and remains of pasting in a loaded content folder.

    ``cache`` is the folder of fetched public records. With it, titles and drafts are compared with their sources.
    """
    # Imported here, because it takes long and builds give no advice.
    from generator.drafting.evidence import EVIDENCE_FOLDER, load_sources

    recorded = recorded_titles(loaded.content, cache) if cache else {}
    titles = titles_are_as_recorded(loaded.content, recorded)
    sources = texts_follow_their_source(loaded.content, load_sources(EVIDENCE_FOLDER) if cache else {})
    warnings = loaded.with_positions((*broken_rules(loaded.content, ADVICE), *titles, *sources))
    return [*warnings, *comment_problems(loaded.folder)]


def style_of(loaded: Loaded) -> list[Problem]:
    """Return the warnings about texts that do not follow the house style."""
    return loaded.with_positions(broken_rules(loaded.content, STYLE))


def run(content: Path, paths: Sequence[Path], output_format: str) -> int:
    """Print the problems, or only those of ``paths``. Returns 1 for an error, 2 for a missing path."""
    if missing := [str(path) for path in paths if not path.exists()]:
        print(f"there is no {printable(', '.join(missing))}", file=sys.stderr)
        return 2
    loaded = read_content(content)
    problems = [*problems_of(loaded), *advice_of(loaded, FETCH_CACHE), *style_of(loaded)]
    project_problems = [*theme_problems(), *settings_problems(), *nav_problems(loaded.content)]
    if paths:
        wanted = [_absolute(path) for path in paths]
        problems = [p for p in problems if _concerns(_absolute(content / p.path), wanted)]
        project_problems = [p for p in project_problems if _concerns(_absolute(Path(p.path)), wanted)]
    # Paths of content are relative to the content folder, and all others to the project.
    prefix = f"{content.as_posix()}/"
    problems = [*(replace(p, path=prefix + p.path) for p in problems), *project_problems]
    if problems or output_format == "json":
        print_problems(problems, output_format)
    print(f"{content}: {count_problems(problems)}", file=sys.stderr)
    return 1 if any(problem.is_error for problem in problems) else 0


def settings_problems() -> list[Problem]:
    """Return a problem for each setting in ``mkdocs.yml`` that is wrong or unused. Outside a project there are none."""
    if not Path(FILE).is_file():
        return []
    settings, file = read_settings(Path()), read_mkdocs(Path())  # a Problem if the file cannot be read
    errors = [settings] if isinstance(settings, Problem) else []
    return [*errors, *(settings_advice(file) if isinstance(file, MkDocsFile) else ())]


def nav_problems(content: Content, paths: Container[str] | None = None) -> list[Problem]:
    """Return a problem for each dead link of ``nav`` in ``mkdocs.yml``. Outside a project there are none.

    ``paths`` are those of all pages of the site. Without them, every path in a generated folder is accepted.
    """
    file = read_mkdocs(Path()) if Path(FILE).is_file() else None
    if not isinstance(file, MkDocsFile):
        return []
    pages = [page.id for page in content.pages]

    def exists(path: str) -> bool:
        if paths is not None:
            return path in paths
        return path in pages or path.partition("/")[0] in GENERATED_PATHS

    return list(nav_advice(file, exists, pages))


def theme_problems() -> list[Problem]:
    """Return the problems of unusual files in the project's theme. Outside a project there are none."""
    return limit_per_file(file_problems(THEME_FOLDER), lambda problem: problem.path) if Path(FILE).is_file() else []


def update_permalinks(content: Path) -> int:
    """Add the published addresses that permalinks.txt does not list yet."""
    # Read again, because ``run`` returns only an exit code. It was 0, so every new address is that of a valid entry.
    new = add_permalinks(content, addresses_of(read_content(content).content))
    print(f"{content}/permalinks.txt: {len(new)} added", file=sys.stderr)
    return 0


def _absolute(path: Path) -> Path:
    """Return an absolute path. Symbolic links are kept: a problem concerns the link, not its target."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - pathlib has no form of it that keeps links


def _concerns(path: Path, wanted: Sequence[Path]) -> bool:
    return any(path == folder or folder in path.parents for folder in wanted)


def read_content(content: Path) -> Loaded:
    """Read the content folder. Outside a project there is no cache."""
    if not Path(FILE).is_file():
        return load(content)
    cache = Cache(cache_folder(Path()), program_version())
    try:
        return load(content, cache)
    finally:
        cache.close()


def fix(content: Path, concerns: Callable[[Path], bool]) -> list[str]:
    """Repair the files that ``concerns`` accepts. Returns the paths of the changed files, relative to the folder."""
    changed = []
    for path in _fixable_files(content):
        if concerns(content / path):
            text = _text(content, path)
            if text is None:  # the check that follows reports it
                continue
            repair = _fix_rows if path.endswith(".jsonl") else _fix_yaml
            if write_file(content / path, repair(text), content):  # False if the text did not change
                changed.append(path)
    return changed


def _text(content: Path, path: str) -> str | None:
    data = read_bytes(content, path)
    try:
        return None if isinstance(data, Problem) else data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _fixable_files(content: Path) -> Iterator[str]:
    for file in content_files(content) if content.is_dir() else ():
        if isinstance(file, ContentFile) and (file.kind is Paper or file.path.endswith(".yaml")):
            yield file.path


def _fix_yaml(text: str) -> str:
    return fix_yaml(text, normalize_value)


def _fix_rows(text: str) -> str:
    """Return JSON Lines in which only the rows with faults are rewritten."""
    # Not ``splitlines``: a row may contain U+2028, and a carriage return at the end of a line must stay.
    return "\n".join(_fix_row(line) for line in text.split("\n"))


def _fix_row(line: str) -> str:
    if not all(row.raw for row in read_rows(line)):  # the check that follows reports it
        return line
    # parse_float=str keeps the last zero of an identifier that is written as a number, such as 2501.12340.
    row = json.loads(line, parse_float=str) if line.strip() else ""
    repaired = corrected_values(row, normalize_value)
    return line if repaired == row else json.dumps(repaired, ensure_ascii=False) + ("\r" if line.endswith("\r") else "")


def recorded_titles(content: Content, folder: Path) -> Mapping[tuple[str, str], str]:
    """Return the title for each kind and value of an identifier whose record is in the cache ``folder``."""
    if not folder.is_dir():
        return {}
    cache = ResponseCache(folder)
    identifiers = (pair for paper in content.papers for pair in paper.identifiers.items())
    titles = {(kind, value): _title(cache, Identifier(kind, value)) for kind, value in identifiers}
    return {pair: title for pair, title in titles.items() if title}


def _title(cache: ResponseCache, wanted: Identifier) -> str:
    # Imported here, because it loads the libraries of all formats, and most checks have no cached records.
    from generator.importers.kinds import by_name

    for site in SITES:
        response = cache.stored(site.address(wanted)) if site.kind == wanted.kind else None
        importer = by_name(site.importer)
        if response is None or importer is None or not importer.recognizes(response.text):
            continue
        for paper in importer.read(response.text, Options(origin="")).papers:
            value, title = paper.fields.get(wanted.kind), paper.fields.get("title")
            if isinstance(value, str) and isinstance(title, str) and identifier(wanted.kind, value) == wanted:
                return title
    return ""
