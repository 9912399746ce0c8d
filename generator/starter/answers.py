"""The answers of a group that creates a digest, with the defaults, and the ``mkdocs.yml`` that is made of them.

``mkdocs.yml`` is this project's file with the answers in place of its names and addresses.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlsplit

from generator.text.color import DEFAULT
from generator.text.escape import for_front_matter
from generator.text.words import ENGLISH, Words, translatable

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
OWN_STYLE, OWN_SCRIPT = "assets/stylesheets/own.css", "assets/javascripts/own.js"
_FOOTER = translatable("Each page states who wrote its text and what it is based on. The papers are the authority.")
_SETTING = re.compile(r"(?P<indent> {0,2})(?P<key>[a-z_]+):(?P<value> .*)?$")


@dataclass(frozen=True, kw_only=True)
class Answers:
    """The description of a new digest. ``languages`` begins with the main language. ``day`` (ISO) is its first day.

    ``words`` are the interface texts in the main language. ``logo`` is the file's path below ``content/pages/``, or ''.
    ``venues`` are names with or without a year (``ICLR 2026``), ``topics`` are plain names.
    """

    name: str
    description: str
    address: str
    repository: str
    day: str
    color: str = DEFAULT
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


def default_name(folder: str) -> str:
    """Derive a digest's name from its folder: ``my-digest`` becomes My Digest."""
    words = re.split(r"[-_.\s]+", folder)
    return " ".join(word[:1].upper() + word[1:] for word in words if word) or "Paper digest"


def default_address(repository: str, folder: str) -> str:
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


def settings_text(template: str, answers: Answers) -> str:
    """Insert the answers into ``template``, the text of a ``mkdocs.yml``. Raises ValueError if it lacks a setting."""
    values = _setting_values(answers)
    # Edited line by line: a YAML library would drop the comments, which explain the settings to the group.
    lines, section, replaced = [], "", set()
    for line in template.split("\n"):
        match = _SETTING.match(line)
        if match and not match["indent"]:
            section = match["key"]
        name = "" if match is None else match["key"] if not match["indent"] else f"{section}.{match['key']}"
        if match and name in values:
            replaced.add(name)
            line = f"{match['indent']}{match['key']}: {for_front_matter(values[name])}"
        lines.append(line)
        if name == "extra":
            lines += _extra_lines(answers)
        elif name == "theme":
            lines += _theme_lines(answers)
    if missing := values.keys() - replaced:
        raise ValueError(f"the model of mkdocs.yml lacks {', '.join(sorted(missing))}")
    example_host = "paper-digest.example"
    text = "\n".join(
        line.replace(example_host, answers.host) if line.lstrip().startswith("#") else line for line in lines
    )
    # MkDocs loads these after the theme's own files, so the group's rules win.
    return text.replace(
        "\ntheme:\n", f"\nextra_css:\n  - {OWN_STYLE}\nextra_javascript:\n  - {OWN_SCRIPT}\n\ntheme:\n", 1
    )


def _setting_values(answers: Answers) -> Mapping[str, str]:
    return {
        "site_name": answers.name,
        "site_description": answers.description,
        "site_url": answers.address,
        "repo_url": answers.repository,
        "extra.language": answers.languages[0],
        "extra.founded": "",
        "extra.license": answers.license,
        "extra.license_url": answers.license_address,
        "extra.tag_authority": _tag_authority(answers),
        "theme.language": answers.languages[0],
    }


def _tag_authority(answers: Answers) -> str:
    """Return the tagging authority for the ids of feeds (RFC 4151). Digests may share a host, so it has the path."""
    path = urlsplit(answers.address).path.strip("/").replace("/", "-")
    return f"{answers.host},{answers.day[:4]}" + (f":{path}" if path else "")


def _theme_lines(answers: Answers) -> list[str]:
    """Return the lines for the logo and the color, below ``theme``."""
    logo = [f"  logo: {answers.logo}", f"  favicon: {answers.logo}"] if answers.logo else []
    color = [
        "  # The color of links, icons, social cards and newsletter: #rrggbb, or the name of a color in Material.",
        f"  palette:\n    accent: {for_front_matter(answers.color)}",
    ]
    return [*logo, *color]


def _extra_lines(answers: Answers) -> list[str]:
    """Return the lines of settings that this project's own digest does not have."""
    contact = [
        "  # The email address that each request to arXiv, Crossref and similar services names.",
        f"  contact: {for_front_matter(answers.contact)}",
    ]
    footer = [
        "  # The first sentence of the footer.",
        f"  footer: {for_front_matter(answers.words.say(_FOOTER))}",
    ]
    return [*(contact if answers.contact else []), *footer]
