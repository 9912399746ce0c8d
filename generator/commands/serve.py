"""``digest serve``: serves a preview that rebuilds and reloads when content or theme change."""

import argparse
import gc
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.livereload import LiveReloadServer
from watchdog.observers.polling import PollingObserverVFS

from generator.build.cache import Cache, cache_folder
from generator.build.version import program_version
from generator.commands.arguments import THEME_FOLDER, add_content_option, port_number
from generator.commands.project import open_project
from generator.commands.site_builder import build_and_publish
from generator.commands.stages import Stages
from generator.site.staging import staging

ABOUT = "preview the site with live reload, search included"

_POLL_INTERVAL = 0.2
"""Seconds between two checks for edited files."""
_BUILD_DELAY = 0.05
"""Seconds between an edit and the build, so that files that are saved together need one build."""
_MAX_NAME_LENGTH = 255
"""The maximum length of a file name in bytes, a limit of common file systems."""


class PreviewServer(LiveReloadServer):
    """The preview server of MkDocs, hardened.

    A request for a path that no file can have gets the status 404: with a NUL, a name that is too long, or invalid
    UTF-8. Folders are watched without following symbolic links, because a link to a parent folder would never end.
    """

    def __init__(self, builder: Callable[[], None], host: str, port: int, root: str, mount_path: str) -> None:
        super().__init__(builder, host, port, root, mount_path)
        self.build_delay = _BUILD_DELAY
        self.observer = PollingObserverVFS(os.lstat, os.scandir, polling_interval=_POLL_INTERVAL)  # type: ignore[assignment]

    def _serve_request(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes] | None:
        # Returning None makes MkDocs answer with the status 404.
        path = environ["PATH_INFO"].encode("latin-1")  # WSGI decodes the bytes of a path as Latin-1 (PEP 3333)
        try:
            path.decode("utf-8")  # MkDocs ignores bytes that it cannot decode, and would serve another file
        except UnicodeDecodeError:
            return None
        if b"\0" in path or any(len(name) > _MAX_NAME_LENGTH for name in path.split(b"/")):
            return None
        return super()._serve_request(environ, start_response)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_content_option(parser)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=port_number, default=8000, help="port to listen on (default: 8000)")


def command(arguments: argparse.Namespace) -> int:
    """Run the command."""
    return run(arguments.content, arguments.host, arguments.port)


def run(content: Path, host: str, port: int) -> int:
    """Serve a preview of ``content`` until Ctrl+C. Returns 1 if it cannot start.

    After an edit that causes an error, prints the error and continues to serve the previous preview.
    """
    # These signals act as Ctrl+C, so that the temporary folder is deleted. Windows has no SIGHUP.
    for signal_number in (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
        signal.signal(signal_number, signal.default_int_handler)
    folder = Path(tempfile.mkdtemp(prefix="digest-preview-"))
    try:
        project = open_project(content, preview=True)
        if project is None:
            return 1
        preview = _Preview(content, folder)
        mount = urlsplit(project.settings.site_url).path or "/"
        server = PreviewServer(preview.rebuild, host, port, str(preview.site), mount)
        preview.rebuild()
        for path in (content, THEME_FOLDER, project.settings_file):
            server.watch(str(path.resolve()))
        print(f"preview on http://{host}:{port}{mount}; Ctrl+C stops it", file=sys.stderr)
        try:
            server.serve(open_in_browser=False)  # type: ignore[no-untyped-call]
        except OSError as error:
            print(f"port {port} of {host}: {error.strerror}. Name another: --port {port + 1}", file=sys.stderr)
            return 1
        finally:
            server.shutdown()  # otherwise its threads keep the process alive
    except KeyboardInterrupt:
        pass
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


class _Preview:
    """A preview of ``content`` in the folder ``site`` below ``folder``."""

    def __init__(self, content: Path, folder: Path) -> None:
        self._content, self.site = content, folder / "site"
        # The build cache describes the preview and is deleted with it. Parsed content is shared with ``digest build``.
        self._build_cache = Cache(folder / "cache", program_version())
        self._content_cache = Cache(cache_folder(Path()), program_version())

    def rebuild(self) -> None:
        """Rebuild the preview. If that fails, the previous one stays in place."""
        with staging(self.site, self._build_cache) as folder:
            project = open_project(self._content, cache=self._content_cache, preview=True)
            if project:
                # Not strict: a page with warnings can be previewed, too.
                result = build_and_publish(project, folder, self._build_cache, Stages(), strict=False)
                for message in result.messages if result else ():
                    print(message, file=sys.stderr)
        gc.unfreeze()  # a build freezes objects, to share them with its processes; this allows Python to free them
