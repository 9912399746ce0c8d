"""Rules for hand-written pages."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from functools import lru_cache, partial

from generator.model.catalog import Content, HandPage
from generator.model.editorial import Collection
from generator.model.entities import Topic
from generator.model.paper import Paper
from generator.model.problem import Problem
from generator.model.site_paths import RESERVED_FOLDERS, Target, resolve_target
from generator.rules.problems import record_problem
from generator.text.hand_markdown import ConvertedPage, convert, link_lines
from generator.text.slug import SLUG, WINDOWS_DEVICES


def pages_have_an_address(content: Content) -> Iterator[Problem]:
    """The path of a page's file is a valid address, outside the folders of generated pages."""
    for page in content.pages:
        subject = f"pages/{page.id}"
        parts = page.id.split("/")
        # Windows reserves names such as ``con``: a checkout with such a folder fails there.
        device = next((part for part in parts if part in WINDOWS_DEVICES), "")
        if parts[0] in RESERVED_FOLDERS:
            yield record_problem(
                subject, "E322", f"/{parts[0]}/ is used by the site itself", "Give the file another name."
            )
        elif device:
            hint = "Give the file another name."
            yield record_problem(subject, "E322", f"Windows cannot store a folder named {device}", hint)
        elif not all(map(SLUG.fullmatch, parts)):
            hint = "Use words of a-z and 0-9 with hyphens between them as file name, for example about-us.md."
            yield record_problem(subject, "E322", f"{page.id!r} cannot be part of an address", hint)


def pages_have_headings(content: Content) -> Iterator[Problem]:
    """A page begins with its title, ``# …``."""
    for page in content.pages:
        if not page.has_heading:
            message = "the page has no heading in its first line"
            yield record_problem(f"pages/{page.id}", "W392", message, "Begin with a line `# Title`.")


def links_of_pages_have_targets(content: Content, site_paths: Container[str] | None = None) -> Iterator[Problem]:
    """The links of a page lead to existing pages, files and headings.

    ``site_paths`` are the paths of all pages of the site, as in ``papers/byron2025good``. Without them, a link to a
    generated page is checked only if the page's name is the id of a record.
    """
    files = {file.id for file in content.files}
    heading_ids = {page.id: _converted(page).ids for page in content.pages}
    exists = site_paths.__contains__ if site_paths is not None else partial(_may_exist, _ids_by_folder(content))
    for page in content.pages:
        links = _converted(page).targets
        for link, line in zip(links, link_lines(page.text, links), strict=True):
            target = resolve_target(page.id, link, heading_ids, files)
            if fault := _fault(target, heading_ids, exists):
                yield Problem(
                    code="W396", message=f"{link!r} leads nowhere: {fault}", subject=f"pages/{page.id}",
                    line=page.lines_before + line, column=1, hint="Write the path relative to this file.",
                )  # fmt: skip


def _fault(target: Target, heading_ids: Mapping[str, frozenset[str]], exists: Callable[[str], bool]) -> str:
    """Describe what is wrong with the target of a link; '' if nothing is.

    ``heading_ids`` are the ids of headings by hand-written page; anchors of generated pages are not checked. ``exists``
    tests the path of a generated page.
    """
    path, anchor = target.path, target.anchor
    if path is None or target.is_file:
        return "" if target.exists else "it is not a valid URL"
    if not target.exists or not (path in heading_ids or exists(path)):
        is_page = "." not in path.rpartition("/")[2]  # addresses of pages contain no dot
        return f"there is no page {path}/" if is_page else f"there is no file {path} in content/pages"
    if anchor and path in heading_ids and anchor not in heading_ids[path]:
        return f"the page {path}/ has no heading #{anchor}"
    return ""


def _ids_by_folder(content: Content) -> dict[str, set[str]]:
    """The ids of records by folder of the site, for the folders in which a page's name is the id of its record."""
    records_by_folder: dict[str, Iterable[Paper | Topic | Collection]] = {
        "papers": content.papers, "topics": content.topics, "collections": content.collections,
    }  # fmt: skip
    return {folder: {record.id for record in records} for folder, records in records_by_folder.items()}


def _may_exist(ids_by_folder: Mapping[str, set[str]], site_path: str) -> bool:
    """Whether a page may exist. In the folders of ``ids_by_folder``, there are pages only for these ids."""
    folder, _, name = site_path.partition("/")
    return not name or folder not in ids_by_folder or name in ids_by_folder[folder]


@lru_cache(maxsize=1000)  # the rule needs each page twice: for its ids and for its links
def _converted(page: HandPage) -> ConvertedPage:
    return convert(page.text, str)
