"""Read the settings from ``mkdocs.yml``."""

from pathlib import Path
from urllib.parse import urlsplit

from generator.model.problem import Problem
from generator.model.record import RawRecord
from generator.model.settings import Settings
from generator.store import yaml_file

FILE = "mkdocs.yml"


def read_settings(project: Path) -> Settings | Problem:
    """The settings of the project folder, or what is wrong with its ``mkdocs.yml``."""
    path = project / FILE
    if not path.is_file():
        return Problem(
            code="E114", message="there is no mkdocs.yml here", hint="Run in the project's folder.", path=FILE
        )
    text = yaml_file.read_bytes(path.read_bytes())
    if isinstance(text, Problem):
        return text
    document = yaml_file.read(text)
    if document.raw is None:
        return document.problems[0]
    raw = document.raw
    extra = raw.get("extra")
    digest: RawRecord = extra if isinstance(extra, dict) else {}
    site_url = _text(raw, "site_url", "http://localhost/").rstrip("/") + "/"
    return Settings(
        name=_text(raw, "site_name", "Paper digest"),
        description=_text(raw, "site_description", ""),
        site_url=site_url,
        repository=_text(raw, "repo_url", "").rstrip("/"),
        language=_text(digest, "language", "en"),
        contact=_text(digest, "contact", ""),
        license=_text(digest, "license", ""),
        license_url=_text(digest, "license_url", ""),
        tag_authority=_text(digest, "tag_authority", f"{urlsplit(site_url).hostname},2026"),
        citation_tags=_text(digest, "citation_tags", "true") not in ("false", "no", "off"),
        mail_form=_text(digest, "mail_form", ""),
        mail_from=_text(digest, "mail_from", ""),
        mail_unsubscribe=_text(digest, "mail_unsubscribe", ""),
        imports=_list(digest, "imports"),
    )


def _text(raw: RawRecord, field: str, otherwise: str) -> str:
    value = raw.get(field)
    return value if isinstance(value, str) else otherwise


def _list(raw: RawRecord, field: str) -> tuple[str, ...]:
    value = raw.get(field)
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()
