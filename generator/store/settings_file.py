"""Read the settings from ``mkdocs.yml``."""

import re
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from generator.build.safe_files import TooLarge, read_at_most
from generator.model.problem import Problem
from generator.model.record import RawRecord
from generator.model.settings import Settings
from generator.model.values import shown
from generator.store import yaml_file

FILE = "mkdocs.yml"
_SIGNAL = re.compile(r"(search|ai-input|ai-train)=(yes|no)(, ?(search|ai-input|ai-train)=(yes|no)){0,2}")


def read_settings(project: Path) -> Settings | Problem:
    """The settings of the project folder, or what is wrong with its ``mkdocs.yml``."""
    path = project / FILE
    if not path.is_file():
        return Problem(
            code="E114", message="there is no mkdocs.yml here", hint="Run in the project's folder.", path=FILE
        )
    try:
        text = yaml_file.read_bytes(read_at_most(path, yaml_file.SIZE_MOST))
    except TooLarge:
        text = yaml_file.too_large(yaml_file.SIZE_MOST)
    if isinstance(text, Problem):
        return text
    document = yaml_file.read(text)
    if document.raw is None:
        return document.problems[0]
    raw = document.raw
    extra = raw.get("extra")
    digest: RawRecord = extra if isinstance(extra, dict) else {}
    megabytes = _number(digest, "offline_megabytes", 20, document)
    if isinstance(megabytes, Problem):
        return megabytes
    feeds_from = _number(digest, "feeds_from", 3, document)
    if isinstance(feeds_from, Problem):
        return feeds_from
    founded = _day(digest, "founded", document)
    if isinstance(founded, Problem):
        return founded
    signal = _text(digest, "content_signal", "")
    if signal and not _SIGNAL.fullmatch(signal):
        hint = "Write search, ai-input and ai-train with yes or no, e.g. search=yes, ai-train=no."
        return _wrong_value("E214", "content_signal", signal, hint, document)
    if spoken := _two_languages(raw, digest, document):
        return spoken
    site_url = _text(raw, "site_url", "http://localhost/").rstrip("/") + "/"
    return Settings(
        name=_text(raw, "site_name", "Paper digest"),
        description=_text(raw, "site_description", ""),
        site_url=site_url,
        repository=_text(raw, "repo_url", "").rstrip("/"),
        language=_text(digest, "language", "en"),
        edit_path=_text(digest, "edit_path", ""),
        contact=_text(digest, "contact", ""),
        license=_text(digest, "license", ""),
        license_url=_text(digest, "license_url", ""),
        tag_authority=_text(digest, "tag_authority", f"{urlsplit(site_url).hostname},2026"),
        citation_tags=_is_on(digest, "citation_tags"),
        social_cards=_is_on(digest, "social_cards"),
        mail_form=_text(digest, "mail_form", ""),
        mail_from=_text(digest, "mail_from", ""),
        mail_unsubscribe=_text(digest, "mail_unsubscribe", ""),
        offline_megabytes=megabytes,
        founded=founded,
        feeds_from=feeds_from,
        content_signal=signal,
        imports=_list(digest, "imports"),
        navigation=_navigation(raw),
    )


def _is_on(raw: RawRecord, field: str) -> bool:
    return _text(raw, field, "true") not in ("false", "no", "off")


def _text(raw: RawRecord, field: str, otherwise: str) -> str:
    value = raw.get(field)
    return value if isinstance(value, str) else otherwise


def _number(extra: RawRecord, field: str, otherwise: int, document: yaml_file.Document) -> int | Problem:
    value = extra.get(field, str(otherwise))
    if isinstance(value, str) and re.fullmatch("[0-9]{1,4}", value):
        return int(value)
    return _wrong_value("E203", field, value, "Write a whole number from 0 to 9999.", document)


def _day(extra: RawRecord, field: str, document: yaml_file.Document) -> date | Problem | None:
    value = extra.get(field)
    if value in (None, ""):
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return _wrong_value("E205", field, value, "Write year-month-day, e.g. 2026-04-23.", document)


def _wrong_value(code: str, field: str, value: object, hint: str, document: yaml_file.Document) -> Problem:
    line, column = document.position(("extra", field))
    message = f"{field} is {shown(value) if isinstance(value, str) else 'no single value'}"
    return Problem(code=code, message=message, hint=hint, path=FILE, line=line, column=column)


def _two_languages(raw: RawRecord, extra: RawRecord, document: yaml_file.Document) -> Problem | None:
    """The theme tells browsers and screen readers the language, the generator speaks it: they must not differ."""
    theme = raw.get("theme")
    ours = _text(extra, "language", "en")
    if not isinstance(theme, dict) or (told := _text(theme, "language", "en")) == ours:
        return None
    line, column = document.position(("theme", "language") if "language" in theme else ("theme",))
    message = f"the theme's language is {shown(told)}, but that below extra is {shown(ours)}"
    return Problem(
        code="E116", message=message, hint="Write the same in both lines.", path=FILE, line=line, column=column
    )


def _navigation(raw: RawRecord) -> tuple[str, ...]:
    nav = raw.get("nav")
    return tuple(title for each in nav if isinstance(each, dict) for title in each) if isinstance(nav, list) else ()


def _list(raw: RawRecord, field: str) -> tuple[str, ...]:
    value = raw.get(field)
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()
