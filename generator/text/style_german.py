"""German word lists of the house style, for the checks in ``style.py``."""

from collections.abc import Iterator

# Regular expressions of stock openings, praise and filler, which texts should not contain.
STOCK = (
    "die vorliegende (?:arbeit|studie|publikation)",
    "diese (?:arbeit|studie) (?:stellt|zeigt|untersucht|präsentiert)",
    "in dieser (?:arbeit|studie)",
    "dieses papier",
    "wir",
    "unsere?[mnrs]?",
    "neuartig(?:e[mnrs]?)?",
    "bahnbrechend(?:e[mnrs]?)?",
    "bemerkenswert(?:e[mnrs]?)?",
    "elegant(?:e[mnrs]?)?",
    "entscheidende rolle",
    "in den letzten jahren",
    "ebne[nt] den weg",
)

# The forms in which verbs occur in summaries of one sentence. Each form is listed, since German verbs have too many
# endings for rules.
_VERBS = """
arbeiten arbeitet bedeutet begrenzt beruht besteht bestimmt beweist bleiben bleibt brauchen braucht bringen bringt
darf dürfen entdeckt entfernt entstehen entsteht erfüllt erhält erhöht erkennen erkennt erklärt erlaubt ermöglicht
erreichen erreicht ersetzt erzeugt fallen fehlt finden findet folgen folgt funktionieren funktioniert fällt führen
führt garantiert gehen geht gelingt gelten gibt gilt haben halten handelt hat heißt helfen hilft hält hängt ist kann
kennt klappt kommen kommt konnte kostet können lassen lehrt leidet lernen lernt lernte liefert liegen liegt lohnt
lässt löscht lösen löst machen macht meidet merkt misst muss müssen nennt nimmt nutzen nutzt passen passt prüfen prüft
reichen reicht sagt scheitern scheitert schlagen schlägt schneidet schätzt schützen schützt senkt sieht sind sinkt
sollte spart spricht spüren spürt stammt stehen steht steigen steigt stellt stimmt stößt teilt tragen treffen trennen
trennt trifft trägt umgeht unterscheiden unterscheidet verbessert verbindet verbringen verbringt vereint vergessen
vergisst verhalten verhindert verhält verkürzt verlieren verliert vermeidet verraten verringert verrät versagt
verschiebt verspricht versteckt wachsen war waren wechselt weicht weiß werden widersteht wird wirken wirkt wurde
wurden wächst zeigen zeigt zerlegt zieht zwingt überlistet übersteht übertreffen übertrifft
"""


def verbs() -> Iterator[str]:
    """Yield the verbs in the forms that occur in summaries of one sentence."""
    yield from _VERBS.split()
