"""The pages stage alone: ``python -m bench.pages_only DOCS SITE`` builds Markdown to HTML as ``digest build`` does."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from generator.model.page import Batch, Draft, Page, untold
from generator.model.portion import WHOLE
from generator.site.carried import Carried
from generator.site.kept import Kept
from generator.site.mkdocs_build import joined
from generator.site.mkdocs_site import Wishes, site_build
from generator.site.site_files import source_paths
from generator.site.site_pages import Twins
from generator.processes import cores, together

_HOME = "index.md"
_NONE = Twins(has=lambda _path: False, page=lambda path, text: Page(path=path, text=text))


def build_pages(
    batches: Sequence[Batch[Draft]],
    docs: Path,
    site: Path,
    processes: int | None = None,
    config: Path = Path("mkdocs.yml"),
) -> None:
    """Build all pages of ``batches`` into ``site``, as strictly as can be. Raises SiteNotBuilt."""
    nothing = Kept(Carried(site), b"")
    wishes = Wishes(strict=True, epoch=1_790_000_000)
    with site_build(config, docs, site, wishes, lambda: batches, nothing, _NONE) as build:
        build.write_theme()
        shares = processes or cores()
        build.finish(joined(together([partial(build.share, portion) for portion in WHOLE.cut(shares)], shares)))


def batches_on_disk(docs: Path) -> list[Batch[Draft]]:
    """A batch for each Markdown page in a folder, the home page first."""
    paths = sorted((path for path in source_paths(str(docs)) if path.endswith(".md")), key=lambda path: path != _HOME)
    return [untold(partial(_draft, docs, path)) for path in paths]


def _draft(docs: Path, path: str) -> Iterator[Draft]:
    yield Draft(path=path, made_from=b"", write=partial(_read, f"{docs}/{path}"))


def _read(path: str) -> str:
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - pathlib doubles the time
        return file.read().decode()


def main(arguments: Iterable[str]) -> None:
    """Build the pages in the first folder into the second."""
    docs, site = map(Path, arguments)
    build_pages(batches_on_disk(docs), docs, site)


if __name__ == "__main__":
    main(sys.argv[1:])
