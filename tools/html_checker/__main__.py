"""``make html``: check one page of each kind of a built site with the Nu HTML checker.

    python -m tools.html_checker SITE TOOLS

TOOLS is the folder in which ``npm ci`` installed the checker, which needs Java. The largest page of each kind is
checked, because it has the most elements. The exit code is 1 if there is an error or a warning.

Messages about the content security policy are left out because they are wrong: the checker reads files, which have no
origin to compare with the policy, and it treats JSON-LD as a script. ``tests/browser/test_safety.py`` tests the policy
in a browser.
"""

import argparse
import subprocess
import sys
from pathlib import Path

_IGNORED_MESSAGES = ".*Content Security Policy.*"  # a regular expression of Java


def main() -> int:
    """Check the pages and print the messages."""
    parser = argparse.ArgumentParser(prog="python -m tools.html_checker", description="Check the HTML of a built site.")
    parser.add_argument("site", type=Path, help="the folder of the built site")
    parser.add_argument("tools", type=Path, help="the folder in which npm installed the checker (with node_modules)")
    arguments = parser.parse_args()
    pages = one_of_each_kind(arguments.site)
    jar = arguments.tools / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = ["java", "-jar", str(jar), "--format", "gnu", "--filterpattern", _IGNORED_MESSAGES, *map(str, pages)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    # The checker writes its messages to stderr, with absolute URLs of files.
    messages = [line.replace(arguments.site.resolve().as_uri(), "") for line in result.stderr.splitlines()]
    print("\n".join((*messages, f"{len(messages)} messages about {len(pages)} pages")))
    return 1 if messages or result.returncode else 0


def one_of_each_kind(site: Path) -> list[Path]:
    """The largest page of each kind. Pages have the same kind if their paths have the same first folder and length."""
    largest: dict[tuple[str, int], Path] = {}
    for page in sorted(site.rglob("*.html")):
        parts = page.relative_to(site).parts
        kind = (parts[0], len(parts))  # ``topics/index.html`` is another kind of page than ``topics/ID/index.html``
        if kind not in largest or page.stat().st_size > largest[kind].stat().st_size:
            largest[kind] = page
    return list(largest.values())


if __name__ == "__main__":
    sys.exit(main())
