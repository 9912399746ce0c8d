"""What ``mkdocs build`` does, from drafts in memory and shared out among processes, by a short way where there is one.

The short way is for pages as the generator writes them: ``plain_markdown`` and ``frames``. All others, and all that
has a fault, take MkDocs' own steps once all other pages are known. Either way the bytes are those of plain ``mkdocs
build`` of the same pages on disk, against which a test holds them.
"""

import logging
import shutil
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, partial
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from mkdocs import utils
from mkdocs.commands.build import _build_theme_template
from mkdocs.commands.build import build as build_plainly
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError
from mkdocs.structure.nav import get_navigation

from generator.compiled import Compiled
from generator.model.page import Batch, Draft, Page
from generator.model.portion import WHOLE, Portion
from generator.output.files import write_file, write_pages
from generator.output.joined_pages import joining
from generator.output.kept import Kept
from generator.output.site_files import SiteFiles
from generator.output.site_pages import Asked, SitePages, Twins, place_of
from generator.output.slow_pages import Slow, summed
from generator.output.state import Record
from generator.output.theme_assets import unused_assets
from generator.processes import cores, together

_COMPILED = Compiled()
_HOME = "index.md"
_PACKED = "sitemap.xml.gz"
"""Written by MkDocs beside the template of that name."""
_NOT_FOUND = "404.html"
_LEAST = 200
"""Pages below which one process is faster than two."""


class Share(NamedTuple):
    """A portion of the pages: the paths of each batch, and the record of what was made.

    ``left`` are the texts of pages that only MkDocs can build, by path, ``targets`` the folders to which links lead,
    ``slow`` tells how many pages did not take the short way, and why.
    """

    pages: tuple[tuple[str, ...], ...]
    left: dict[str, str]
    targets: frozenset[str]
    made: Record
    slow: tuple[Slow, ...] = ()


def joined(shares: Sequence[Share]) -> Share:
    """The portion that was cut into ``shares``."""
    return Share(
        tuple(paths for row in zip_longest(*(share.pages for share in shares)) for paths in row if paths is not None),
        {path: text for share in shares for path, text in share.left.items()},
        frozenset().union(*(share.targets for share in shares)),
        {path: held for share in shares for path, held in share.made.items()},
        summed(share.slow for share in shares),
    )


class _Linked(NamedTuple):
    """Links to anchors on other pages, how many warnings MkDocs gave, and the pages that have neither."""

    asked: frozenset[Asked]
    warnings: int
    alone: tuple[str, ...]


class SiteBuild:
    """A site being built: ``share`` builds a part of its pages, in any process, then ``finish`` does the rest.

    ``batches`` gives what makes all pages, the home page in the first. ``own`` are files that take the place of the
    theme's.
    """

    def __init__(
        self,
        config: MkDocsConfig,
        batches: Callable[[], Sequence[Batch[Draft]]],
        kept: Kept,
        twins: Twins,
        own: Iterable[Page] = (),
    ) -> None:
        self._config, self._make_batches, self._kept, self._twins = config, batches, kept, twins
        self._own = tuple(own)
        self._warnings = 0
        self._copied: set[str] = set()
        self.slow: tuple[Slow, ...] = ()
        """Once it is finished: how many of the pages made now did not take the short way, and why."""

    def prepare(self) -> None:
        """Make what all shares need, so that processes begun from now on have it."""
        self._site  # noqa: B018 - made once, when it is asked for first

    def write_theme(self) -> None:
        """Write what the theme brings along."""
        if not (site := self._site):
            return
        own = [page.path for page in self._own]
        for path in (*self._config.theme.static_templates, _PACKED, *own):
            self._kept.clear(path)
        with _counted() as found:
            for template in self._config.theme.static_templates:
                _build_theme_template(template, site.env, site.files, self._config, site.nav)
        self._copy_assets(site, [self._rendered(_NOT_FOUND)])
        self._warnings += _count(found)
        for page in self._own:
            write_file(f"{self._config.site_dir}/{page.path}", page.data)

    def _rendered(self, path: str) -> str:
        file = Path(self._config.site_dir, path)
        return file.read_text("utf-8") if file.is_file() else ""

    def _copy_assets(self, site: SitePages, texts: Sequence[str]) -> None:
        """Copy the files of the theme, save those assets of its base that none of ``texts`` needs."""
        custom = self._config.theme.custom_dir
        files = {file.dest_uri: file for file in site.files if not file.is_documentation_page()}
        theirs = {path: Path(file.abs_src_path or "") for path, file in files.items() if file.src_dir != custom}
        unused = unused_assets(theirs, Path(custom) if custom else None, texts)
        for path in files.keys() - unused - self._copied:
            self._kept.clear(path)
            files[path].copy_file()
            self._copied.add(path)

    @cached_property
    def _batches(self) -> Sequence[Batch[Draft]]:
        return self._make_batches()

    @cached_property
    def _site(self) -> SitePages | None:
        return None if joining(self._config) else self._prepared(None)

    def share(self, portion: Portion) -> Share:
        """Build the pages of a portion of the batches."""
        site = self._site
        if not site:
            return Share((), {}, frozenset(), self._kept.made)
        left: dict[str, str] = {}
        pages = [site.build_batch(batch, left) for batch in portion.taken(self._batches)]
        return Share(tuple(pages), left, frozenset(site.links.asked), self._kept.made, site.slow)

    def finish(self, done: Share) -> list[str]:
        """Build what the shares have left, and see that every link leads to a page. Returns the paths of all pages.

        ``done`` are all pages; the theme has been written. Raises Abort if a page cannot be built or, in strict mode,
        after any warning; raises Killed.
        """
        if not self._site:
            return self._finish_plainly()
        try:
            with _counted() as found:
                paths = [path for batch in done.pages for path in batch]
                if not (self._site.nav_places | done.targets <= set(map(place_of, paths))):
                    self._site = self._prepared(frozenset(paths))
                    done = self._again()
                    self._kept.made.update(done.made)
                self._site.files.pages = frozenset(paths)
            self.slow = done.slow
            if texts := [text for text in done.left.values() if "assets/" in text]:
                self._copy_assets(self._site, texts)
            linked = self._build_left(self._site, done.left)
            with _counted() as missing:
                self._check_anchors(self._site, frozenset().union(*(part.asked for part in linked)), done.left)
        except BuildError as error:
            raise Abort(f"Aborted with a BuildError: {error}") from error
        warnings = self._warnings + _count(found) + sum(part.warnings for part in linked) + _count(missing)
        if self._config.strict and warnings:
            raise Abort(f"Aborted with {warnings} warnings in strict mode!")
        return paths

    def _prepared(self, pages: frozenset[str] | None) -> SitePages:
        """What stands before the pages: the navigation, and the files of the theme."""
        config = self._config
        files = SiteFiles(config, pages)
        env = config.theme.get_env()
        env.bytecode_cache = _COMPILED
        files.add_theme(env, config)
        nav = get_navigation(files, config)
        if nav.homepage:
            files.tell(_HOME, self._text(_HOME))
            nav.homepage.read_source(config)  # every page finds the theme's words there
        return SitePages(config, files, nav, env, self._kept, self._twins)

    def _text(self, path: str) -> str:
        """The Markdown of a page: of the home page at once, of another after a while."""
        return next((draft.text for batch in self._batches for draft in batch.make() if draft.path == path), "")

    def _again(self) -> Share:
        """All pages anew, now that they are known: those with a link that leads nowhere are left to MkDocs."""
        return joined(together([partial(self.share, portion) for portion in WHOLE.cut(cores())], cores()))

    def _build_left(self, site: SitePages, left: dict[str, str]) -> list[_Linked]:
        """The pages that only MkDocs can build, save those that it built of the same text for a site of the same pages.

        A page serves again only if it has neither a link to an anchor elsewhere nor a fault, which are told each time.
        """
        pages = "\n".join(sorted(site.files.pages or ()))
        keys = {path: self._kept.key(f"{pages}\n\n{text}".encode()) for path, text in left.items()}
        places = {path: site.files.page(path).file.dest_uri for path in left}
        for path, text in left.items():
            site.files.tell(path, text)
        new = [path for path in sorted(left) if not self._kept.again(places[path], keys[path])]
        for path in new:
            self._kept.clear(places[path])
        shares = cores() if len(new) >= _LEAST else 1
        done = together([partial(_build_by_mkdocs, site, new[at::shares]) for at in range(shares)], shares)
        for path in (path for share in done for path in share.alone):
            self._kept.built(places[path], keys[path])
        return done

    def _check_anchors(self, site: SitePages, asked: frozenset[Asked], told: Container[str]) -> None:
        """Whether links find their anchors, on pages that are ``told`` or others; MkDocs logs each that does not."""
        ids = {}
        for target in {link.target for link in asked}:
            if target not in told:
                site.files.tell(target, self._text(target))
            ids[target] = site.ids(target)
        for source in dict.fromkeys(link.source for link in sorted(asked) if link.anchor not in ids[link.target]):
            site.complain(source)

    def _finish_plainly(self) -> list[str]:
        """MkDocs reads its pages from disk, and empties the folder into which it builds, so it gets one of its own."""
        config = self._config
        site = Path(config.site_dir)
        drafts = [draft for batch in self._batches for draft in batch.make()]
        write_pages([*drafts, *self._own], Path(config.docs_dir))
        config.site_dir = str(site / ".mkdocs")
        build_plainly(config)
        twins = [draft for draft in drafts if self._twins.has(draft.path)]
        written = (path.relative_to(config.site_dir).as_posix() for path in Path(config.site_dir).rglob("*"))
        for path in (*written, *(draft.path for draft in twins)):
            if not (site / path).is_dir():
                self._kept.clear(path)
        shutil.copytree(config.site_dir, site, copy_function=shutil.move, dirs_exist_ok=True)
        shutil.rmtree(config.site_dir)
        for draft in twins:
            write_file(f"{site}/{draft.path}", self._twins.page(draft.path, draft.text).data)
        self.slow = (Slow(joining(config)[0], len(drafts)),)
        return [draft.path for draft in drafts]


def _build_by_mkdocs(site: SitePages, paths: Sequence[str]) -> _Linked:
    asked: set[Asked] = set()
    alone = []
    with _counted() as counter:
        for path in paths:
            before = _count(counter)
            links = site.build_by_mkdocs(path)
            asked |= links
            if not links and _count(counter) == before:
                alone.append(path)
    return _Linked(frozenset(asked), _count(counter), tuple(alone))


@contextmanager
def _counted() -> Iterator[utils.CountHandler]:
    """Count what MkDocs warns of meanwhile."""
    counter = utils.CountHandler()
    counter.setLevel(logging.WARNING)
    logging.getLogger("mkdocs").addHandler(counter)
    try:
        yield counter
    finally:
        logging.getLogger("mkdocs").removeHandler(counter)


def _count(counter: utils.CountHandler) -> int:
    return sum(count for _, count in counter.get_counts())
