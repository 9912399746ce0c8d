"""``digest mcp``: serves the records of a built site, local or published, over the Model Context Protocol."""

import argparse
import socket
import sys
from collections.abc import Callable
from pathlib import Path

from generator import __version__
from generator.access.agents import make_server
from generator.access.records import SiteRecords
from generator.build.safe_files import read_at_most
from generator.commands.add import user_agent
from generator.commands.arguments import SETTINGS_FILE, add_site_option, port_number, project_settings
from generator.fetch.cache import ResponseCache
from generator.fetch.client import Client, Limits

ABOUT = "serve a built site to AI agents over the Model Context Protocol (MCP), read-only"
CACHE = Path(".cache/mcp")
_MAX_FILE_SIZE = 1024 * 1024 * 1024  # bytes; the largest file is papers.jsonl
_MAX_DOWNLOAD_SIZE = 256 * 1024 * 1024  # bytes
_PAUSE = 0.5  # seconds between two requests to a published site
_HOST = "127.0.0.1"  # reachable only from this machine


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_site_option(parser)
    parser.add_argument("--url", metavar="URL", help="URL of a published site, instead of --site-dir")
    parser.add_argument(
        "--http", type=port_number, metavar="PORT", help="listen on this port of 127.0.0.1 instead of standard input"
    )


def command(arguments: argparse.Namespace) -> int:
    """Run the command."""
    if not arguments.url and not (arguments.site_dir / "papers.jsonl").is_file():
        print(
            f"{arguments.site_dir} is not a built site: run digest build, or name a published site with --url",
            file=sys.stderr,
        )
        return 1
    read = _remote_reader(arguments.url) if arguments.url else _local_reader(arguments.site_dir)
    try:
        server = make_server(SiteRecords(read), "paper-digest", __version__)
    except ModuleNotFoundError as error:
        print(f"{error.name} is not installed: pip install 'curated-paper-digest[mcp]'", file=sys.stderr)
        return 1
    if not arguments.http:
        server.run("stdio")
        return 0
    try:
        with socket.create_server((_HOST, arguments.http)):
            pass  # tried here, because the server exits without a message if the port is in use
    except OSError as error:
        print(f"port {arguments.http}: {error.strerror}. Name another: --http {arguments.http + 1}", file=sys.stderr)
        return 1
    print(f"MCP server on http://{_HOST}:{arguments.http}/mcp; Ctrl+C stops it", file=sys.stderr, flush=True)
    server.run("streamable-http", host=_HOST, port=arguments.http)
    return 0


def _local_reader(site: Path) -> Callable[[str], str]:
    """Return a function that reads a file of a local site by its path."""
    return lambda path: read_at_most(site / path, _MAX_FILE_SIZE).decode("utf-8")


def _remote_reader(url: str) -> Callable[[str], str]:
    """Return a function that reads a file of a published site by its path. The files are cached in ``CACHE``."""
    # For a published site, the command can run outside a project.
    settings = project_settings() if SETTINGS_FILE.is_file() else None
    agent = user_agent(settings) if settings else f"paper-digest/{__version__}"
    client = Client(agent, ResponseCache(CACHE), Limits(size=_MAX_DOWNLOAD_SIZE))
    # Any text is accepted here. ``SiteRecords`` parses it.
    return lambda path: client.get(f"{url.rstrip('/')}/{path}", _PAUSE, find_fault=lambda _: "")
