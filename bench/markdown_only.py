"""``python -m bench.markdown_only CONTENT DOCS`` writes the Markdown pages that all compared generators build."""

import sys
from collections.abc import Sequence
from pathlib import Path

from generator.build.output import write_exactly
from generator.commands.project import open_project
from generator.pages.all import all_pages


def main(arguments: Sequence[str]) -> int:
    """Write the pages of the first folder into the second. Returns 1 if the content has errors."""
    project = open_project(Path(arguments[0]))
    if project is None:
        return 1
    write_exactly(all_pages(project.catalog, project.settings, project.theme), Path(arguments[1]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
