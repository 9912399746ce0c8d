"""Markdown pages to HTML with MkDocs, driven in this process with the project's own ``mkdocs.yml``."""

import logging
import os
from pathlib import Path

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
os.environ.setdefault("DISABLE_MKDOCS_2_WARNING", "true")

from mkdocs.config import load_config  # the banners above are read at import
from mkdocs.exceptions import Abort, ConfigurationError

from generator.output.kept import Kept
from generator.output.mkdocs_workers import build
from generator.processes import Killed


class SiteNotBuilt(Exception):
    """MkDocs refused to build the site; the message says why."""


def build_site(
    config: Path, docs: Path, site: Path, kept: Kept, *, strict: bool, epoch: int, preview: bool = False
) -> None:
    """Build the pages in ``docs`` into the folder ``site``, beside what it holds already, save those in ``kept``.

    ``epoch`` is the time (seconds since 1970) that stands for now, so that the same pages give the same bytes.
    With ``preview`` every page asks search engines to leave it out.
    Raises SiteNotBuilt if the configuration is wrong or, with ``strict``, if there is any warning.
    """
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(epoch)
    try:
        loaded = load_config(str(config), docs_dir=str(docs.resolve()), site_dir=str(site.resolve()), strict=strict)
        loaded.extra["preview"] = preview
        build(loaded, kept)
    except (Abort, ConfigurationError, Killed) as error:
        raise SiteNotBuilt(str(error)) from error
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before
