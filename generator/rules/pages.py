"""What must hold for pages that are written by hand, and what their writer may have overlooked."""

from collections.abc import Iterator

from generator.model.content import Content
from generator.model.places import TAKEN
from generator.model.problem import Problem
from generator.rules.finding import of_record
from generator.text.slug import DEVICES, SLUG


def pages_have_an_address(content: Content) -> Iterator[Problem]:
    """The name of a page is its address, and none that the site needs."""
    for page in content.pages:
        name = f"pages/{page.id}"
        if page.id in TAKEN:
            yield of_record(name, "E322", f"/{page.id}/ is a page of the site's own", "Give the file another name.")
        elif page.id in DEVICES:
            hint = "Give the file another name."
            yield of_record(name, "E322", f"Windows can store no folder {page.id}", hint)
        elif not SLUG.fullmatch(page.id):
            hint = "Name the file by words of a-z and 0-9 with hyphens between them, about-us.md for one."
            yield of_record(name, "E322", f"{page.id!r} cannot stand in an address", hint)


def pages_have_headings(content: Content) -> Iterator[Problem]:
    """A page written by hand begins with its title, ``# …``."""
    for page in content.pages:
        if not page.has_heading:
            message = "the page has no heading in its first line"
            yield of_record(f"pages/{page.id}", "W392", message, "Begin with a line `# Title`.")
