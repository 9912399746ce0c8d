"""The tasks of MkDocs' part of a build: pages by the fast path, pages left to MkDocs, files of the theme."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from generator.build.task import File, Task, Value, text_file
from generator.site.mkdocs_build import Observations
from generator.site.site_pages import MarkdownCopies
from tests.support.small_site import CONFIG, small_site

PAGES = {"index.md": "# Home\n\n[a](papers/a/index.md)", "papers/a/index.md": "# A", "papers/b/index.md": "**B**"}


def _yielded(
    tasks: Iterable[Task], values: dict[str, bytes] | None = None
) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The files and the values that tasks yield."""
    items = [item for task in tasks for item in task.run(values or {})]
    files = {item.path: item.data for item in items if isinstance(item, File)}
    assert len(files) == sum(isinstance(item, File) for item in items), "a path is yielded twice"
    return files, {item.name: item.data for item in items if isinstance(item, Value)}


def test_pages_are_html_or_deferred_to_mkdocs(tmp_path: Path) -> None:
    with small_site(tmp_path, PAGES) as (site, _):
        files, values = _yielded(site.tasks())
        assert files["papers/a/index.html"] == b'<title>T</title><h1 id="a">A</h1>'
        assert "papers/b/index.html" not in files
        deferred = {name: data for name, data in values.items() if name.startswith("source of ")}
        assert set(deferred) == {"source of papers/b/index.md"}
        more, _ = _yielded(site.finish_tasks(list(PAGES), deferred), deferred)
        assert more == {"papers/b/index.html": b"<title>T</title><p><strong>B</strong></p>"}


def test_targets_that_are_no_pages_are_dead(tmp_path: Path) -> None:
    with small_site(tmp_path, PAGES) as (site, _):
        _yielded(site.tasks())
        observations = site.observations()
        assert observations.targets == {"papers/a"}
        assert site.observations() == Observations(frozenset(), ())
        assert site.dead_links([observations], PAGES) == []
        assert site.dead_links([observations], ["papers/b/index.md"]) == ["", "papers/a"]


def test_once_all_pages_are_known_a_page_with_a_dead_link_is_left_to_mkdocs(tmp_path: Path) -> None:
    with small_site(tmp_path, {**PAGES, "index.md": "[x](papers/none/index.md)"}) as (site, _):
        assert "index.html" in _yielded(site.tasks())[0]
        site.set_paths(list(PAGES))
        files, values = _yielded(site.tasks())
        assert "index.html" not in files
        assert "source of index.md" in values


def test_a_replacement_takes_the_place_of_a_file_of_the_theme(tmp_path: Path) -> None:
    (tmp_path / "theme").mkdir()
    for name in ("a.css", "b.css"):
        (tmp_path / "theme" / name).write_text("theme", "utf-8")
    with small_site(tmp_path, PAGES, replacements=(text_file("a.css", "own"),)) as (site, _):
        files, _ = _yielded(site.tasks()[:1])
        assert (files["a.css"], files["b.css"]) == (b"own", b"theme")
        assert "sitemap.xml" not in files


@pytest.mark.parametrize("setting", ["use_directory_urls: false\n", "not_in_nav: x.md\n"])
def test_a_site_whose_pages_depend_on_each_other_is_one_task(setting: str, tmp_path: Path) -> None:
    with small_site(tmp_path, PAGES, CONFIG + setting) as (site, _):
        [task] = site.tasks()
        assert task.in_parent
        files, values = _yielded([task])
        assert site.all_paths(values.__getitem__) == list(PAGES)
        assert [slow.pages for slow in site.slow_reasons(3)] == [3]
        assert sum(path.endswith(".html") and path != "404.html" for path in files) == 3


def test_copies_are_written_beside_pages(tmp_path: Path) -> None:
    copies = MarkdownCopies(has=lambda path: "papers/a" in path, copy_of=lambda path, text: text_file(path, text[-3:]))
    with small_site(tmp_path, PAGES, copies=copies) as (site, _):
        files, _ = _yielded(site.tasks())
        assert {path: data for path, data in files.items() if path.endswith(".md")} == {"papers/a/index.md": b"# A"}


def test_the_front_matter_of_the_home_page_is_an_input_of_all_pages(tmp_path: Path) -> None:
    with small_site(tmp_path, PAGES) as (site, inputs):
        task = next(task for task in site.tasks() if task.name == "papers/a/index.md")
        _, reads = inputs.recorded(lambda: list(task.run({})))
        assert "front matter of the home page" in reads
        assert "theme" in reads
