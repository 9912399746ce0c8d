"""``digest serve``: a live preview that rebuilds and reloads when content or theme change."""

import argparse
import gc
import shutil
import signal
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.livereload import LiveReloadServer

from generator.commands.arguments import add_content
from generator.commands.build import Order, assembled, published
from generator.commands.project import THEME, open_project
from generator.commands.stages import Stages
from generator.commands.staging import ground
from generator.site.state import read_state, write_state

ABOUT = "preview the site, search included, and reload it when content or theme change"

_LOOK, _SETTLED = 0.2, 0.05
"""Seconds between two looks for an edit, and after one until the next has to wait for another build."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_content(parser)
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="the port to listen on (default: 8000)")


def command(arguments: argparse.Namespace) -> int:
    """Run the command."""
    return run(arguments.content, arguments.host, arguments.port)


def run(content: Path, host: str, port: int) -> int:
    """Serve until stopped. Content with errors is reported, and the last good preview stays."""
    for ending in (signal.SIGTERM, signal.SIGHUP):  # as Ctrl+C: nothing else takes the preview's folder away
        signal.signal(ending, signal.default_int_handler)
    folder = Path(tempfile.mkdtemp(prefix="digest-preview-"))
    try:
        project = open_project(content, preview=True)
        if project is None:
            return 1
        mount = urlsplit(project.settings.site_url).path or "/"
        server = LiveReloadServer(
            builder=lambda: _rebuild(content, folder),
            host=host,
            port=port,
            root=str(folder / "site"),
            mount_path=mount,
            polling_interval=_LOOK,
        )
        server.build_delay = _SETTLED
        _rebuild(content, folder)
        _prepare(folder / "site")
        for watched in (content, THEME, project.config):
            server.watch(str(watched))
        print(f"preview on http://{host}:{port}{mount}; Ctrl+C ends it", file=sys.stderr)
        try:
            server.serve(open_in_browser=False)  # type: ignore[no-untyped-call]
        finally:
            server.shutdown()  # or its threads go on for ever
    except KeyboardInterrupt:
        pass
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def _prepare(site: Path) -> None:
    """Carry the first site over, so that the first edit is shown as soon as those after it."""
    with ground(site, read_state(site)) as prepared:
        prepared.carried()


def _rebuild(content: Path, folder: Path) -> None:
    order = Order(content, folder / "site", strict=False, preview=True)
    with ground(order.site, read_state(order.site)) as prepared:
        project = open_project(content, preview=True)
        built = project and published(project, order, prepared, Stages(), assembled)
    if built:
        write_state(order.site, "", built.settled)
    gc.unfreeze()  # what processes shared was never looked through, and the next edit makes it all again
