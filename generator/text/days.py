"""Days in words, the same under every locale."""

from datetime import date

MONTHS = "January February March April May June July August September October November December".split()


def day_name(day: date) -> str:
    """``23 April 2026``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def month_name(day: date) -> str:
    """``April 2026``."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def span_name(first: date, last: date) -> str:
    """``20 to 26 April 2026``, ``27 April to 3 May 2026`` or ``29 December 2025 to 4 January 2026``."""
    if first.year != last.year:
        return f"{day_name(first)} to {day_name(last)}"
    if first.month != last.month:
        return f"{first.day} {MONTHS[first.month - 1]} to {day_name(last)}"
    return f"{first.day} to {day_name(last)}"
