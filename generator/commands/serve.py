"""``digest serve``: a live preview that rebuilds and reloads when content or theme change."""

import argparse
import gc
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.livereload import LiveReloadServer

from generator.build.cache import Cache, cache_folder
from generator.build.version import program
from generator.commands.arguments import THEME, add_content
from generator.commands.project import open_project
from generator.commands.site_builder import built
from generator.commands.stages import Stages
from generator.site.staging import staging

_NAME_MOST = 255
"""Bytes of the name of a file or folder; file systems take no longer one."""


class PreviewServer(LiveReloadServer):
    """Answers 404 for paths that name no file: with a NUL, a name that is too long, or bytes that are not UTF-8."""

    def _serve_request(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes] | None:
        path = environ["PATH_INFO"].encode("latin-1")  # WSGI gives bytes as characters (PEP 3333)
        try:
            path.decode("utf-8")  # MkDocs drops what it cannot decode, and then finds another file
        except UnicodeDecodeError:
            return None
        if b"\0" in path or any(len(name) > _NAME_MOST for name in path.split(b"/")):
            return None
        return super()._serve_request(environ, start_response)


ABOUT = "preview the site with live reload, search included"

_LOOK, _SETTLED = 0.2, 0.05
"""Seconds between two looks for an edit, and after one until the next has to wait for another build."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_content(parser)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: 8000)")


def command(arguments: argparse.Namespace) -> int:
    """Run the command."""
    return run(arguments.content, arguments.host, arguments.port)


def run(content: Path, host: str, port: int) -> int:
    """Serve until stopped. Content with errors is reported, and the last good preview stays."""
    for ending in (
        signal.SIGTERM,
        getattr(signal, "SIGHUP", signal.SIGTERM),
    ):  # as Ctrl+C: nothing else takes the preview's folder away
        signal.signal(ending, signal.default_int_handler)
    folder = Path(tempfile.mkdtemp(prefix="digest-preview-"))
    try:
        project = open_project(content, preview=True)
        if project is None:
            return 1
        preview = _Preview(content, folder)
        mount = urlsplit(project.settings.site_url).path or "/"
        server = PreviewServer(
            builder=preview.rebuild,
            host=host,
            port=port,
            root=str(preview.site),
            mount_path=mount,
            polling_interval=_LOOK,
        )
        server.build_delay = _SETTLED
        preview.rebuild()
        for watched in (content, THEME, project.config):
            server.watch(str(watched))
        print(f"preview on http://{host}:{port}{mount}; Ctrl+C stops it", file=sys.stderr)
        try:
            server.serve(open_in_browser=False)  # type: ignore[no-untyped-call]
        except OSError as error:
            print(f"port {port} of {host}: {error.strerror}. Name another: --port {port + 1}", file=sys.stderr)
            return 1
        finally:
            server.shutdown()  # or its threads go on for ever
    except KeyboardInterrupt:
        pass
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


class _Preview:
    """A preview that is rebuilt into the folder ``site``. Its cache goes with it."""

    def __init__(self, content: Path, folder: Path) -> None:
        self._content, self.site = content, folder / "site"
        self._cache = Cache(folder / "cache", program())
        self._records = Cache(cache_folder(Path()), program())

    def rebuild(self) -> None:
        """Build the preview anew; one that cannot be built leaves the last one in place."""
        with staging(self.site, self._cache) as folder:
            project = open_project(self._content, None, self._records, preview=True)
            if project:
                result = built(project, folder, self._cache, Stages(), strict=False)
                for message in result.messages if result else ():
                    print(message, file=sys.stderr)
        gc.unfreeze()  # what processes shared was never looked through, and the next edit makes it all again
