"""The answers of a group that creates a digest, with the defaults."""

import re
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlsplit

from generator.text.colour import DEFAULT
from generator.text.words import ENGLISH, Words

LICENSES = MappingProxyType(
    {
        "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
        "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
        "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
        "MIT": "https://opensource.org/license/mit",
    }
)
"""Licenses for a digest's own texts: SPDX identifier and address of the text."""

_GITHUB = re.compile(r"https://github\.com/([A-Za-z0-9-]+)/([A-Za-z0-9._-]+)")
_GITLAB = re.compile(r"https://gitlab\.com/([A-Za-z0-9._-]+)/([A-Za-z0-9._-]+)")


@dataclass(frozen=True, kw_only=True)
class Answers:
    """The description of a new digest. ``languages`` begins with the main language; ``day`` (ISO) is its first day.

    ``words`` are the interface texts in the main language. ``logo`` is the file's path below ``content/pages/``, or ''.

    ``venues`` are names with or without a year (``ICLR 2026``), ``topics`` are plain names.
    """

    name: str
    description: str
    address: str
    repository: str
    day: str
    colour: str = DEFAULT
    languages: tuple[str, ...] = ("en",)
    license: str = "CC-BY-4.0"
    contact: str = ""
    venues: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    example: bool = True
    words: Words = ENGLISH
    logo: str = ""

    @property
    def host(self) -> str:
        """The host of the site."""
        return urlsplit(self.address).hostname or "localhost"

    @property
    def license_address(self) -> str:
        """The address of the license text."""
        return LICENSES[self.license]


def name_of(folder: str) -> str:
    """Derive a digest's name from its folder: ``my-digest`` becomes My Digest."""
    words = re.split(r"[-_.\s]+", folder)
    return " ".join(word[:1].upper() + word[1:] for word in words if word) or "Paper digest"


def address_of(repository: str, folder: str) -> str:
    """Guess the address of the site: the pages of the code host, or an address that is clearly a placeholder."""
    # GitHub serves the repository OWNER.github.io at the root of its host, and every other one in a folder.
    if match := _GITHUB.fullmatch(repository):
        owner, project = match[1].lower(), match[2]
        return (
            f"https://{project}/"
            if project.lower() == f"{owner}.github.io"
            else f"https://{owner}.github.io/{project}/"
        )
    if match := _GITLAB.fullmatch(repository):
        return f"https://{match[1].lower()}.gitlab.io/{match[2]}/"
    slug = re.sub(r"[^a-z0-9]+", "-", folder.lower()).strip("-") or "digest"
    return f"https://{slug}.example/"
