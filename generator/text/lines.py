"""Lines of a text that is written for people too."""


def at_most_one_empty(text: str) -> str:
    """A text with at most one empty line in a row, none at its start, and one line break at its end."""
    while "\n\n\n" in text:  # ten times as fast as a pattern
        text = text.replace("\n\n\n", "\n\n")
    return text.strip("\n") + "\n"
