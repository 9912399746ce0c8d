"""``make lighthouse``: print Lighthouse's four scores for each kind of page of a built site.

    python -m tools.lighthouse SITE TOOLS [KIND...] [--runs N] [--desktop]

TOOLS is the folder in which ``npm ci`` installed Lighthouse. Of each kind of page, the largest one is loaded, as on a
phone with a slow network or, with ``--desktop``, as on a desktop. The best score of several runs counts, because other
programs can only lower it. If a score is too low, the audits that lower it are printed, and the exit code is 1.
"""

import argparse
import functools
import gzip
import json
import os
import subprocess
import sys
import tempfile
from http import HTTPStatus
from pathlib import Path
from typing import Any

from tools.chromium import chromium
from tools.web_server import Handler, serve_site

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
# Each kind of page with a glob pattern of the folders of its pages, relative to the site.
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
MIN_SCORES = {("map", "performance"): 98}  # by kind of page and category; all others must be 100
COMPRESSED_SUFFIXES = (".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".bib", ".md", ".webmanifest")


def main() -> int:
    """Run Lighthouse for each kind of page and print the scores."""
    parser = argparse.ArgumentParser(prog="python -m tools.lighthouse", description="Score pages with Lighthouse.")
    parser.add_argument("site", type=Path, help="the folder of the built site")
    parser.add_argument("tools", type=Path, help="the folder in which npm installed Lighthouse (with node_modules)")
    parser.add_argument(
        "kinds", nargs="*", choices=PAGES, metavar="KIND", help=f"kinds of pages: {', '.join(PAGES)} (default: all)"
    )
    parser.add_argument(
        "--runs", type=int, default=3, metavar="N",
        help="load a page up to N times, until all its scores are high enough (default: 3)",
    )  # fmt: skip
    parser.add_argument("--desktop", action="store_true", help="emulate a desktop instead of a phone")
    arguments = parser.parse_args()
    all_passed = True
    print(f"{'page':<8} {' '.join(f'{category:>14}' for category in CATEGORIES)}  address")
    with serve_site(arguments.site, HostHandler) as root:
        for kind in arguments.kinds or PAGES:
            path = _largest_page(arguments.site, PAGES[kind])
            costly, scores = _best_scores(kind, f"{root}/{path}", arguments)
            print(f"{kind:<8} {' '.join(f'{scores[category]:>14}' for category in CATEGORIES)}  /{path}")
            for line in costly:
                print(f"         {line}")
            sys.stdout.flush()  # a page takes a minute, and output to a file is buffered
            all_passed &= not costly
    return 0 if all_passed else 1


def _largest_page(site: Path, pattern: str) -> str:
    """The URL path of the largest page of a kind, relative to the site."""
    if "*" not in pattern:
        return f"{pattern}/" if pattern else ""
    # If several pages have the same size, the path decides, so that every run tests the same page.
    page = max(site.glob(f"{pattern}/index.html"), key=lambda file: (file.stat().st_size, str(file)))
    return f"{page.parent.relative_to(site).as_posix()}/"


def _best_scores(kind: str, url: str, arguments: argparse.Namespace) -> tuple[list[str], dict[str, int]]:
    """The audits that make scores too low in the last run, and for each category the best score of all runs.

    There are no such audits if the best scores are high enough.
    """
    best = dict.fromkeys(CATEGORIES, 0)
    costly: list[str] = []
    for _ in range(arguments.runs):
        report = _report(url, arguments.tools, arguments.desktop)
        for category in CATEGORIES:
            best[category] = max(best[category], round((report["categories"][category]["score"] or 0) * 100))
        failing = [category for category in CATEGORIES if best[category] < MIN_SCORES.get((kind, category), 100)]
        costly = [line for category in failing for line in costly_audits(report, category)]
        if not failing:
            break
    return costly, best


def _report(url: str, tools: Path, is_desktop: bool) -> dict[str, Any]:
    """Lighthouse's report of a page. Without a preset, Lighthouse emulates a phone with a slow network."""
    with tempfile.TemporaryDirectory() as folder:
        report_file = Path(folder) / "report.json"
        subprocess.run(
            [
                tools / "node_modules" / ".bin" / "lighthouse",
                url,
                "--quiet",
                "--output=json",
                f"--output-path={report_file}",
                f"--only-categories={','.join(CATEGORIES)}",
                *(["--preset=desktop"] if is_desktop else []),
                "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
            ],
            check=True,
            env={**os.environ, "CHROME_PATH": chromium()},
        )
        report: dict[str, Any] = json.loads(report_file.read_text("utf-8"))
    return report


def costly_audits(report: dict[str, Any], category: str) -> list[str]:
    """A line for each audit that lowers the score of a category, in descending order of the points that it costs."""
    # The score of an audit that failed to run is None. It counts as 0 here, because its category then has no score.
    # Audits that do not apply to the page have the weight 0.
    costs_and_audits = [
        (reference["weight"] * (1 - (audit["score"] or 0)), audit)
        for reference in report["categories"][category]["auditRefs"]
        if reference["weight"] and (audit := report["audits"][reference["id"]])["score"] != 1
    ]
    costs_and_audits.sort(key=lambda pair: -pair[0])
    return [
        f"{category}: {audit['title']} {audit.get('displayValue') or audit.get('errorMessage', '')}".rstrip()
        for _, audit in costs_and_audits
    ]


class HostHandler(Handler):
    """Serves files as hosts of static sites do: compressed, and with a time for which browsers may keep them."""

    def do_GET(self) -> None:  # noqa: N802 - the name that the base class calls
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
        # Without compression, the scores would be lower than those of a published site.
        if path.suffix in COMPRESSED_SUFFIXES and "gzip" in self.headers.get("Accept-Encoding", ""):
            data = _compressed(path)
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Vary", "Accept-Encoding")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def _content(path: Path) -> bytes:
    """The bytes of a file. From ``robots.txt``, they lack the line that Lighthouse 12 reports as unknown.

    The line is a content signal (https://contentsignals.org/).
    """
    data = path.read_bytes()
    if path.name != "robots.txt":
        return data
    return b"".join(line for line in data.splitlines(keepends=True) if not line.startswith(b"Content-Signal:"))


@functools.cache
def _compressed(path: Path) -> bytes:
    return gzip.compress(_content(path), 6)


if __name__ == "__main__":
    sys.exit(main())
