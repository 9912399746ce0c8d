"""UTF-8 that was read as Latin-1 or Windows-1252: ``MÃ¤ntylÃ¤`` for ``Mäntylä``. What it was can be told from it.

Each character of the wrong text is a byte of the right one: https://encoding.spec.whatwg.org/#windows-1252.
"""

import re


def _characters(first: int, last: int) -> str:
    """The characters that bytes are read as, in Windows-1252 and in Latin-1."""
    latin = {chr(byte) for byte in range(first, last + 1)}
    return "".join(sorted(latin | {bytes([byte]).decode("cp1252", "ignore") for byte in range(first, last + 1)}))


_BYTE_OF = {
    **{chr(byte): byte for byte in range(0x80, 0x100)},
    **{c: byte for byte in range(0x80, 0xA0) if (c := bytes([byte]).decode("cp1252", "ignore"))},
}
_REST = re.escape(_characters(0x80, 0xBF))
_LETTER = re.escape("".join(chr(byte) for byte in range(0xA0, 0xC0)))
# Two bytes of Latin, Greek or Cyrillic letters; three of punctuation; four of emoji. A rarer pair may be meant.
_WRONG = re.compile(
    f"[ÂÃ][{_REST}]|[ÄÅÎÏÐÑ](?:[{_LETTER}]|[{_REST}](?=[^\\W\\d_]))|â[{_REST}][{_REST}]|ðŸ[{_REST}]{{2}}"
)


def unmangled(text: str) -> str:
    """The text as it was before it was read in the wrong encoding; the very same if nothing speaks for that."""
    if text.isascii() or not _WRONG.search(text):
        return text
    return _WRONG.sub(_right, text)


def _right(match: re.Match[str]) -> str:
    try:
        right = bytes(_BYTE_OF[character] for character in match[0]).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return match[0]
    return right if right.isprintable() else match[0]
