"""``make html``: the Nu HTML checker judges one page of each kind of a built site.

    python -m tools.html_checker SITE TOOLS

TOOLS is the folder into which ``npm ci`` has put the checker, which needs Java. The largest page of each kind is
judged: it has most that can be wrong. Exits 1 if there is an error or a warning.

The checker holds the content security policy against addresses of files, which have no origin, and takes JSON-LD for a
script that runs. Its messages on the policy are left out: ``tests/browser/test_safety.py`` tests it in a browser.
"""

import argparse
import subprocess
import sys
from pathlib import Path

_POLICY = ".*Content Security Policy.*"


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="tools.html_checker")
    parser.add_argument("site", type=Path, help="the built site")
    parser.add_argument("tools", type=Path, help="the folder with node_modules")
    arguments = parser.parse_args()
    pages = one_of_each_kind(arguments.site)
    jar = arguments.tools / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = ["java", "-jar", str(jar), "--format", "gnu", "--filterpattern", _POLICY, *map(str, pages)]
    judged = subprocess.run(command, capture_output=True, text=True, check=False)
    messages = [line.replace(arguments.site.resolve().as_uri(), "") for line in judged.stderr.splitlines()]
    print("\n".join((*messages, f"{len(pages)} pages: {len(messages)} messages")))
    return 1 if messages or judged.returncode else 0


def one_of_each_kind(site: Path) -> list[Path]:
    """The largest page of each kind, that is, of each depth below each folder of the site; redirects are no pages."""
    largest: dict[tuple[str, int], Path] = {}
    for page in sorted(site.rglob("*.html")):
        parts = page.relative_to(site).parts
        kind = (parts[0], len(parts))
        if kind not in largest or page.stat().st_size > largest[kind].stat().st_size:
            largest[kind] = page
    return list(largest.values())


if __name__ == "__main__":
    sys.exit(main())
