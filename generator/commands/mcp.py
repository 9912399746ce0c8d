"""``digest mcp``: serves a built site, local or published, by the Model Context Protocol, read-only."""

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
from generator.commands.arguments import add_site_option, project_settings
from generator.fetch.cache import ResponseCache
from generator.fetch.client import Client, Limits

ABOUT = "serve a built site to AI agents over the Model Context Protocol (MCP), read-only"
CACHE = Path(".cache/mcp")
_MAX_FILE_SIZE = 1 << 30  # bytes; papers.jsonl of a large digest is the largest file
_PAUSE = 0.5  # seconds between two requests to a published site
_HOST = "127.0.0.1"  # only this machine


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_site_option(parser)
    parser.add_argument("--url", metavar="URL", help="URL of a published site, instead of --site-dir")
    parser.add_argument(
        "--http", type=int, metavar="PORT", help="listen on this port of 127.0.0.1 instead of standard input"
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
            pass  # checked here, because the server exits without a message if the port is in use
    except OSError as error:
        print(f"port {arguments.http}: {error.strerror}. Name another: --http {arguments.http + 1}", file=sys.stderr)
        return 1
    print(f"agents ask http://{_HOST}:{arguments.http}/mcp; Ctrl+C stops it", file=sys.stderr, flush=True)
    server.run("streamable-http", host=_HOST, port=arguments.http)
    return 0


def _local_reader(site: Path) -> Callable[[str], str]:
    return lambda path: read_at_most(site / path, _MAX_FILE_SIZE).decode("utf-8")


def _remote_reader(url: str) -> Callable[[str], str]:
    """Return a reader for the files of a published site. The files are cached in ``.cache``."""
    settings = project_settings() if Path("mkdocs.yml").is_file() else None
    # The command needs no project: it may run anywhere, for a published site.
    agent = user_agent(settings) if settings else f"paper-digest/{__version__}"
    client = Client(agent, ResponseCache(CACHE), Limits(size=256 * 1024 * 1024))
    return lambda path: client.get(f"{url.rstrip('/')}/{path}", _PAUSE, find_fault=lambda _: "")
