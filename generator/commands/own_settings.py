"""The settings of the project in the folder in which a command runs."""

import sys
from pathlib import Path

from generator.commands.messages import formatted
from generator.model.problem import Problem
from generator.model.settings import Settings
from generator.store.settings_file import read_settings


def own_settings() -> Settings | None:
    """The settings; None, with a message, if they cannot be read."""
    settings = read_settings(Path())
    if isinstance(settings, Problem):
        print(formatted([settings], "text"), file=sys.stderr)
        return None
    return settings
