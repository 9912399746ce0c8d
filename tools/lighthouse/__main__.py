"""``make lighthouse``: Lighthouse's four scores for each kind of page of a built site, with the audits that lower them.

    python -m tools.lighthouse SITE TOOLS [KIND...] [--runs N] [--desktop]

TOOLS is the folder in which ``npm ci`` installed Lighthouse. The device is a phone, or with ``--desktop`` a desktop.
The best of several runs counts, because other programs only slow a page down. Exits 1 if a score is too low.
"""

import argparse
import functools
import gzip
import http.server
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any

from tools.chromium import chromium
from tools.web_server import run_server

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PAGES = {
    "home": "",
    "paper": "papers/*",
    "edition": "venues/*/*",
    "topic": "topics/*",
    "author": "authors/*",
    "archive": "archive",
    "search": "search",
    "map": "map",
    "stats": "stats",
}
MIN_SCORES = {("map", "performance"): 98}
COMPRESSED = (".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".bib", ".md", ".webmanifest")


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="tools.lighthouse")
    parser.add_argument("site", type=Path, help="the built site")
    parser.add_argument("tools", type=Path, help="the folder with node_modules")
    parser.add_argument("kinds", nargs="*", help=f"of {', '.join(PAGES)} (default: all)")
    parser.add_argument("--runs", type=int, default=3, help="how often a page that falls short is tried (default: 3)")
    parser.add_argument("--desktop", action="store_true", help="emulate a desktop instead of a phone")
    arguments = parser.parse_args()
    passed = True
    print(f"{'page':<8} {' '.join(f'{category:>14}' for category in CATEGORIES)}  address")
    with hosted(arguments.site) as root:
        for kind in arguments.kinds or PAGES:
            address = _heaviest(arguments.site, PAGES[kind])
            reasons, scores = _best_scores(kind, f"{root}/{address}", arguments)
            print(f"{kind:<8} {' '.join(f'{scores[category]:>14}' for category in CATEGORIES)}  /{address}")
            for line in reasons:
                print(f"         {line}")
            sys.stdout.flush()  # a page takes a minute, and output to a file is buffered
            passed &= not reasons
    return 0 if passed else 1


def _heaviest(site: Path, pattern: str) -> str:
    """The address of the largest page of a kind."""
    if "*" not in pattern:
        return f"{pattern}/" if pattern else ""
    # The path decides between pages of one size, so that every run tests the same page.
    page = max(site.glob(f"{pattern}/index.html"), key=lambda file: (file.stat().st_size, str(file)))
    return f"{page.parent.relative_to(site).as_posix()}/"


def _best_scores(kind: str, url: str, arguments: argparse.Namespace) -> tuple[list[str], dict[str, int]]:
    """Why scores are too low, and the best scores of up to ``runs`` runs."""
    best = dict.fromkeys(CATEGORIES, 0)
    reasons: list[str] = []
    for _ in range(arguments.runs):
        report = _report(url, arguments.tools, arguments.desktop)
        for category in CATEGORIES:
            best[category] = max(best[category], round((report["categories"][category]["score"] or 0) * 100))
        failing = [category for category in CATEGORIES if best[category] < MIN_SCORES.get((kind, category), 100)]
        reasons = [line for category in failing for line in costly_audits(report, category)]
        if not failing:
            break
    return reasons, best


def _report(url: str, tools: Path, is_desktop: bool) -> dict[str, Any]:
    """Lighthouse's report of a page. Without a preset, Lighthouse emulates a phone on a slow network."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "report.json"
        subprocess.run(
            [
                tools / "node_modules" / ".bin" / "lighthouse",
                url,
                "--quiet",
                "--output=json",
                f"--output-path={out}",
                f"--only-categories={','.join(CATEGORIES)}",
                *(["--preset=desktop"] if is_desktop else []),
                "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
            ],
            check=True,
            env={**os.environ, "CHROME_PATH": chromium()},
        )
        report: dict[str, Any] = json.loads(out.read_text("utf-8"))
    return report


def costly_audits(report: dict[str, Any], category: str) -> list[str]:
    """The audits that cost a category its points, heaviest first."""
    # The score None of an audit that failed to run counts as 0: its category has no score either. Audits that do not
    # apply have the weight 0.
    costly = [
        (part["weight"] * (1 - (audit["score"] or 0)), audit)
        for part in report["categories"][category]["auditRefs"]
        if part["weight"] and (audit := report["audits"][part["id"]])["score"] != 1
    ]
    costly.sort(key=lambda pair: -pair[0])
    return [
        f"{category}: {audit['title']} {audit.get('displayValue') or audit.get('errorMessage', '')}".rstrip()
        for _, audit in costly
    ]


class Host(http.server.SimpleHTTPRequestHandler):
    """Serves files as hosts of static sites do: compressed, with a cache time, over persistent connections."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *arguments: object) -> None:
        """Print nothing."""

    def do_GET(self) -> None:
        """Answer with the file, compressed if the browser accepts that."""
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        if not path.is_file():
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        data = _content(path)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Cache-Control", "public, max-age=600")
        # Without compression, scores would be lower than those of the published site.
        if path.suffix in COMPRESSED and "gzip" in self.headers.get("Accept-Encoding", ""):
            data = _compressed(path)
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Vary", "Accept-Encoding")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def _content(path: Path) -> bytes:
    """The file, without the line of ``robots.txt`` that Lighthouse 12 reports as unknown (https://contentsignals.org/)."""
    data = path.read_bytes()
    if path.name != "robots.txt":
        return data
    return b"".join(line for line in data.splitlines(keepends=True) if not line.startswith(b"Content-Signal:"))


@functools.cache
def _compressed(path: Path) -> bytes:
    return gzip.compress(_content(path), 6)


@contextmanager
def hosted(site: Path) -> Iterator[str]:
    """The address of a built site while it is served on loopback."""
    with run_server(functools.partial(Host, directory=str(site))) as port:
        yield f"http://127.0.0.1:{port}"


if __name__ == "__main__":
    sys.exit(main())
