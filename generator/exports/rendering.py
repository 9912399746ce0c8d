"""XML templates of ``theme/exports``: every value is encoded for XML unless it is markup already."""

from datetime import UTC, date, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from generator.text.escape import for_xml
from generator.text.markup import line_html, prose_html


def _finalize(value: Any) -> Markup:
    if hasattr(value, "__html__"):
        return Markup(value)
    return Markup("" if value is None else for_xml(str(value)))


def make_environment(theme: Path) -> Environment:
    """The environment in which the templates of ``theme/exports`` are rendered."""
    environment = Environment(
        loader=FileSystemLoader(theme / "exports", encoding="utf-8"),
        autoescape=True,  # finalize has encoded by then
        finalize=_finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        rich=lambda text: Markup(line_html(text)),
        prose=lambda text: Markup(prose_html(text)),
        stamp=stamp,
        mail_date=mail_date,
    )
    return environment


def stamp(day: date) -> str:
    """A day as RFC 3339 has it; entries know days, not hours."""
    return f"{day.isoformat()}T00:00:00Z"


def mail_date(day: date) -> str:
    """A day as RFC 822 has it, the same under every locale."""
    return format_datetime(datetime(day.year, day.month, day.day, tzinfo=UTC))
