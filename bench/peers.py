"""The generators that the benchmark compares. Their input is prepared first, and only the build is measured.

- ours: this generator, which here builds only the pages (``bench/pages_only.py``);
- stock: ``mkdocs build`` with the project's theme, which must give the same bytes;
- zensical: the same folder, with Zensical's own theme;
- hugo: the same Markdown, arranged as Hugo needs it, with a layout of about the same size (``bench/hugo``).
"""

import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from bench import BUILD_DATE

ROOT = Path(__file__).parent.parent
PEER_NAMES = ("ours", "stock", "zensical", "hugo")
_MKDOCS_ENVIRONMENT = {
    "SOURCE_DATE_EPOCH": str(BUILD_DATE),
    "NO_MKDOCS_2_WARNING": "1",
    "DISABLE_MKDOCS_2_WARNING": "true",
}


class Peer(NamedTuple):
    """A generator that is measured; ``name`` is one of ``PEER_NAMES``.

    ``prepare`` gets the folder of Markdown pages, and a working folder in which it prepares the input. ``command`` gets
    both and the folder for the site, and returns the command line.
    """

    name: str
    prepare: Callable[[Path, Path], None]
    command: Callable[[Path, Path, Path], list[str]]
    environment: dict[str, str] = {}  # noqa: RUF012 - never changed


def peers(tools: Path) -> list[Peer]:
    """Return the generators that are installed. ``tools`` is the folder with the programs ``zensical`` and ``hugo``."""
    all_peers = [
        Peer("ours", _prepare_nothing, _our_command),
        Peer("stock", _write_mkdocs_config, _mkdocs_command, _MKDOCS_ENVIRONMENT),
    ]
    if (tools / "zensical").exists():
        all_peers.append(
            Peer(
                "zensical", _write_zensical_project, lambda docs, work, site: _zensical_command(tools, docs, work, site)
            )
        )
    if (tools / "hugo").exists():
        all_peers.append(
            Peer("hugo", _write_hugo_project, lambda docs, work, site: _hugo_command(tools, docs, work, site))
        )
    return all_peers


def _prepare_nothing(_docs: Path, _work: Path) -> None:
    """This generator reads the Markdown pages as they are."""


def _our_command(docs: Path, _work: Path, site: Path) -> list[str]:
    return [sys.executable, "-m", "bench.pages_only", str(docs), str(site)]


def _write_mkdocs_config(docs: Path, work: Path) -> None:
    config: dict[str, Any] = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))
    config["docs_dir"] = str(docs.resolve())
    config["site_dir"] = "site"
    config["theme"]["custom_dir"] = str(ROOT / "theme/overrides")
    work.mkdir(parents=True, exist_ok=True)
    (work / "mkdocs.yml").write_text(yaml.safe_dump(config, sort_keys=False), "utf-8")


def _mkdocs_command(_docs: Path, work: Path, site: Path) -> list[str]:
    return [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", str(work / "mkdocs.yml"), "-d", str(site)]


def _write_zensical_project(docs: Path, work: Path) -> None:
    """The same settings and pages, inside one folder, with Zensical's own theme instead of the project's templates."""
    _write_mkdocs_config(docs, work)
    if not (work / "docs").is_dir():
        shutil.copytree(docs, work / "docs", copy_function=os.link)  # hard links, as the folder may be in memory
    config: dict[str, Any] = yaml.safe_load((work / "mkdocs.yml").read_text("utf-8"))
    config["docs_dir"] = "docs"
    del config["theme"]["custom_dir"]
    (work / "mkdocs.yml").write_text(yaml.safe_dump(config, sort_keys=False), "utf-8")


def _zensical_command(tools: Path, _docs: Path, work: Path, _site: Path) -> list[str]:
    return [str(tools / "zensical"), "build", "-f", str(work / "mkdocs.yml")]


def _write_hugo_project(docs: Path, work: Path) -> None:
    """The pages as Hugo reads them: ``a/b.md`` for ``a/b/index.md``, custom fields in ``params``, links to folders."""
    content = work / "content"
    if content.is_dir():
        return
    shutil.copytree(ROOT / "bench/hugo", work, dirs_exist_ok=True)
    for source in docs.rglob("*.md"):
        page_path = source.relative_to(docs).parent.as_posix()
        _, front_matter, body = source.read_text("utf-8").split("---\n", 2)
        # The generator writes each field in one line, with a value in JSON.
        lines = (line.partition(": ") for line in front_matter.splitlines())
        custom_fields = {name: json.loads(value) for name, _, value in lines}
        fields = {name: custom_fields.pop(name) for name in ("title", "description") if name in custom_fields}
        target = content / ("_index.md" if page_path == "." else f"{page_path}.md")
        target.parent.mkdir(parents=True, exist_ok=True)
        # Hugo reads front matter in JSON, which it recognizes by the brace.
        front_matter = json.dumps(fields | {"params": custom_fields})
        target.write_text(f"{front_matter}\n\n{body.replace('index.md)', ')')}", "utf-8")


def _hugo_command(tools: Path, _docs: Path, work: Path, site: Path) -> list[str]:
    return [str(tools / "hugo"), "build", "--quiet", "-s", str(work), "-d", str(site.resolve())]
