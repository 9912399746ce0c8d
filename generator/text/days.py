"""Days in words, the same under every locale."""

from datetime import date

from generator.text.words import ENGLISH, Words, marked

MONTHS = (
    marked("January"), marked("February"), marked("March"), marked("April"), marked("May"), marked("June"),
    marked("July"), marked("August"), marked("September"), marked("October"), marked("November"), marked("December"),
)  # fmt: skip


def day_name(day: date, words: Words = ENGLISH) -> str:
    """``23 April 2026``."""
    return words.say("{day} {month} {year}", day=day.day, month=month_of(day, words), year=day.year)


def month_name(day: date, words: Words = ENGLISH) -> str:
    """``April 2026``."""
    return words.say("{month} {year}", month=month_of(day, words), year=day.year)


def date_name(iso: str, words: Words = ENGLISH) -> str:
    """A date that may lack its day or its month: ``23 April 2026``, ``April 2026``, ``2026``, or ''."""
    match iso.count("-"):
        case 2:
            return day_name(date.fromisoformat(iso), words)
        case 1:
            return month_name(date.fromisoformat(f"{iso}-01"), words)
    return iso.lstrip("0")


def month_of(day: date, words: Words = ENGLISH) -> str:
    """``April``."""
    return words.say(MONTHS[day.month - 1])


def span_name(first: date, last: date, words: Words = ENGLISH) -> str:
    """``20 to 26 April 2026``, ``27 April to 3 May 2026`` or ``29 December 2025 to 4 January 2026``."""
    end = day_name(last, words)
    if first.year != last.year:
        return words.say("{first} to {last}", first=day_name(first, words), last=end)
    if first.month != last.month:
        start = words.say("{day} {month}", day=first.day, month=month_of(first, words))
        return words.say("{first} to {last}", first=start, last=end)
    return words.say("{day} to {last}", day=first.day, last=end)
