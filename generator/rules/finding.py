"""Constructors for problems that rules find in a record."""

from generator.model.paper import Paper
from generator.model.problem import Problem


def of_paper(paper: Paper, code: str, message: str, hint: str, *location: str | int) -> Problem:
    """A problem of a paper, at the value that ``location`` names."""
    return Problem(code=code, message=message, hint=hint, subject=f"papers/{paper.id}", location=location)


def of_record(subject: str, code: str, message: str, hint: str, *location: str | int) -> Problem:
    """A problem of the record ``subject``, for example ``people/ada-byron``."""
    return Problem(code=code, message=message, hint=hint, subject=subject, location=location)
