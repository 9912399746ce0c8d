"""The answers with which `digest init` creates a digest, their defaults, and the ``mkdocs.yml`` that contains them.

The template of ``mkdocs.yml`` is this project's own file. The answers replace the names and addresses in it.
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
"""Paths of the digest's own style and script, below ``theme/overrides/``."""
_FOOTER = translatable("Each page states who wrote its text and what it is based on. The papers are the authority.")
_SETTING = re.compile(r"(?P<indent> {0,2})(?P<key>[a-z_]+):(?: .*)?$")  # ``site_name: My Digest``, ``  language: en``
_TEMPLATE_HOST = "paper-digest.example"  # the host in comments of the template


@dataclass(frozen=True, kw_only=True)
class Answers:
    """The description of a new digest.

    ``address`` is the URL of its site, ``repository`` the URL of its code or ''. ``day`` is the date of its creation,
    such as ``2026-04-23``. ``color`` is a hexadecimal code or a name in Material. ``languages`` begins with the main
    language, and ``words`` are its interface texts. ``license`` is a key of ``LICENSES``. ``contact`` is an email
    address or ''. ``venues`` are names with or without a year (``ICLR 2026``), ``topics`` are names. ``example`` adds
    an example entry. ``logo`` is a path below ``content/pages/``, or ''.
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
    """The name of a digest that its folder suggests: *My Digest* for ``my-digest``; else *Paper digest*."""
    words = re.split(r"[-_.\s]+", folder)
    return " ".join(word[:1].upper() + word[1:] for word in words if word) or "Paper digest"


def default_address(repository: str, folder: str) -> str:
    """The URL at which GitHub or GitLab publishes the pages of a repository; for others, a URL on ``.example``."""
    # GitHub publishes the repository OWNER.github.io at the root of that host, and other repositories in a folder.
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
    # The text is edited line by line. A YAML library would drop the comments, which explain the settings.
    lines: list[str] = []
    replaced: set[str] = set()
    section = ""  # the last key of the top level, such as ``extra``
    for line in template.split("\n"):
        if line.lstrip().startswith("#"):
            lines.append(line.replace(_TEMPLATE_HOST, answers.host))
            continue
        match = _SETTING.match(line)
        if match is None:
            lines.append(line)
            continue
        key = match["key"] if not match["indent"] else f"{section}.{match['key']}"
        if not match["indent"]:
            section = key
        if key in values:
            replaced.add(key)
            line = f"{match['indent']}{match['key']}: {for_front_matter(values[key])}"
        lines.append(line)
        if key == "extra":
            lines += _extra_lines(answers)
        elif key == "theme":
            lines += _theme_lines(answers)
    if missing := values.keys() - replaced:
        raise ValueError(f"the template of mkdocs.yml lacks {', '.join(sorted(missing))}")
    text = "\n".join(lines)
    # MkDocs loads these files after those of the theme, so the digest's own rules take precedence.
    return text.replace(
        "\ntheme:\n", f"\nextra_css:\n  - {OWN_STYLE}\nextra_javascript:\n  - {OWN_SCRIPT}\n\ntheme:\n", 1
    )


def _setting_values(answers: Answers) -> Mapping[str, str]:
    """The settings that the answers replace, by key. A key below another is written as ``extra.language``."""
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
    """The tagging authority for the ids of feeds (RFC 4151). It has the path, because digests can share a host."""
    path = urlsplit(answers.address).path.strip("/").replace("/", "-")
    return f"{answers.host},{answers.day[:4]}" + (f":{path}" if path else "")


def _theme_lines(answers: Answers) -> list[str]:
    """The lines for the logo and the color, below ``theme``."""
    logo = [f"  logo: {answers.logo}", f"  favicon: {answers.logo}"] if answers.logo else []
    color = [
        "  # The color of links, icons, social cards and newsletter: #rrggbb, or the name of a color in Material.",
        f"  palette:\n    accent: {for_front_matter(answers.color)}",
    ]
    return [*logo, *color]


def _extra_lines(answers: Answers) -> list[str]:
    """The lines below ``extra`` for settings that the template does not have."""
    contact = [
        "  # The email address that each request to arXiv, Crossref and similar services names.",
        f"  contact: {for_front_matter(answers.contact)}",
    ]
    footer = [
        "  # The first sentence of the footer.",
        f"  footer: {for_front_matter(answers.words.say(_FOOTER))}",
    ]
    return [*(contact if answers.contact else []), *footer]
