"""What a digest says about itself: read from ``mkdocs.yml``, the one place for settings."""

from generator.model.record import record


@record
class Settings:
    """``site_url`` ends with a slash; ``repository`` is where entries are edited, or ''; ``language`` the own one."""

    name: str
    description: str
    site_url: str
    repository: str
    language: str
    page_size: int = 100
