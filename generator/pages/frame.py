"""What the theme says around every page, in the digest's language.

MkDocs knows nothing of catalogues, so the home page carries these texts in its front matter, where the theme's
templates find them (``partials/say.html``), whoever builds the site. An English site needs none.
"""

import re
from pathlib import Path

from generator.build.inputs import SEPARATOR, Inputs
from generator.model.settings import Settings

_SAID = re.compile(r"""\bsay\("([^"]*)"\)""")


def frame_words(theme: Path, settings: Settings, inputs: Inputs) -> dict[str, str]:
    """The texts of the theme's own templates and the titles of the navigation, as far as they are translated."""
    templates = sorted((theme / "overrides").rglob("*.html"))
    said: list[str] = []
    for path in templates:
        inputs.note(f"file{SEPARATOR}{path.relative_to(theme).as_posix()}")
        said += _SAID.findall(path.read_text("utf-8"))
    translated = {text: settings.words.texts.get(text) for text in dict.fromkeys((*said, *settings.navigation))}
    return {text: translation for text, translation in translated.items() if translation is not None}
