"""The pages stage alone: ``python -m bench.pages_only DOCS SITE`` builds Markdown to HTML as ``digest build`` does."""

import sys
from pathlib import Path

from generator.output.mkdocs_site import build_site

if __name__ == "__main__":
    build_site(Path("mkdocs.yml"), Path(sys.argv[1]), Path(sys.argv[2]), strict=True, epoch=1_790_000_000)
