"""What the theme says around every page, in the digest's language.

MkDocs knows nothing of catalogues, so the home page carries these texts in its front matter, where the theme's
templates find them (``partials/say.html``), whoever builds the site. An English site needs none.
"""

import re
from pathlib import Path

from generator.model.settings import Settings

_SAID = re.compile(r"""\bsay\("([^"]*)"\)""")


def frame_words(theme: Path, settings: Settings) -> dict[str, str]:
    """The texts of the theme's own templates and the titles of the navigation, as far as they are translated."""
    templates = sorted((theme / "overrides").rglob("*.html"))
    said = [text for path in templates for text in _SAID.findall(path.read_text("utf-8"))]
    told = settings.words.texts
    return {text: told[text] for text in dict.fromkeys((*said, *settings.navigation)) if text in told}
