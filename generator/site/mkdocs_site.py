"""Run MkDocs in this process with the project's ``mkdocs.yml`` to convert pages to HTML."""

import logging
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

# Without these, MkDocs and Material print banners about MkDocs 2 into the output of a build.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
os.environ.setdefault("DISABLE_MKDOCS_2_WARNING", "true")

from jinja2 import TemplateError
from mkdocs.config import load_config  # the banners above are read at import
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.utils.yaml import yaml_load

from generator.build.inputs import Inputs
from generator.build.task import File, Task
from generator.build.templates import template_fault
from generator.build.version import hash_of_files
from generator.model.settings import IGNORED_PLUGINS, plugin_name
from generator.site.mkdocs_build import ASSETS, THEME, SiteBuild
from generator.site.mkdocs_warnings import captured_warnings
from generator.site.site_pages import MarkdownCopies

_BUILD_TIME = "build_date"
"""The template variable with the build time. If the theme uses it, all pages depend on the time."""


class SiteNotBuilt(Exception):
    """MkDocs cannot build the site; the message says why."""


class RenderOptions(NamedTuple):
    """Options for rendering pages.

    ``epoch`` (seconds since 1970) replaces the current time, so that builds are reproducible. In a ``preview``, every
    page asks search engines not to index it.
    """

    epoch: int
    preview: bool = False


@contextmanager
def site_build(
    settings: Sequence[Path], options: RenderOptions, page_tasks: Sequence[Task], inputs: Inputs,
    copies: MarkdownCopies, replacements: Iterable[File] = (),
) -> Iterator[SiteBuild]:  # fmt: skip
    """Load the configuration and provide the build of the pages whose Markdown ``page_tasks`` yield.

    ``settings`` are ``mkdocs.yml`` and the files that it inherits from. ``replacements`` replace files of the theme.
    Raises SiteNotBuilt if the configuration or a template is wrong.
    """
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    previous_epoch = os.environ.get("SOURCE_DATE_EPOCH")  # MkDocs takes the build date from it
    os.environ["SOURCE_DATE_EPOCH"] = str(options.epoch)
    try:
        with TemporaryDirectory() as folder:
            docs = Path(folder, "docs")
            # MkDocs refuses a configuration whose folder of sources does not exist.
            docs.mkdir()
            folders = {"docs_dir": str(docs), "site_dir": str(Path(folder, "site"))}
            with captured_warnings() as messages:
                try:
                    config = load_config(str(settings[0]), **folders, plugins=_plugins(settings[0]), strict=False)
                except (Abort, ConfigurationError) as error:
                    raise SiteNotBuilt("; ".join(messages) or str(error)) from error
            config.nav = _with_index_paths(config.nav)
            config.extra["preview"] = options.preview
            custom_dir = Path(config.theme.custom_dir) if config.theme.custom_dir else None
            add_theme(inputs, settings, custom_dir, options)
            yield SiteBuild(config, page_tasks, copies, inputs, replacements, messages)
    except (Abort, ConfigurationError) as error:
        raise SiteNotBuilt(str(error)) from error
    except TemplateError as error:
        raise SiteNotBuilt(template_fault(error)) from error
    finally:
        if previous_epoch is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = previous_epoch


def _plugins(settings: Path) -> list[Any] | dict[str, Any]:
    """The plugins of ``mkdocs.yml`` without the ignored ones. An explicit list prevents MkDocs' default, its search."""
    with settings.open("rb") as file:
        plugins = (yaml_load(file) or {}).get("plugins") or []
    if isinstance(plugins, dict):
        return {name: options for name, options in plugins.items() if plugin_name(str(name)) not in IGNORED_PLUGINS}
    # Each item is a name, or a mapping of a name to options.
    return [
        item
        for item in plugins
        if plugin_name(str(next(iter(item), "")) if isinstance(item, dict) else str(item)) not in IGNORED_PLUGINS
    ]


def _with_index_paths(nav: Any) -> Any:
    """The navigation, with each ``howto.md`` replaced by ``howto/index.md``, the path of the generated source."""
    if isinstance(nav, list):
        return [_with_index_paths(item) for item in nav]
    if isinstance(nav, dict):
        return {title: _with_index_paths(item) for title, item in nav.items()}
    if isinstance(nav, str) and nav.endswith(".md") and "://" not in nav and nav.rpartition("/")[2] != "index.md":
        return f"{nav.removesuffix('.md')}/index.md"
    return nav


def add_theme(inputs: Inputs, settings: Sequence[Path], custom_dir: Path | None, options: RenderOptions) -> None:
    """Add the query of settings and templates, on which every page depends, and the query of all files of the theme.

    ``custom_dir`` is the folder of the project's own theme.
    """
    files = sorted(path for path in custom_dir.rglob("*") if path.is_file()) if custom_dir else []
    templates = [path for path in files if path.suffix == ".html"]

    def theme() -> tuple[bytes, bool, int]:
        # The time counts only if a template shows it; otherwise all pages would be stale whenever it changes.
        shows_time = any(_BUILD_TIME in path.read_text("utf-8", "replace") for path in templates)
        return hash_of_files([*settings, *templates]), options.preview, options.epoch if shows_time else 0

    inputs.add(THEME, theme)
    inputs.add(ASSETS, lambda: hash_of_files(files))
