"""What is to be built, and a hash of everything that the result depends on."""

from pathlib import Path
from typing import NamedTuple

from generator.build.task import hash_of
from generator.build.version import hash_of_files, program, settings_files
from generator.commands.arguments import SETTINGS, THEME


class BuildOptions(NamedTuple):
    """What is to be built from the folder ``content``, where to, and how."""

    content: Path
    site: Path
    strict: bool = False
    quarantine: bool = False
    preview: bool = False

    def input_hash(self) -> bytes:
        """A hash of everything on which the bytes of the site depend."""
        theme = hash_of_files([*settings_files(SETTINGS), *THEME.rglob("*")])
        content = hash_of_files(self.content.rglob("*"), follow=False)  # a stranger's link may lead to anything
        options = repr((self.strict, self.quarantine, self.preview)).encode()
        return hash_of(program() + theme + content + options)
