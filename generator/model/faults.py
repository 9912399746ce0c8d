"""Every kind of fault that ``digest check`` can report: its code, how grave it is, and what it means.

The table is the one list: messages name only these codes, the documentation page is made from it, and a test
holds that each code has a bad and a mended example.
"""

from enum import StrEnum
from types import MappingProxyType

from generator.model.record import record


class Severity(StrEnum):
    """How grave a problem is: an error stops a build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@record
class Fault:
    """One kind of fault: ``title`` in a few words, ``why`` it is one."""

    title: str
    why: str
    severity: Severity = Severity.ERROR


def _error(title: str, why: str) -> Fault:
    return Fault(title=title, why=why)


def _warning(title: str, why: str) -> Fault:
    return Fault(title=title, why=why, severity=Severity.WARNING)


FAULTS = MappingProxyType(
    {
        # the file as a whole
        "E101": _error("not valid YAML or JSON", "The file's syntax is broken, so none of it can be read."),
        "E102": _error("key given twice", "Of two equal keys one would be lost without a word."),
        "E103": _error("anchor or alias", "An alias hides what the entry says, and a few can grow into gigabytes."),
        "E104": _error("merge key", "A merge key (`<<`) hides which fields the entry has."),
        "E105": _error("tag", "A tag (`!!int`) changes what a value is; all values of an entry are plain text."),
        "E106": _error("several documents", "One file holds one record; what follows `---` would be lost."),
        "E107": _error("not UTF-8", "Entries are UTF-8 text without a byte order mark."),
        "E108": _error("file too large", "An entry has at most 64 KiB; the message names the limits of other files."),
        "E109": _error("nested too deeply", "No field of an entry needs more than a few levels."),
        "E110": _error("not a mapping", "A record is a list of `field: value` lines."),
        "E111": _error("file is empty", "A record needs at least its required fields."),
        "E112": _error(
            "number or other bare value", "In JSON Lines every value is a string, so nothing changes in reading."
        ),
        "E113": _error("file in an unexpected place", "Only files in their place are read; others would be lost."),
        "E114": _error("file cannot be read", "It is not a regular file, or the system refuses to open it."),
        "E115": _error("broken file of a language", "The site would speak half of it, or hold places without values."),
        "E116": _error("two languages", "A page would be said in one language and told to be in another."),
        "W117": _warning("setting without effect", "Whoever wrote it expects something; the hint names what does it."),
        "E118": _error("open brackets", "A page of thousands of brackets that nothing closes takes minutes to read."),
        "E126": _error("symbolic link", "A link can lead out of the folder, to what nobody meant to read or to write."),
        "E127": _error("pipe, socket or device", "Whoever reads it may wait for ever; no repository can hold it."),
        "W126": _warning("hidden file", "Nobody sees it in a review, and nothing reads it."),
        # a field by itself
        "E201": _error("unknown field", "A misspelled field would be lost without a word."),
        "E202": _error("missing field", "The record is not complete without it."),
        "E203": _error("wrong type", "The field holds another kind of value."),
        "E204": _error(
            "bad id", "Ids become URLs, file names and BibTeX keys: lower-case letters, digits and hyphens only."
        ),
        "E205": _error("bad date", "Dates are written YYYY-MM-DD and exist in the calendar."),
        "E206": _error("bad arXiv id", "arXiv ids look like 2501.12345 or math/0309136, without version or address."),
        "E207": _error("bad DOI", "A DOI starts with 10., a registrant and a slash."),
        "E208": _error("bad OpenReview id", "The part after `id=` in the forum's address: letters, digits, - and _."),
        "E209": _error("bad ACL Anthology id", "Ids look like 2024.acl-long.12 or P19-1001."),
        "E210": _error("bad ORCID", "Four groups of four digits; the last character is a checksum."),
        "E211": _error("bad web address", "Only whole http and https addresses without user names are linked."),
        "E212": _error("too long", "The field is longer than its limit."),
        "E213": _error(
            "forbidden character", "Invisible, control and direction-changing characters can hide what a text says."
        ),
        "E214": _error("unknown value", "The field takes one of a few values."),
        "E215": _error("empty value", "An empty field says nothing; leave the field out."),
        "E216": _error("not in normal form", "Text is kept in Unicode normal form NFC, so equal text has equal bytes."),
        "E217": _error("bad language", "Languages are written as two-letter codes such as en and de."),
        "E218": _error("bad ROR id", "ROR ids are nine characters that begin with 0."),
        "E219": _error("bad year", "A year has four digits and lies between 1900 and 2100."),
        "E220": _error("too many", "The list is longer than its limit."),
        "E221": _error("reserved id", "The id is the name of a page or file that the site itself needs."),
        "E222": _error("line break in a one-line text", "The field is shown on one line."),
        "E223": _error("family name that is no part of the name", "Citations split the name at its family name."),
        # records together
        "E301": _error("unknown venue", "The edition is not listed in any file of content/venues."),
        "E302": _error("unknown topic", "There is no such file in content/topics."),
        "E303": _error("same id twice", "An id names one record in the whole digest."),
        "E304": _error(
            "same paper twice (title)",
            "A paper stands once, whatever the venues say: a preprint and its published version are one entry.",
        ),
        "E305": _error("same paper twice (identifier)", "Two entries share an arXiv, DOI, OpenReview or ACL id."),
        "E306": _error("wrong folder", "The folder's name and the entry's venue must agree."),
        "E307": _error("unknown parent topic", "The parent is not in content/topics."),
        "E308": _error("topics in a circle", "A topic is among its own ancestors."),
        "E309": _error("topic, tag or paper twice", "A list names each of them once."),
        "E310": _error("no authors", "Without authors a paper can be neither found nor cited."),
        "E311": _error(
            "name claimed twice", "Two people (or institutions) list the same name, so a paper's author is not certain."
        ),
        "E312": _error("edition id twice", "Two editions share an id."),
        "E313": _error("two editions with one address", "Two editions of a series would stand at the same URL."),
        "E314": _error("alias taken", "The alias is the id or an alias of another entry, so its URL would be lost."),
        "E315": _error("topics too deep", "The topic tree has at most three levels."),
        "E316": _error("ORCID twice in one paper", "An ORCID iD is one person's, and a person is an author once."),
        "E317": _error("identifiers contradict", "Two identifiers of the entry name two different papers."),
        "E318": _error("ends before it starts", "A conference ends on the day on which it starts or later."),
        "E319": _error("register id claimed twice", "An ORCID iD or a ROR id belongs to one person or institution."),
        "E320": _error("published address lost", "A page that was published once is linked from elsewhere for ever."),
        "E321": _error("bad line in permalinks.txt", "The list holds one published address a line, in order."),
        "E322": _error("no address for a page", "A page stands at its name, which is not one that the site needs."),
        "E323": _error("unknown paper", "Collections and people name papers of the digest; readers follow the links."),
        "E324": _error("unknown institution", "There is no such file in content/institutions."),
        "E325": _error("unknown tag", "Tags are a small vocabulary: there is no such file in content/tags."),
        "E326": _error("term explained twice", "Two files of the glossary claim the same name in one language."),
        "E327": _error("two introductions", "A topic's page begins with one collection of kind start-here."),
        "E328": _error("claims without papers", "What a collection states rests on its papers: it needs them."),
        "E329": _error("paper of another person", "A file of people lists papers of this person alone."),
        # what may deceive a reader
        "W301": _warning("letters of several scripts in a word", "A Cyrillic `а` in `pаper` passes for a Latin one."),
        "W302": _warning("host that may pass for another", "A link may lead to a stranger in a known name's dress."),
        # authors' names
        "W311": _warning("author listed twice", "A person stands in an author list once, but for a rare namesake."),
        "W312": _warning("name in capitals", "Capitals come from a form; people write `Ada Byron`."),
        "W313": _warning("several people in one name", "Each author is found and cited under their own name."),
        "W314": _warning("family name first", "Names stand as they are spoken; lists put the family name first."),
        "W315": _warning("mark in a name", "Footnote marks and digits of the title page are no part of a name."),
        "W316": _warning("placeholder for an author", "It would have a page, and be cited, like a person."),
        # who and what may be one under two names
        "W321": _warning("two names, perhaps one person", "A person under two names has two pages, each with half."),
        "W322": _warning("one ORCID iD, two authors", "An ORCID iD is one person's, so the pages belong together."),
        "W323": _warning("one author, two ORCID iDs", "Two people share a page, or one of the iDs is wrong."),
        "W324": _warning("two spellings of one institution", "Its papers are spread over several pages."),
        "W325": _warning("two series, perhaps one venue", "A venue under two names has two pages, each with half."),
        "W326": _warning("track spelled in two ways", "Readers filter by track, and would find only some."),
        "W327": _warning("another name of a known series", "Papers of one venue would stand under two names."),
        "W328": _warning("one name, perhaps two people", "Two people of one name share a page, each with half."),
        # which papers may be the same
        "W331": _warning("nearly the same title", "It may be a second entry for one paper."),
        "W332": _warning("link of another entry", "The address names a paper that has an entry of its own."),
        "W333": _warning("link to another paper", "The address names another paper than the entry's identifier."),
        # links
        "W341": _warning("link without encryption", "A link with http can be changed on its way to the reader."),
        "W342": _warning("address twice", "Two links lead to the same place."),
        "W343": _warning("identifier given as a link", "An identifier makes the link, the citation, and finds twins."),
        "W344": _warning("shortened or followed link", "It hides where it leads, or tells who followed it."),
        # days
        "W351": _warning("year and days disagree", "An edition's year is the one in which it takes place."),
        "W352": _warning("day before the entry", "Nothing can be corrected before the paper was taken in."),
        "W353": _warning("published in another year", "The day and the edition are years apart; one may be wrong."),
        "W354": _warning("another year in the id", "The id is cited as the paper's key, so its year misleads."),
        # what became of a paper
        "W361": _warning("status without a reason", "A reader wants to know why a paper was withdrawn, and when."),
        "W362": _warning("reason without a status", "The note is shown only beside a status."),
        # lists
        "W371": _warning("value listed twice", "Of two equal values one says nothing."),
        "W372": _warning("topic and the one above it", "A paper in a topic is in the topics above it already."),
        "W373": _warning("several values in one", "Each value stands on its own line, to be found by itself."),
        # text that was pasted
        "W381": _warning("HTML in plain text", "Titles and names are plain text: readers would see the code."),
        "W382": _warning("LaTeX in plain text", "Outside `$…$`, readers would see the commands."),
        "W383": _warning("title in capitals", "Capitals come from a form and read badly."),
        "W384": _warning("full stop after the title", "Titles end without one, and citations add their own."),
        "W385": _warning("spaces in a row", "They come from a line break in the source, and searches miss the words."),
        "W386": _warning("formula not understood", "It is shown as its source."),
        "W387": _warning("markup that is shown as text", "Texts hold paragraphs, emphasis, code, links and lists."),
        "W388": _warning("comment behind a value", "YAML drops what follows a space and a #, without a word."),
        "W389": _warning("text in a wrong encoding", "Readers would see `MÃ¤ntylÃ¤`, and search finds nobody."),
        # files that say little
        "W391": _warning("name of no author or institution", "No paper names it so; it may be misspelled."),
        "W392": _warning("page without a heading", "A page's first line, `# …`, is its title."),
        "W393": _warning("tag without papers", "Its page would be empty, and nobody can narrow a search by it."),
        # collections
        "W394": _warning("number of papers", "Picks are up to five papers, an introduction leads to three to five."),
        "W395": _warning("removed or retracted paper", "A collection recommends it, or builds a claim on it."),
        "W396": _warning(
            "dead link of a page", "A page by hand links to a page, a file or a heading that is not there."
        ),
        # what an entry's identifiers tell of it
        "W601": _warning("day before the preprint", "An entry or a paper is not older than the paper's preprint."),
        "W602": _warning("venue before the preprint", "Preprints precede a venue or follow it within a year or so."),
        "W603": _warning("DOI of another venue", "A citation would name one venue and lead to another."),
        "W604": _warning("many affiliations", "Profiles list where people have been; a paper names where they are."),
        "W605": _warning("title of the record", "The public record of an identifier has a title that the entry lacks."),
        "W606": _warning("eight words of the source", "Texts are written anew; a run of eight words is taken over."),
        "W607": _warning("number that the source lacks", "A number comes from the source, or from nowhere."),
        # the list of subscribers, which is no part of the content
        "E501": _error("bad line in the list of subscribers", "Mail to a mangled address is lost or goes astray."),
        # how we write (content/STYLE.md)
        "W401": _warning("text missing", "A paper is told by four texts, in each of its languages."),
        "W402": _warning("text too short or too long", "Readers give each text so much patience and no more."),
        "W403": _warning("number of paragraphs", "Problem, idea and finding want two or three paragraphs."),
        "W404": _warning("stock phrase", "Stock openings, praise and filler say nothing about the paper."),
        "W405": _warning("not one sentence", "The line in lists and feeds is one sentence that ends with a full stop."),
        "W406": _warning("no verb", "A line without a verb says what was studied, not what was found."),
        "W407": _warning("unexplained acronym", "A reader from another field cannot guess what it stands for."),
        "W408": _warning("writer not named", "Readers are told who wrote a text: a person, a model, or both."),
        "W409": _warning("model not named", "Readers are told which model wrote a text, and when."),
    }
)
