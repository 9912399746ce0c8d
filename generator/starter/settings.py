"""The ``mkdocs.yml`` of a new digest: this project's file, with the answers in place of its names and addresses."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from generator.starter.answers import Answers
from generator.text.escape import for_front_matter
from generator.text.words import marked

OWN_STYLE, OWN_SCRIPT = "assets/stylesheets/own.css", "assets/javascripts/own.js"
_FOOTER = marked("Each page states who wrote its text and what it is based on. The papers are the authority.")
_KEY = re.compile(r"(?P<indent> {0,2})(?P<key>[a-z_]+):(?P<value> .*)?$")


def settings_text(model: str, answers: Answers) -> str:
    """Insert the answers into ``model``, the text of a ``mkdocs.yml``. Raises ValueError if it lacks a setting."""
    values = _values(answers)
    # Edited line by line: a YAML library would drop the comments, which explain the settings to the group.
    lines, section, replaced = [], "", set()
    for line in model.split("\n"):
        match = _KEY.match(line)
        if match and not match["indent"]:
            section = match["key"]
        name = "" if match is None else match["key"] if not match["indent"] else f"{section}.{match['key']}"
        if match and name in values:
            replaced.add(name)
            line = f"{match['indent']}{match['key']}: {for_front_matter(values[name])}"
        lines.append(line)
        if name == "extra":
            lines += _further(answers)
        elif name == "theme":
            lines += _look(answers)
    if absent := values.keys() - replaced:
        raise ValueError(f"the model of mkdocs.yml lacks {', '.join(sorted(absent))}")
    host = "paper-digest.example"
    text = "\n".join(line.replace(host, answers.host) if line.lstrip().startswith("#") else line for line in lines)
    return text.replace(
        "\ntheme:\n", f"\nextra_css:\n  - {OWN_STYLE}\nextra_javascript:\n  - {OWN_SCRIPT}\n\ntheme:\n", 1
    )


def _values(answers: Answers) -> Mapping[str, str]:
    return {
        "site_name": answers.name,
        "site_description": answers.description,
        "site_url": answers.address,
        "repo_url": answers.repository,
        "extra.language": answers.languages[0],
        "extra.founded": "",
        "extra.license": answers.license,
        "extra.license_url": answers.license_address,
        "extra.tag_authority": _authority(answers),
        "theme.language": answers.languages[0],
    }


def _authority(answers: Answers) -> str:
    """Return the tagging authority for the ids of feeds (RFC 4151). Digests may share a host, so it has the path."""
    path = urlsplit(answers.address).path.strip("/").replace("/", "-")
    return f"{answers.host},{answers.day[:4]}" + (f":{path}" if path else "")


def _look(answers: Answers) -> list[str]:
    """Return the lines for the logo and the color, below ``theme``."""
    logo = [f"  logo: {answers.logo}", f"  favicon: {answers.logo}"] if answers.logo else []
    colour = [
        "  # The color of links, icons, social cards and newsletter: #rrggbb, or the name of a color in Material.",
        f"  palette:\n    accent: {for_front_matter(answers.colour)}",
    ]
    return [*logo, *colour]


def _further(answers: Answers) -> list[str]:
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
