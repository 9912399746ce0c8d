"""Rules for pages written by hand."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from functools import lru_cache, partial

from generator.model.catalog import Content, HandPage
from generator.model.editorial import Collection
from generator.model.entities import Topic
from generator.model.paper import Paper
from generator.model.problem import Problem
from generator.model.site_paths import RESERVED_FOLDERS, Target, resolve_target
from generator.rules.problems import record_problem
from generator.text.hand_markdown import Converted, convert, link_lines
from generator.text.slug import DEVICES, SLUG


def pages_have_an_address(content: Content) -> Iterator[Problem]:
    """The file name of a page is a valid address that the site does not use itself."""
    for page in content.pages:
        name = f"pages/{page.id}"
        parts = page.id.split("/")
        # Windows reserves names such as ``con``: a checkout with such a folder fails there.
        device = next((part for part in parts if part in DEVICES), "")
        if parts[0] in RESERVED_FOLDERS:
            yield record_problem(
                name, "E322", f"/{parts[0]}/ is used by the site itself", "Give the file another name."
            )
        elif device:
            hint = "Give the file another name."
            yield record_problem(name, "E322", f"Windows cannot store a folder named {device}", hint)
        elif not all(map(SLUG.fullmatch, parts)):
            hint = "Name the file by words of a-z and 0-9 with hyphens between them, about-us.md for one."
            yield record_problem(name, "E322", f"{page.id!r} cannot be part of an address", hint)


def pages_have_headings(content: Content) -> Iterator[Problem]:
    """A page written by hand begins with its title, ``# …``."""
    for page in content.pages:
        if not page.has_heading:
            message = "the page has no heading in its first line"
            yield record_problem(f"pages/{page.id}", "W392", message, "Begin with a line `# Title`.")


def links_of_pages_have_targets(content: Content, site_paths: Container[str] | None = None) -> Iterator[Problem]:
    """A page written by hand links to existing pages, files and headings.

    ``site_paths`` are those of all pages of the site; without them, links are checked against the records.
    """
    files = {file.id for file in content.files}
    ids = {page.id: _converted(page).ids for page in content.pages}
    exists = site_paths.__contains__ if site_paths is not None else partial(_may_exist, _ids_by_folder(content))
    for page in content.pages:
        targets = _converted(page).targets
        for link, line in zip(targets, link_lines(page.text, targets), strict=True):
            target = resolve_target(page.id, link, ids, files)
            if fault := _fault(target, ids, exists):
                yield Problem(
                    code="W396", message=f"{link!r} leads nowhere: {fault}", subject=f"pages/{page.id}",
                    line=page.above + line, column=1, hint="Write the path relative to this file.",
                )  # fmt: skip


def _fault(target: Target, ids: Mapping[str, frozenset[str]], exists: Callable[[str], bool]) -> str:
    if target.path is None or target.is_file:
        return ""
    if not target.exists or not (target.path in ids or exists(target.path)):
        return f"there is no page {target.path}/"
    # Headings are known of hand-written pages only; anchors of generated pages are not checked.
    if target.anchor and target.path in ids and target.anchor not in ids[target.path]:
        return f"the page {target.path}/ has no heading #{target.anchor}"
    return ""


def _ids_by_folder(content: Content) -> dict[str, set[str]]:
    """The ids of records by the folder of their pages, for folders in which the id is the page's name."""
    kinds: dict[str, Iterable[Paper | Topic | Collection]] = {
        "papers": content.papers, "topics": content.topics, "collections": content.collections,
    }  # fmt: skip
    return {folder: {record.id for record in records} for folder, records in kinds.items()}


def _may_exist(records: Mapping[str, set[str]], site_path: str) -> bool:
    folder, _, name = site_path.partition("/")
    return not name or folder not in records or name in records[folder]


@lru_cache(maxsize=1000)  # the rule needs each page twice: for its ids and for its links
def _converted(page: HandPage) -> Converted:
    return convert(page.text, str)
