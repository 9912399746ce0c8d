"""A site of a few Markdown pages with a theme of one template, for tests of MkDocs' part of a build."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from generator.build.inputs import Inputs
from generator.build.task import File, plain_task, text_file
from generator.site.mkdocs_build import SiteBuild
from generator.site.mkdocs_site import RenderOptions, site_build
from generator.site.site_pages import MarkdownCopies

CONFIG = (
    "site_name: x\nsite_url: https://x.example/\nplugins: []\nnav: [{Home: index.md}]\n"
    "theme: {name: null, custom_dir: theme}\nmarkdown_extensions: [attr_list, md_in_html, {toc: {permalink: false}}]\n"
)
MAIN = "<title>{{ page.meta.title | striptags | e }}</title>{{ page.content }}\n"
OPTIONS = RenderOptions(0)
NO_COPIES = MarkdownCopies(has=lambda _path: False, copy_of=lambda path, text: text_file(path, text))


def page(path: str, body: str, title: str = "T") -> File:
    """A page as the generator writes it."""
    return text_file(path, f'---\ntitle: "{title}"\nkind: "page"\n---\n\n{body}', "page.md.j2")


@contextmanager
def small_site(
    folder: Path, pages: Mapping[str, str], config: str = CONFIG, replacements: tuple[File, ...] = (),
    options: RenderOptions = OPTIONS, copies: MarkdownCopies = NO_COPIES,
) -> Iterator[tuple[SiteBuild, Inputs]]:  # fmt: skip
    """Provide the builder of a site of ``pages`` (Markdown by path, the home page first), and its inputs."""
    (folder / "theme").mkdir(exist_ok=True)
    if not (folder / "theme/main.html").exists():
        (folder / "theme/main.html").write_text(MAIN, "utf-8")
    (folder / "mkdocs.yml").write_text(config, "utf-8")
    inputs = Inputs()
    tasks = [plain_task(path, partial(iter, [page(path, text)])) for path, text in pages.items()]
    with site_build([folder / "mkdocs.yml"], options, tasks, inputs, copies, replacements) as site:
        yield site, inputs
