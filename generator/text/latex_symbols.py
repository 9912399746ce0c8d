"""The characters of LaTeX commands: tables for running text, and pylatexenc's tables for the rest."""

from functools import cache

ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328", "r": "\u030a", "d": "\u0323",
    "b": "\u0331", "t": "\u0361", "textcommabelow": "\u0326", "cftil": "\u0303", "U": "\u030e", "G": "\u030f",
}  # fmt: skip
"""The combining character of each accent command, without its backslash."""

LETTERS = {
    "ss": "ß", "SS": "ẞ", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "aa": "å", "AA": "Å",
    "l": "ł", "L": "Ł", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ",
    "ng": "ŋ", "NG": "Ŋ", "ij": "ĳ", "IJ": "Ĳ",
}  # fmt: skip
"""The letter of each command for a letter."""

_SYMBOLS = {
    "&": "&", "%": "%", "#": "#", "_": "_", "$": "$", "{": "{", "}": "}", "\\": " ", " ": " ", "\n": " ", "\t": " ",
    ",": " ", ";": " ", ":": " ", "!": "", "-": "", "/": "", "@": "", "+": "", "*": "", "|": "‖", ">": " ", "<": "",
    "LaTeX": "LaTeX", "LaTeXe": "LaTeX2ε", "TeX": "TeX", "BibTeX": "BibTeX", "XeTeX": "XeTeX", "LuaTeX": "LuaTeX",
    "XeLaTeX": "XeLaTeX", "LuaLaTeX": "LuaLaTeX", "pdfTeX": "pdfTeX", "pdfLaTeX": "pdfLaTeX", "AmS": "AMS",
    "euro": "€", "EUR": "€", "texteuro": "€", "pounds": "£", "textsterling": "£", "yen": "¥", "textyen": "¥",
    "textcent": "¢", "textdollar": "$", "copyright": "©", "textcopyright": "©", "textregistered": "®",
    "texttrademark": "™", "textbar": "|", "textbardbl": "‖", "textless": "<", "textgreater": ">", "lt": "<",
    "gt": ">", "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^", "textunderscore": "_",
    "textquotesingle": "'", "textquotedbl": '"', "textasciigrave": "`", "textasciiacute": "´", "textbraceleft": "{",
    "textbraceright": "}", "lbrace": "{", "rbrace": "}", "S": "§", "textsection": "§", "P": "¶", "dag": "†",
    "ddag": "‡", "textdagger": "†", "textdaggerdbl": "‡", "dots": "…", "ldots": "…", "textellipsis": "…",
    "textdegree": "°", "degree": "°", "textmu": "µ", "textohm": "Ω", "textbullet": "•", "textperiodcentered": "·",
    "textonehalf": "½", "textordmasculine": "º", "textordfeminine": "ª", "textexclamdown": "¡",
    "textquestiondown": "¿", "slash": "/", "quad": " ", "qquad": " ", "enspace": " ", "enskip": " ", "space": " ",
    "thinspace": " ", "newline": " ", "linebreak": " ", "par": " ", "newblock": " ", "nobreakspace": " ",
    "hyp": "-", "allowbreak": "", "relax": "", "protect": "", "noindent": "", "nobreak": "", "break": " ",
    "textnormal": "", "hskip": "", "xspace": "", "ignorespaces": "", "unskip": "", "sb": "_", "sp": "^", "vert": "|",
    "textpertenthousand": "‱", "textperthousand": "‰", "textnumero": "№", "guillemotleft": "«",
    "guillemotright": "»", "guilsinglleft": "‹", "guilsinglright": "›", "quotedblbase": "„", "quotesinglbase": "‚",
    "glqq": "„", "grqq": "“", "flqq": "«", "frqq": "»", "textquotestraightdblbase": "„",
}  # fmt: skip

# Names of journals in the records of NASA's ADS: https://ui.adsabs.harvard.edu/help/actions/journal-macros
_JOURNALS = {
    "aj": "The Astronomical Journal", "apj": "The Astrophysical Journal", "apjl": "The Astrophysical Journal Letters",
    "apjs": "The Astrophysical Journal Supplement Series", "aap": "Astronomy & Astrophysics",
    "aapr": "The Astronomy and Astrophysics Review", "araa": "Annual Review of Astronomy and Astrophysics",
    "mnras": "Monthly Notices of the Royal Astronomical Society", "nat": "Nature", "icarus": "Icarus",
    "pasp": "Publications of the Astronomical Society of the Pacific", "solphys": "Solar Physics",
    "pasj": "Publications of the Astronomical Society of Japan", "prd": "Physical Review D",
    "pra": "Physical Review A", "prb": "Physical Review B", "prc": "Physical Review C", "pre": "Physical Review E",
    "prl": "Physical Review Letters", "physrep": "Physics Reports", "ssr": "Space Science Reviews",
    "jcap": "Journal of Cosmology and Astroparticle Physics", "jgr": "Journal of Geophysical Research",
    "planss": "Planetary and Space Science", "qjras": "Quarterly Journal of the Royal Astronomical Society",
}  # fmt: skip


@cache
def symbol_of(name: str) -> str | None:
    """Return the characters that a command (without backslash) produces; None if it is not known to produce any."""
    if (text := _SYMBOLS.get(name, _JOURNALS.get(name))) is not None:
        return text
    symbol = _library_symbols().get(name)
    return None if symbol is None or "%" in symbol else symbol  # ``%`` marks where the library inserts an argument


@cache
def _library_symbols() -> dict[str, str]:
    """The characters of pylatexenc's commands, by name without backslash."""
    from pylatexenc.latex2text import get_default_latex_context_db  # takes a quarter of a second, and is rarely needed

    specs = list(get_default_latex_context_db().iter_macro_specs())
    # Reversed, since the library uses the first specification of a command.
    symbols = {spec.macroname: spec.simplify_repl for spec in reversed(specs) if isinstance(spec.simplify_repl, str)}
    symbols.pop("today", None)  # the day of the conversion, which would differ from build to build
    return symbols
