"""The options of a build, and a hash of its inputs."""

from pathlib import Path
from typing import NamedTuple

from generator.build.task import hash_of
from generator.build.version import hash_of_files, program_version, settings_files
from generator.commands.arguments import SETTINGS_FILE, THEME_FOLDER


class BuildOptions(NamedTuple):
    """The content folder, the target folder and the options of ``digest build``.

    ``strict`` turns warnings of MkDocs and dead links into errors. ``quarantine`` leaves out entries with errors.
    ``preview`` marks a site that is not for the public.
    """

    content: Path
    site: Path
    strict: bool = False
    quarantine: bool = False
    preview: bool = False

    def input_hash(self) -> bytes:
        """Return a hash of everything that the bytes of the site depend on."""
        theme = hash_of_files([*settings_files(SETTINGS_FILE), *THEME_FOLDER.rglob("*")])
        # A link in the content is not followed, since the content may come from others.
        content = hash_of_files(self.content.rglob("*"), follow_links=False)
        options = repr((self.strict, self.quarantine, self.preview)).encode()
        return hash_of(program_version() + theme + content + options)
