"""Mojibake: text in UTF-8 that was read as Windows-1252 or Latin-1, such as ``MÃ¤ntylÃ¤`` for ``Mäntylä``."""

import re

# A lead byte of UTF-8 and its continuation bytes, as both encodings show them.
_CONTINUED = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_BROKEN = re.compile(f"[Â-ß]{_CONTINUED}|[à-ï]{_CONTINUED}{{2}}|[ð-ô]{_CONTINUED}{{3}}")
# Windows-1252 has no character for the last byte of ”, and programs make a plain space of the last byte of à.
_CUT = {"â€": "”", "Ã": "à"}
_BROKEN_AND_CUT = re.compile(rf"â€(?!{_CONTINUED})|(?<=[a-zß-ÿ])Ã(?=\s|$)")


def repaired(text: str) -> str:
    """``text`` with each broken character as it was; the very same text if none is broken.

    Text that only looks broken stays: what is repaired must be valid UTF-8 and no control character.
    """
    if text.isascii():
        return text
    return _BROKEN_AND_CUT.sub(lambda match: _CUT[match[0]], _BROKEN.sub(_character, text))


def _character(match: re.Match[str]) -> str:
    try:
        read = b"".join(_byte(character) for character in match[0]).decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return match[0]
    return read if read.isprintable() or read == "\xa0" else match[0]


def _byte(character: str) -> bytes:
    return character.encode("latin-1" if ord(character) < 256 else "cp1252")
