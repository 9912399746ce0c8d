"""The server of ``digest serve``: MkDocs' own, and what names no file on any disk is not found instead of a failure."""

from collections.abc import Callable, Iterable
from typing import Any

from mkdocs.livereload import LiveReloadServer

_NAME_MOST = 255
"""Bytes of the name of a file or folder; file systems take no longer one."""


class PreviewServer(LiveReloadServer):
    """Answers 404 for paths with a NUL or with a name that is too long."""

    def _serve_request(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes] | None:
        path = environ["PATH_INFO"]
        if "\0" in path or any(len(name) > _NAME_MOST for name in path.split("/")):
            return None
        return super()._serve_request(environ, start_response)
