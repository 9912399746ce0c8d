"""Drafts to HTML with MkDocs, driven in this process with the project's own ``mkdocs.yml``."""

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
os.environ.setdefault("DISABLE_MKDOCS_2_WARNING", "true")

from jinja2 import TemplateError
from mkdocs.config import load_config  # the banners above are read at import
from mkdocs.exceptions import Abort, ConfigurationError

from generator.build.templates import what_is_wrong
from generator.model.page import Batch, Draft, Page
from generator.site.kept import Kept
from generator.site.mkdocs_build import SiteBuild
from generator.site.site_pages import Twins
from generator.processes import Killed


class SiteNotBuilt(Exception):
    """MkDocs refused to build the site; the message says why."""


class Wishes(NamedTuple):
    """How a site is to be built.

    Any warning is an error if ``strict``. ``epoch`` is the time (seconds since 1970) that stands for now, so that the
    same pages give the same bytes. In a ``preview`` every page asks search engines to leave it out.
    """

    strict: bool
    epoch: int
    preview: bool = False


@contextmanager
def site_build(
    config: Path, docs: Path, site: Path, wishes: Wishes, batches: Callable[[], Sequence[Batch[Draft]]], kept: Kept,
    twins: Twins, own: Iterable[Page] = (),
) -> Iterator[SiteBuild]:  # fmt: skip
    """Build pages into the folder ``site``, beside what it holds already, save those in ``kept``.

    The pages go to the folder ``docs`` first if the configuration is such that MkDocs must read them there itself.
    Raises SiteNotBuilt if the configuration or a template is wrong or, in strict mode, if there is any warning.
    """
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(wishes.epoch)
    docs.mkdir(parents=True, exist_ok=True)
    try:
        loaded = load_config(
            str(config), docs_dir=str(docs.resolve()), site_dir=str(site.resolve()), strict=wishes.strict
        )
        loaded.extra["preview"] = wishes.preview
        yield SiteBuild(loaded, batches, kept, twins, own)
    except (Abort, ConfigurationError, Killed) as error:
        raise SiteNotBuilt(str(error)) from error
    except TemplateError as error:
        raise SiteNotBuilt(what_is_wrong(error)) from error
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before
