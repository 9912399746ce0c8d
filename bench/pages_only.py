"""The pages stage alone: ``python -m bench.pages_only DOCS SITE`` builds Markdown to HTML as ``digest build`` does."""

import sys
from pathlib import Path

from generator.output.kept import Kept
from generator.output.mkdocs_site import build_site

if __name__ == "__main__":
    docs, site = map(Path, sys.argv[1:3])
    nothing = Kept(site / "none", site, {}, b"")
    build_site(Path("mkdocs.yml"), docs, site, nothing, strict=True, epoch=1_790_000_000)
