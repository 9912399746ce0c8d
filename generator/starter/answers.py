"""What a group tells when it begins a digest, and what is taken for granted where it tells nothing."""

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
"""Licences for a digest's own texts, by their SPDX identifier, and where each can be read."""

_GITHUB = re.compile(r"https://github\.com/([A-Za-z0-9-]+)/([A-Za-z0-9._-]+)")
_GITLAB = re.compile(r"https://gitlab\.com/([A-Za-z0-9._-]+)/([A-Za-z0-9._-]+)")


@dataclass(frozen=True, kw_only=True)
class Answers:
    """A digest that is to begin. ``languages`` begins with its own one; ``day`` (ISO) is the day on which it begins.

    ``words`` are what a site in its language says. ``logo`` is the path of the logo below ``content/pages/``, or ''.

    ``venues`` are names with or without a year (``ICLR 2026``), ``topics`` plain names.
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
        """Where the licence can be read."""
        return LICENSES[self.license]


def name_of(folder: str) -> str:
    """A digest's name from its folder's: ``my-digest`` is My Digest."""
    words = re.split(r"[-_.\s]+", folder)
    return " ".join(word[:1].upper() + word[1:] for word in words if word) or "Paper digest"


def address_of(repository: str, folder: str) -> str:
    """Where a site will most likely stand: the pages of its code host, or an address that is plainly not one."""
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
