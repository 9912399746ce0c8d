"""``make lighthouse``: four scores for each kind of page of a built site, and what keeps one from being 100.

    python -m tools.lighthouse SITE TOOLS [KIND...] [--runs N] [--desktop]

TOOLS is the folder into which ``npm ci`` has put Lighthouse. The device is a phone, or with ``--desktop`` a desktop.
Of several runs the best counts: other work on the machine only ever slows a page. Exits 1 if a score falls short.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tools.chromium import chromium
from tools.lighthouse.host import hosted

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
BARS = {("map", "performance"): 98}


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="tools.lighthouse")
    parser.add_argument("site", type=Path, help="the built site")
    parser.add_argument("tools", type=Path, help="the folder with node_modules")
    parser.add_argument("kinds", nargs="*", help=f"of {', '.join(PAGES)} (default: all)")
    parser.add_argument("--runs", type=int, default=3, help="how often a page that falls short is tried (default: 3)")
    parser.add_argument("--desktop", action="store_true", help="emulate a desktop instead of a phone")
    arguments = parser.parse_args()
    good = True
    print(f"{'page':<8} {' '.join(f'{category:>14}' for category in CATEGORIES)}  address")
    with hosted(arguments.site) as root:
        for kind in arguments.kinds or PAGES:
            address = _heaviest(arguments.site, PAGES[kind])
            short, scores = _judged(kind, f"{root}/{address}", arguments)
            print(f"{kind:<8} {' '.join(f'{scores[category]:>14}' for category in CATEGORIES)}  /{address}")
            for line in short:
                print(f"         {line}")
            sys.stdout.flush()
            good &= not short
    return 0 if good else 1


def _heaviest(site: Path, pattern: str) -> str:
    """The address of the largest page of a kind."""
    if "*" not in pattern:
        return f"{pattern}/" if pattern else ""
    page = max(site.glob(f"{pattern}/index.html"), key=lambda file: (file.stat().st_size, str(file)))
    return f"{page.parent.relative_to(site).as_posix()}/"


def _judged(kind: str, url: str, arguments: argparse.Namespace) -> tuple[list[str], dict[str, int]]:
    """What falls short, and the best scores of up to ``runs`` runs."""
    best = dict.fromkeys(CATEGORIES, 0)
    short: list[str] = []
    for _ in range(arguments.runs):
        report = _report(url, arguments.tools, arguments.desktop)
        for category in CATEGORIES:
            best[category] = max(best[category], round((report["categories"][category]["score"] or 0) * 100))
        failing = [category for category in CATEGORIES if best[category] < BARS.get((kind, category), 100)]
        short = [line for category in failing for line in _reasons(report, category)]
        if not failing:
            break
    return short, best


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


def _reasons(report: dict[str, Any], category: str) -> list[str]:
    """The audits that cost a category its points, heaviest first."""
    costly = [
        (part["weight"] * (1 - audit["score"]), audit)
        for part in report["categories"][category]["auditRefs"]
        if part["weight"] and (audit := report["audits"][part["id"]])["score"] not in (None, 1)
    ]
    costly.sort(key=lambda pair: -pair[0])
    return [f"{category}: {audit['title']} {audit.get('displayValue', '')}".rstrip() for _, audit in costly]


if __name__ == "__main__":
    sys.exit(main())
