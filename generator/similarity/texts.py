"""The texts of a paper for comparison with others, as plain text, and the stop words of English."""

from typing import NamedTuple

from generator.model.localized import in_language
from generator.model.paper import Paper
from generator.text.markup import prose_plain
from generator.text.maths import to_plain

COMMON_WORDS = frozenset(
    """
    about above across after afterwards again against all almost alone along already also although always am among
    an and another any anyone anything anywhere are around as at away back be became because become becomes been before
    beforehand behind being below beside besides between beyond both but by can cannot could did do does doing done
    down due during each either else elsewhere enough even ever every everyone everything everywhere except few for
    former formerly found from further get give go had has have having he hence her here hereby herein hers herself him
    himself his how however if in indeed instead into is it its itself just keep last latter least less many may me
    meanwhile might mine more moreover most mostly much must my myself namely neither never nevertheless next no nobody
    none nor not nothing now nowhere of off often on once one only onto or other others otherwise our ours ourselves out
    over own part per perhaps please put quite rather really same see seem seemed seems several she should show since
    so some somehow someone something sometime sometimes somewhere still such take than that the their theirs them
    themselves then thence there thereby therefore therein these they this those though through throughout thus to
    together too toward towards under unless until up upon us very via was we well were what whatever when whence
    whenever where whereas whereby wherein wherever whether which while who whoever whole whom whose why will with
    within without would yet you your yours yourself yourselves
    """.split()
)


def title_of(paper: Paper) -> str:
    """Only the title: a new entry has no other text."""
    return to_plain(paper.title)


def short_text(paper: Paper, own: str) -> str:
    """Title, one sentence and keywords, in the digest's ``own`` language."""
    return "\n".join((title_of(paper), to_plain(in_language(paper.tldr, own, own)), *paper.keywords))


class Compared(NamedTuple):
    """The texts of a paper for comparison, in one language, with their markup."""

    title: str
    tldr: str
    summary: str
    keywords: tuple[str, ...]


def compared_text(paper: Paper, own: str) -> Compared:
    """The texts of ``paper`` in the digest's ``own`` language."""
    return Compared(
        paper.title, in_language(paper.tldr, own, own), in_language(paper.summary, own, own), tuple(paper.keywords)
    )


def whole_text(text: Compared) -> str:
    """All texts of a paper; the title twice, since its words matter most."""
    title = to_plain(text.title)
    return "\n".join((title, title, to_plain(text.tldr), prose_plain(text.summary), *text.keywords))
