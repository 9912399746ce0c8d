"""What a digest says about itself: read from ``mkdocs.yml``, the one place for settings."""

from generator.model.record import record


@record
class Settings:
    """``site_url`` ends with a slash; ``repository`` is where entries are edited, or ''; ``language`` the own one.

    ``contact`` is the mail address that ``digest add`` tells the sites which it asks, or ''.
    """

    name: str
    description: str
    site_url: str
    repository: str
    language: str
    contact: str = ""
    page_size: int = 100
