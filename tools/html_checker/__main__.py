"""``make html``: check one page of each kind of a built site with the Nu HTML checker.

    python -m tools.html_checker SITE TOOLS

TOOLS is the folder in which ``npm ci`` installed the checker, which needs Java. The largest page of each kind is
checked, because it has the most elements. Exits 1 if there is an error or a warning.

Messages on the content security policy are left out: the checker compares it with addresses of files, which have no
origin, and takes JSON-LD for a script. ``tests/browser/test_safety.py`` tests the policy in a browser.
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
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    # The checker writes its messages to stderr, with absolute URLs of files.
    messages = [line.replace(arguments.site.resolve().as_uri(), "") for line in result.stderr.splitlines()]
    print("\n".join((*messages, f"{len(pages)} pages: {len(messages)} messages")))
    return 1 if messages or result.returncode else 0


def one_of_each_kind(site: Path) -> list[Path]:
    """The largest page of each kind, that is, of each depth below each folder of the site; redirects are no pages."""
    largest: dict[tuple[str, int], Path] = {}
    for page in sorted(site.rglob("*.html")):
        parts = page.relative_to(site).parts
        kind = (parts[0], len(parts))  # ``topics/`` is another kind of page than ``topics/ID/``
        if kind not in largest or page.stat().st_size > largest[kind].stat().st_size:
            largest[kind] = page
    return list(largest.values())


if __name__ == "__main__":
    sys.exit(main())
