"""English word lists of the house style."""

from collections.abc import Iterator

# Patterns of stock openings, praise and filler.
STOCK = (
    "this (?:paper|work|study|article)",
    "the paper (?:presents|proposes|introduces|studies|examines|shows)",
    "in this (?:paper|work|study)",
    "the authors (?:present|propose|introduce)",
    "we",
    "our",
    "novel(?:ty)?",
    "groundbreaking",
    "state-of-the-art",
    "cutting-edge",
    "remarkabl[ey]",
    "elegant(?:ly)?",
    "powerful(?:ly)?",
    "crucial(?:ly)?",
    "game-?chang(?:er|ing)",
    "seamless(?:ly)?",
    "comprehensive(?:ly)?",
    "delv(?:es?|ed|ing)",
    "leverag(?:es?|ed|ing)",
    "it is worth noting",
    "in recent years",
    "plays? an? (?:crucial|vital|key|important) role",
    "sheds? (?:new )?light",
    "pav(?:es?|ed|ing) the way",
)

# Forms that are listed one by one: those of irregular verbs, and of verbs whose other forms are often not verbs.
_FORMS = """
am approaches are be beat beats became become becomes been began begins bounds bring brings builds came can cannot
closes comes could covers cures cuts did do does drew drives ends equals estimates falls find finds fit gave get gets
give gives goes got grew grow grows had has have hold holds is keep keeps knew know knows lays leads leaves lets lose
loses make makes matches may mean means meet meets might must narrows notice overcome overcomes pay pays ran reaches
reads rises runs says see sees sets should show shows shrank shrink shrinks sink sinks slip speak speaks speeds spend
spends splits stand stands steer steers switch take takes tell tells think thinks took traces trains tunes turn turns
understand undo undoes updates uses was were will wins won would write writes wrote yields
"""

# Verbs whose form with -s is regular.
_REGULAR = """
account achieve adapt add adjust admit agree align allow amount appear apply argue arise assign assume avoid behave
borrow capture carry catch choose classify combine compare compete compress concentrate confirm connect contain
converge convert correspond create curb decide decompose defend define degrade deliver depend derive describe detect
determine develop differ disappear discard discover distinguish divide dominate eliminate emerge enable encode enforce
enlarge ensure erase establish evaluate evolve exceed expand expect explain explore expose extend fail follow fool
forget generalize generate govern guard halve hamper handle happen hide hinder identify ignore imitate imply improve
include indicate induce infer inherit inject interpret introduce invite involve isolate justify learn lengthen let
locate maintain manage mend merge mitigate move obey obtain optimize outdo outperform outrank owe penalize perform
permit possess post predict prefer prepare preserve prevent promise propagate protect prove provide quantify quantize
raise react recover reduce reflect refuse regain reject relate rely remain remove reorder repair repeat replace
represent reproduce require resemble reshape resist respond restore retrain reveal seem serve settle sharpen shorten
shrink soften solve spot stabilize strengthen struggle succeed suffer suffice suggest suit surpass survive sustain
take teach tell tend tighten translate uncover unify unite vanish verify weaken weigh widen withstand worsen
"""


def verbs() -> Iterator[str]:
    """Yield verbs, mostly in the base form and with -s. Forms with -ed are left out, as they may be participles."""
    yield from _FORMS.split()
    for base in _REGULAR.split():
        yield from (base, _third_person(base))


def _third_person(base: str) -> str:
    if base.endswith(("s", "sh", "ch", "x", "z")):
        return f"{base}es"
    return f"{base[:-1]}ies" if _ends_in_consonant_y(base) else f"{base}s"


def _ends_in_consonant_y(base: str) -> bool:
    return base.endswith("y") and base[-2] not in "aeiou"
