"""Every kind of fault that ``digest check`` reports: code, severity, title and reason.

Messages use these codes only, ``docs/faults.md`` is generated from the table, and a test requires a faulty and a
corrected example for each code.
"""

from enum import StrEnum
from types import MappingProxyType

from generator.model.record import record


class Severity(StrEnum):
    """An error stops a build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@record
class Fault:
    """One kind of fault: a short ``title``, and ``why`` it matters."""

    title: str
    why: str
    severity: Severity = Severity.ERROR


def _error(title: str, why: str) -> Fault:
    return Fault(title=title, why=why)


def _warning(title: str, why: str) -> Fault:
    return Fault(title=title, why=why, severity=Severity.WARNING)


FAULTS = MappingProxyType(
    {
        # whole files
        "E101": _error("not valid YAML or JSON", "The syntax is broken, so nothing in the file can be read."),
        "E102": _error("duplicate key", "One of the two values would be lost."),
        "E103": _error(
            "anchor or alias", "An alias hides what the entry says, and a few aliases can expand to gigabytes."
        ),
        "E104": _error("merge key", "A merge key (`<<`) hides which fields the entry has."),
        "E105": _error("YAML tag", "A tag (`!!int`) changes a value; all values of an entry are plain text."),
        "E106": _error("several documents", "A file holds one record; what follows `---` would be lost."),
        "E107": _error("not UTF-8", "Entries are UTF-8 text without a byte order mark."),
        "E108": _error("file too large", "An entry has at most 64 KiB; the message names the limits of other files."),
        "E109": _error("nested too deeply", "No field needs more than a few levels."),
        "E110": _error("not a mapping", "A record consists of `field: value` lines."),
        "E111": _error("empty file", "A record needs at least its required fields."),
        "E112": _error("value is not a string", "In JSON Lines every value is a string, so reading changes nothing."),
        "E113": _error("file in an unexpected place", "Only files in their place are read; others would be lost."),
        "E114": _error("file cannot be read", "It is not a regular file, or the system refuses to open it."),
        "E115": _error("invalid language file", "Parts of the site would stay untranslated, or show placeholders."),
        "E116": _error("two languages", "The text of a page and its `lang` attribute would differ."),
        "W117": _warning(
            "setting without effect", "Nothing reads it; the hint names the setting that does what is meant."
        ),
        "E118": _error("unclosed brackets", "Thousands of brackets that nothing closes take minutes to read."),
        "E126": _error(
            "symbolic link", "A link can lead out of the folder, to files that nobody means to read or write."
        ),
        "E127": _error("pipe, socket or device", "Reading it may never end, and no repository can contain it."),
        "W126": _warning("hidden file", "Reviewers overlook it, and nothing reads it."),
        # single fields
        "E201": _error("unknown field", "A misspelled field would be lost."),
        "E202": _error("missing field", "The record is incomplete without it."),
        "E203": _error("wrong type", "The field needs another kind of value."),
        "E204": _error(
            "invalid id", "Ids become URLs, file names and BibTeX keys: lower-case letters, digits and hyphens only."
        ),
        "E205": _error("invalid date", "Dates are written YYYY-MM-DD and exist in the calendar."),
        "E206": _error(
            "invalid arXiv id", "arXiv ids look like 2501.12345 or math/0309136, without version or address."
        ),
        "E207": _error("invalid DOI", "A DOI begins with 10., a registrant and a slash."),
        "E208": _error(
            "invalid OpenReview id", "It is the part after `id=` in the forum's address: letters, digits, - and _."
        ),
        "E209": _error("invalid ACL Anthology id", "Ids look like 2024.acl-long.12 or P19-1001."),
        "E210": _error("invalid ORCID iD", "It has four groups of four digits; the last character is a checksum."),
        "E211": _error(
            "invalid web address", "Only complete http and https addresses without user names become links."
        ),
        "E212": _error("too long", "The value exceeds the limit of the field."),
        "E213": _error(
            "forbidden character", "Invisible, control and direction-changing characters can hide what a text says."
        ),
        "E214": _error("unknown value", "The field accepts a few values only."),
        "E215": _error("empty value", "An empty field says nothing; leave the field out."),
        "E216": _error("not in normal form", "Text is in Unicode normal form NFC, so equal text has equal bytes."),
        "E217": _error("invalid language code", "Languages are two-letter codes such as en and de."),
        "E218": _error("invalid ROR id", "ROR ids have nine characters and begin with 0."),
        "E219": _error("invalid year", "A year has four digits and is between 1900 and 2100."),
        "E220": _error("too many values", "The list exceeds its limit."),
        "E221": _error("reserved id", "A page or file of the site has this name."),
        "E222": _error("line break in a one-line text", "The field is shown on one line."),
        "E223": _error("family name is not part of the name", "Citations split the name at its family name."),
        # several records
        "E301": _error("unknown venue", "No file of content/venues lists the edition."),
        "E302": _error("unknown topic", "There is no such file in content/topics."),
        "E303": _error("duplicate id", "An id identifies one record in the whole digest."),
        "E304": _error(
            "duplicate paper (title)", "A paper has one entry: a preprint and its published version are the same paper."
        ),
        "E305": _error("duplicate paper (identifier)", "Two entries share an arXiv, DOI, OpenReview or ACL id."),
        "E306": _error("wrong folder", "The folder and the entry's venue must agree."),
        "E307": _error("unknown parent topic", "The parent is not in content/topics."),
        "E308": _error("circular topics", "A topic is among its own ancestors."),
        "E309": _error("topic, tag or paper listed twice", "A list names each of them once."),
        "E310": _error("no authors", "A paper without authors cannot be found by name or cited."),
        "E311": _error(
            "name claimed twice",
            "Two people (or institutions) list the same name, so the author of a paper is ambiguous.",
        ),
        "E312": _error("duplicate edition id", "Two editions share an id."),
        "E313": _error("duplicate edition address", "Two editions of a series would have the same URL."),
        "E314": _error("alias is taken", "The alias is an id or alias of another entry, so its URL would be lost."),
        "E315": _error("topics nested too deeply", "The topic tree has at most three levels."),
        "E316": _error(
            "ORCID iD twice in one paper", "An ORCID iD belongs to one person, and a person is an author once."
        ),
        "E317": _error("contradictory identifiers", "Two identifiers of the entry name different papers."),
        "E318": _error("ends before it starts", "A conference ends on or after the day on which it starts."),
        "E319": _error("ORCID iD or ROR id claimed twice", "It belongs to one person or institution."),
        "E320": _error("published address lost", "Other sites link to every page that was published."),
        "E321": _error("invalid line in permalinks.txt", "The file has one published address a line, in order."),
        "E322": _error(
            "no address for a page", "A page's file name is its address, and the site needs this one for another page."
        ),
        "E323": _error(
            "unknown paper", "Collections and people name papers of the digest, and readers follow the links."
        ),
        "E324": _error("unknown institution", "There is no such file in content/institutions."),
        "E325": _error("unknown tag", "There is no such file in content/tags: tags are a small vocabulary."),
        "E326": _error("term defined twice", "Two glossary files claim the same name in one language."),
        "E327": _error("two introductions", "A topic's page begins with one collection of kind start-here."),
        "E328": _error("collection without papers", "What a collection states must be supported by its papers."),
        "E329": _error("paper of another person", "A person's file lists papers of this person only."),
        # text that may deceive readers
        "W301": _warning("mixed scripts in a word", "A Cyrillic `а` in `pаper` looks like a Latin one."),
        "W302": _warning("misleading host name", "A link may imitate a well-known site."),
        # authors' names
        "W311": _warning("author listed twice", "A person is in an author list once, apart from rare namesakes."),
        "W312": _warning("name in capitals", "Capitals come from a form; people write `Ada Byron`."),
        "W313": _warning("several people in one name", "Each author is found and cited under their own name."),
        "W314": _warning("family name first", "Names are written as spoken; lists put the family name first."),
        "W315": _warning("mark in a name", "Footnote marks and digits of the title page are not part of a name."),
        "W316": _warning("placeholder instead of an author", "It would get a page and be cited like a person."),
        # names that may belong together
        "W321": _warning(
            "two names, perhaps one person", "A person with two names has two pages, each with half of the papers."
        ),
        "W322": _warning(
            "one ORCID iD, two authors", "An ORCID iD belongs to one person, so the pages belong together."
        ),
        "W323": _warning("one author, two ORCID iDs", "Two people share a page, or one of the iDs is wrong."),
        "W324": _warning("two spellings of one institution", "Its papers are spread over several pages."),
        "W325": _warning(
            "two series, perhaps one venue", "A venue with two names has two pages, each with half of the papers."
        ),
        "W326": _warning("track spelled in two ways", "Readers who filter by track find only some papers."),
        "W327": _warning("another name of a known series", "Papers of one venue would be listed under two names."),
        "W328": _warning("one name, perhaps two people", "Two people with one name share a page."),
        # likely duplicates
        "W331": _warning("nearly the same title", "It may be a second entry for one paper."),
        "W332": _warning("link of another entry", "The address belongs to a paper that has its own entry."),
        "W333": _warning("link to another paper", "The address names another paper than the entry's identifier."),
        # links
        "W341": _warning("link without encryption", "An http link can be changed on its way to the reader."),
        "W342": _warning("duplicate address", "Two links lead to the same place."),
        "W343": _warning(
            "identifier given as a link", "An identifier makes the link and the citation, and reveals duplicates."
        ),
        "W344": _warning("shortened or tracking link", "It hides where it leads, or tells who followed it."),
        # days
        "W351": _warning("year and dates disagree", "The year of an edition is the one in which it takes place."),
        "W352": _warning("date before the entry", "Nothing can be corrected before the paper was added."),
        "W353": _warning("published in another year", "The date and the edition are years apart; one may be wrong."),
        "W354": _warning("another year in the id", "The id is the BibTeX key, so a wrong year misleads."),
        # status of a paper
        "W361": _warning("status without a reason", "Readers want to know why and when a paper was withdrawn."),
        "W362": _warning("reason without a status", "The note is shown only beside a status."),
        # lists
        "W371": _warning("duplicate value", "One of two equal values is superfluous."),
        "W372": _warning("topic and its parent", "A paper in a topic is also in the topics above it."),
        "W373": _warning("several values in one", "Each value needs a line of its own to be found."),
        # pasted text
        "W381": _warning("HTML in plain text", "Titles and names are plain text: readers would see the code."),
        "W382": _warning("LaTeX in plain text", "Outside `$…$`, readers would see the commands."),
        "W383": _warning("title in capitals", "Capitals come from a form and are hard to read."),
        "W384": _warning("full stop after the title", "Titles end without one, and citations add their own."),
        "W385": _warning("repeated spaces", "They come from a line break in the source, and search misses the words."),
        "W386": _warning("formula not understood", "Readers see its source."),
        "W387": _warning("markup shown as text", "Texts support paragraphs, emphasis, code, links and lists."),
        "W388": _warning("comment behind a value", "YAML ignores what follows a space and a #."),
        "W389": _warning("wrong encoding", "Readers would see `MÃ¤ntylÃ¤`, and search would find nobody."),
        # files of little use
        "W391": _warning("unused name", "No paper uses this name of an author or institution; it may be misspelled."),
        "W392": _warning("page without a heading", "The first line of a page, `# …`, is its title."),
        "W393": _warning("tag without papers", "Its page would be empty, and nobody can narrow a search by it."),
        # collections
        "W394": _warning("unusual number of papers", "Picks name up to five papers, an introduction three to five."),
        "W395": _warning("removed or retracted paper", "A collection recommends it, or bases a claim on it."),
        "W396": _warning("dead link", "A hand-written page links to a page, file or heading that does not exist."),
        # facts that identifiers contradict
        "W601": _warning("date before the preprint", "Neither the entry nor the paper is older than the preprint."),
        "W602": _warning(
            "venue before the preprint", "A preprint precedes its venue, or follows it within about a year."
        ),
        "W603": _warning("DOI of another venue", "A citation would name one venue and lead to another."),
        "W604": _warning("many affiliations", "Profiles list former institutions; a paper names the present ones."),
        "W605": _warning("title differs from the record", "The public record of an identifier has another title."),
        "W606": _warning("eight words of the source", "Texts use their own words; eight words in a row are copied."),
        "W607": _warning("number not in the source", "Every number comes from the source."),
        # the list of subscribers, outside the content
        "E501": _error(
            "invalid line in the list of subscribers", "Mail to a malformed address is lost or reaches a stranger."
        ),
        # style, as content/STYLE.md describes it
        "W401": _warning("text missing", "An entry needs four texts, in each of its languages."),
        "W402": _warning("text too short or too long", "The length of each text is limited, for the reader's sake."),
        "W403": _warning("number of paragraphs", "Problem, idea and finding need two or three paragraphs."),
        "W404": _warning("stock phrase", "Stock openings, praise and filler say nothing about the paper."),
        "W405": _warning("not one sentence", "The text in lists and feeds is one sentence with a full stop."),
        "W406": _warning("no verb", "Without a verb, the line says what was studied and not what was found."),
        "W407": _warning("unexplained acronym", "Readers from another field cannot guess what it stands for."),
        "W408": _warning("writer not named", "Every text says who wrote it: a person, a model, or both."),
        "W409": _warning("model not named", "A text by a model says which model wrote it, and when."),
    }
)
