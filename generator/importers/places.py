"""Where records stand in a text whose parser does not tell."""


class Places:
    """Lines of a text, asked for from its beginning to its end, so that the text is gone through once."""

    def __init__(self, text: str) -> None:
        self._text, self._at, self._line = text, 0, 1

    def line_of(self, mark: str) -> int:
        """The line of the next ``mark``; that of the last one found if there is none. The text before it is left."""
        position = self._text.find(mark, self._at) if mark else -1
        if position >= 0:
            self._line += self._text.count("\n", self._at, position)
            self._at = position + len(mark)
        return self._line
