"""Read the settings from ``mkdocs.yml``, and report keys that have no effect."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlsplit

from generator.model.problem import Problem
from generator.model.record import Location, Raw, RawRecord
from generator.model.settings import IGNORED_PLUGINS, SLOW_PLUGINS, Settings, plugin_name
from generator.model.values import quoted
from generator.store.mkdocs_file import MkDocsFile, read_mkdocs
from generator.text.color import MATERIAL, palette_color

# ``search=yes, ai-train=no``: up to three content signals, which robots.txt contains
_CONTENT_SIGNAL = re.compile(r"(search|ai-input|ai-train)=(yes|no)(, ?(search|ai-input|ai-train)=(yes|no)){0,2}")
KNOWN_KEYS = frozenset(
    """
    citation_tags contact content_signal edit_path feeds_from footer founded imports language license license_url
    mail_form mail_from mail_unsubscribe offline_megabytes policy social social_cards tag_authority
    """.split()
)
"""The keys below ``extra`` that the digest reads."""

# The booleans of YAML 1.1, which MkDocs uses. All values are strings here.
_ON, _OFF = ("true", "yes", "on"), ("false", "no", "off")
# Keys below ``extra`` that Material reads and this theme ignores, with the reason or alternative.
_IGNORED_KEYS = {
    "alternate": "the interface has one language", "analytics": "list the host below `extra.policy` and load a script",
    "annotate": "code has no annotations here", "consent": "the digest sets no cookies",
    "generator": "pages name no generator", "homepage": "the name leads to the home page", "status": "pages have none",
    "tags": "papers have tags of their own, in `content/tags/`", "version": "a digest has no versions",
}  # fmt: skip
_HEADER_COLORS = frozenset(("black", "white", "custom"))  # values of Material for its header, which no page here has
_BUILT_IN_EXTENSIONS = frozenset(("attr_list", "md_in_html", "toc"))  # always on


class _InvalidSetting(Exception):
    """A value is invalid; the argument is the problem."""


def read_settings(project: Path) -> Settings | Problem:
    """The settings in ``mkdocs.yml`` of the project folder, or the first problem of this file."""
    file = read_mkdocs(project)
    if isinstance(file, Problem):
        return file
    try:
        return _settings(file)
    except _InvalidSetting as invalid:
        problem: Problem = invalid.args[0]
        return problem


def settings_advice(file: MkDocsFile) -> Iterator[Problem]:
    """Yield a problem for each key of ``mkdocs.yml`` that has no effect, or slows down the build."""
    from generator.text.hand_markdown import EXTENSIONS  # the import takes long, and few commands need it

    extra = file.raw.get("extra")
    for key in extra if isinstance(extra, dict) else ():
        if key in _IGNORED_KEYS:
            yield file.problem(
                "W117", f"extra.{key} has no effect", f"{_IGNORED_KEYS[key].capitalize()}.", "extra", key
            )
        elif key not in KNOWN_KEYS:
            similar = get_close_matches(key, sorted(KNOWN_KEYS), 1)
            hint = f"Did you mean {similar[0]}?" if similar else "Only your own theme can read it."
            yield file.problem("W117", f"extra.{key} is not a setting of the digest", hint, "extra", key)
    for index, name in enumerate(_names(file.raw.get("plugins"))):
        message, hint = _plugin_advice(name)
        yield file.problem("W117", message, hint, "plugins", index)
    for name in _names(file.raw.get("markdown_extensions")):
        if name not in EXTENSIONS | _BUILT_IN_EXTENSIONS:
            hint = (
                "Pages below content/pages/ use the extensions that Material documents; see docs/hand-written-pages.md."
            )
            yield file.problem("W117", f"the extension {name} has no effect", hint, "markdown_extensions")
    color = _palette(file.raw)
    if color and color not in _HEADER_COLORS and palette_color(color) is None:
        similar = get_close_matches(color, sorted(MATERIAL), 1)
        hint = f"Did you mean {similar[0]}?" if similar else 'Write a color as "#0b5fff", or its name in Material.'
        yield file.problem("W117", f"theme.palette names no color: {quoted(color)}", hint, "theme", "palette")
    theme = file.raw.get("theme")
    if isinstance(theme, dict) and theme.get("features"):
        hint = "These features are parts of Material's layout, which the digest does not use."
        yield file.problem("W117", "theme.features has no effect", hint, "theme", "features")


def nav_advice(file: MkDocsFile, exists: Callable[[str], bool], pages: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each entry of ``nav`` without a page.

    ``exists`` tests a path of the site, such as ``about``. ``pages`` are the ids of the hand-written pages.
    """
    page_files = sorted(f"{page_id}.md" for page_id in pages)
    for location, path in _nav_paths(file.raw.get("nav"), ("nav",)):
        site_path = re.sub(r"(?:(?:^|/)index)?\.md$", "", path)
        if not exists(site_path):
            similar = get_close_matches(path, page_files, 1)
            hint = (
                f"Did you mean {similar[0]}?"
                if similar
                else "Write a path relative to content/pages, such as howto.md."
            )
            yield file.problem(
                "W396", f"nav: {quoted(path)} leads nowhere: there is no page {site_path}/", hint, *location
            )


def _nav_paths(nav: Raw | None, location: Location) -> Iterator[tuple[Location, str]]:
    """Yield the location and the path of each page in a navigation."""
    if isinstance(nav, list):
        for index, item in enumerate(nav):
            yield from _nav_paths(item, (*location, index))
    elif isinstance(nav, dict):
        for title, item in nav.items():
            yield from _nav_paths(item, (*location, title))
    elif isinstance(nav, str) and nav.endswith(".md") and "://" not in nav:
        yield location, nav


def _plugin_advice(name: str) -> tuple[str, str]:
    """The message and the hint for a plugin."""
    short_name = plugin_name(name)
    if reason := IGNORED_PLUGINS.get(short_name):
        return f"the plugin {name} has no effect", f"{reason[0].upper()}{reason[1:]}."
    reason = SLOW_PLUGINS.get(short_name, "leave it out if you do not need it")
    return f"with the plugin {name} MkDocs builds all pages, slowly", f"{reason[0].upper()}{reason[1:]}."


def _names(values: object) -> list[str]:
    """The names in a list of plugins or extensions: ``search``, or ``{search: {lang: en}}`` with its options."""
    if isinstance(values, dict):
        return list(values)
    if not isinstance(values, list):
        return []
    return [next(iter(value)) if isinstance(value, dict) else str(value) for value in values if value]


def _settings(file: MkDocsFile) -> Settings:
    """Convert the values of the file. Raises _InvalidSetting."""
    raw = file.raw
    value = raw.get("extra")
    extra: RawRecord = value if isinstance(value, dict) else {}
    _check_languages(file, extra)
    # Feeds, citations and the sitemap need an absolute address.
    site_url = _address(file, "site_url", default="http://localhost/").rstrip("/") + "/"
    return Settings(
        name=_text(raw, "site_name", "Paper digest"),
        description=_text(raw, "site_description", ""),
        site_url=site_url,
        repository=_address(file, "repo_url").rstrip("/"),
        language=_text(extra, "language", "en"),
        edit_path=_text(extra, "edit_path", ""),
        contact=_text(extra, "contact", ""),
        license=_text(extra, "license", ""),
        license_url=_text(extra, "license_url", ""),
        tag_authority=_text(extra, "tag_authority", f"{urlsplit(site_url).hostname},2026"),
        citation_tags=_is_on(file, extra, "citation_tags"),
        social_cards=_is_on(file, extra, "social_cards"),
        mail_form=_address(file, "extra", "mail_form"),
        mail_from=_text(extra, "mail_from", ""),
        mail_unsubscribe=_address(file, "extra", "mail_unsubscribe"),
        offline_megabytes=_number(file, extra, "offline_megabytes", 20),
        founded=_date(file, extra, "founded"),
        feeds_from=_number(file, extra, "feeds_from", 3),
        content_signal=_content_signal(file, extra),
        imports=_list(extra, "imports"),
        navigation=_navigation(raw),
        palette=_palette(raw),
    )


def _is_on(file: MkDocsFile, extra: RawRecord, field: str) -> bool:
    value = _text(extra, field, "true")
    if value.lower() not in (*_ON, *_OFF):
        similar = get_close_matches(value.lower(), (*_ON, *_OFF), 1, cutoff=0)  # always finds one
        hint = f"Did you mean {'false' if similar[0] in _OFF else 'true'}? Write true or false."
        raise _InvalidSetting(_invalid_value(file, "E203", field, value, hint))
    return value.lower() in _ON


def _text(raw: RawRecord, field: str, default: str) -> str:
    value = raw.get(field)
    return value if isinstance(value, str) else default


def _address(file: MkDocsFile, *location: str, default: str = "") -> str:
    """The URL of a setting, or ``default``. Raises _InvalidSetting for one that no program can divide, such as ``http://[a``."""
    raw = file.raw if len(location) == 1 else file.raw.get(location[0])
    address = _text(raw, location[-1], default) if isinstance(raw, dict) else default
    try:
        urlsplit(address).port  # noqa: B018 - the property raises ValueError
    except ValueError:
        message, hint = f"{location[-1]} is {quoted(address)}", "Write a URL, e.g. https://digest.example.org/."
        raise _InvalidSetting(file.problem("E211", message, hint, *location)) from None
    return address


def _number(file: MkDocsFile, extra: RawRecord, field: str, default: int) -> int:
    value = extra.get(field, str(default))
    if isinstance(value, str) and re.fullmatch("[0-9]{1,4}", value):
        return int(value)
    raise _InvalidSetting(_invalid_value(file, "E203", field, value, "Write a whole number from 0 to 9999."))


def _date(file: MkDocsFile, extra: RawRecord, field: str) -> date | None:
    value = extra.get(field)
    if value in (None, ""):
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        problem = _invalid_value(file, "E205", field, value, "Write year-month-day, e.g. 2026-04-23.")
        raise _InvalidSetting(problem) from None


def _content_signal(file: MkDocsFile, extra: RawRecord) -> str:
    signal = _text(extra, "content_signal", "")
    if signal and not _CONTENT_SIGNAL.fullmatch(signal):
        hint = "Write search, ai-input and ai-train with yes or no, e.g. search=yes, ai-train=no."
        raise _InvalidSetting(_invalid_value(file, "E214", "content_signal", signal, hint))
    return signal


def _invalid_value(file: MkDocsFile, code: str, field: str, value: object, hint: str) -> Problem:
    message = f"{field} is {quoted(value) if isinstance(value, str) else 'not a single value'}"
    return file.problem(code, message, hint, "extra", field)


def _check_languages(file: MkDocsFile, extra: RawRecord) -> None:
    """Raise _InvalidSetting if the language of the theme, which screen readers use, differs from that of the texts."""
    theme = file.raw.get("theme")
    language = _text(extra, "language", "en")
    if isinstance(theme, dict) and (other := _text(theme, "language", "en")) != language:
        message = f"the theme's language is {quoted(other)}, but that below extra is {quoted(language)}"
        raise _InvalidSetting(file.problem("E116", message, "Write the same in both lines.", "theme", "language"))


def _palette(raw: RawRecord) -> str | None:
    """The accent color of the theme's first palette, else its primary color, else ''; None without a palette."""
    theme = raw.get("theme")
    palette = theme.get("palette") if isinstance(theme, dict) else None
    if not palette:
        return None
    first = palette[0] if isinstance(palette, list) else palette
    return _text(first, "accent", _text(first, "primary", "")) if isinstance(first, dict) else ""


def _navigation(raw: RawRecord) -> tuple[str, ...]:
    """The titles of the navigation's top level."""
    nav = raw.get("nav")
    return tuple(title for item in nav if isinstance(item, dict) for title in item) if isinstance(nav, list) else ()


def _list(raw: RawRecord, field: str) -> tuple[str, ...]:
    value = raw.get(field)
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()
