"""Every kind of fault that ``digest check`` or ``digest mail`` reports: code, severity, title and reason.

``FAULTS`` has all codes that messages use. ``docs/faults.md`` is generated from this table, and a test requires a
faulty and a corrected example for each code.
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
    """One kind of fault: a short ``title``, and one or two sentences on ``why`` it matters."""

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
        "E101": _error("not valid YAML or JSON", "The file has a syntax error, so it cannot be read."),
        "E102": _error("duplicate key", "One of the two values would be ignored."),
        "E103": _error(
            "anchor or alias", "Aliases make an entry hard to read, and a few of them can expand to gigabytes."
        ),
        "E104": _error("merge key", "A merge key (`<<`) hides fields of the entry."),
        "E105": _error(
            "YAML tag", "A tag (`!!int`) changes the type of a value. All values of an entry are plain text."
        ),
        "E106": _error("several documents", "A file contains one record. Everything after `---` would be ignored."),
        "E107": _error("not UTF-8", "Entries are UTF-8 text without a byte order mark."),
        "E108": _error(
            "file too large", "The limit for an entry is 64 KiB. The message names the limit for other files."
        ),
        "E109": _error(
            "nested too deeply",
            "Valid fields have only a few levels. In `mkdocs.yml`, the code also reports a tag that runs code, "
            "a value that contains itself, and files that include each other with `INHERIT`.",
        ),
        "E110": _error("not a mapping", "A record consists of `field: value` lines."),
        "E111": _error("empty file", "A record needs at least its required fields."),
        "E112": _error(
            "value is not a string",
            "In JSON Lines, every value must be a string, so that no value changes when it is read.",
        ),
        "E113": _error("file in an unexpected place", "The generator reads only files in the expected places."),
        "E114": _error(
            "file cannot be read", "The file is not a regular file, or the operating system cannot open it."
        ),
        "E115": _error("invalid language file", "Parts of the site would stay untranslated, or show placeholders."),
        "E116": _error("two languages", "The language of a page's text and its `lang` attribute would differ."),
        "W117": _warning(
            "setting without effect", "The generator ignores this setting. The hint names one that works."
        ),
        "E118": _error(
            "page nested too deeply", "Thousands of open brackets or nested blocks take minutes to convert."
        ),
        "E126": _error("symbolic link", "A symbolic link can point to files outside the folder."),
        "E127": _error("pipe, socket or device", "Reading it may never end."),
        "W126": _warning("hidden file", "Reviewers overlook hidden files, and the generator ignores them."),
        # single fields
        "E201": _error("unknown field", "A misspelled field would be ignored."),
        "E202": _error("missing field", "The field is required."),
        "E203": _error("wrong type", "The field needs another type of value, such as a list instead of a text."),
        "E204": _error(
            "invalid id", "Ids become URLs, file names and BibTeX keys: lower-case letters, digits and hyphens only."
        ),
        "E205": _error("invalid date", "Dates have the form YYYY-MM-DD and exist in the calendar."),
        "E206": _error("invalid arXiv id", "arXiv ids look like 2501.12345 or math/0309136, without version or URL."),
        "E207": _error("invalid DOI", "A DOI begins with `10.`, a registrant number and a slash."),
        "E208": _error(
            "invalid OpenReview id", "The id is the part after `id=` in the URL of the forum: letters, digits, - and _."
        ),
        "E209": _error("invalid ACL Anthology id", "Ids look like 2024.acl-long.12 or P19-1001."),
        "E210": _error(
            "invalid ORCID iD", "An ORCID iD has four groups of four digits. The last character is a checksum."
        ),
        "E211": _error(
            "invalid URL",
            "Links are complete http or https URLs without user names. In `mkdocs.yml`, the host and the port of a URL "
            "must be valid.",
        ),
        "E212": _error("too long", "The value exceeds the length limit of the field."),
        "E213": _error(
            "forbidden character",
            "Invisible, control and direction-changing characters can disguise a text.",
        ),
        "E214": _error("unknown value", "The field accepts only certain values. The message lists them."),
        "E215": _error("empty value", "An empty field has no meaning. Leave the field out."),
        "E216": _error(
            "not in normal form", "Text must be in Unicode normal form NFC, so that equal texts have equal bytes."
        ),
        "E217": _error("invalid language code", "Languages are two-letter codes such as en and de."),
        "E218": _error("invalid ROR id", "ROR ids have nine characters and begin with 0."),
        "E219": _error("invalid year", "A year has four digits and is between 1900 and 2100."),
        "E220": _error("too many values", "The list exceeds the maximum number of values."),
        "E221": _error("reserved id", "The site needs this name for another page or file."),
        "E222": _error("line break in a one-line text", "The field is shown on one line."),
        "E223": _error(
            "family name is not part of the name",
            "Citations put the family name first, so it must be part of the name.",
        ),
        # several records
        "E301": _error("unknown venue", "No file in content/venues lists the edition."),
        "E302": _error("unknown topic", "There is no such file in content/topics."),
        "E303": _error("duplicate id", "An id must be unique in the digest."),
        "E304": _error(
            "duplicate paper (title)", "A paper has one entry: a preprint and its published version are the same paper."
        ),
        "E305": _error("duplicate paper (identifier)", "Two entries share an arXiv, DOI, OpenReview or ACL id."),
        "E306": _error("wrong folder", "The name of the folder must be the entry's venue."),
        "E307": _error("unknown parent topic", "The parent is not in content/topics."),
        "E308": _error("circular topics", "A topic is its own parent, directly or through other topics."),
        "E309": _error("topic, tag or paper listed twice", "A list must not contain duplicates."),
        "E310": _error("no authors", "A paper without authors cannot be found by name or cited."),
        "E311": _error(
            "name claimed twice",
            "Two files of people or institutions list the same name, so it is ambiguous. "
            "An `orcid` or `papers` distinguishes people with one name.",
        ),
        "E312": _error("duplicate edition id", "Two editions have the same id."),
        "E313": _error(
            "duplicate edition URL",
            "Two editions of a venue would have the same URL. "
            "It ends with the year; without a year, with the id; for further editions of a year, with both (`2020-z`).",
        ),
        "E314": _error("alias in use", "The alias is an id or alias of another entry, so its URL would be lost."),
        "E315": _error("topics nested too deeply", "The topic tree has at most three levels."),
        "E316": _error(
            "ORCID iD twice in one paper",
            "An ORCID iD identifies one person, so it can occur only once in an author list.",
        ),
        "E317": _error("contradictory identifiers", "Two identifiers of the entry belong to different papers."),
        "E318": _error("ends before it starts", "The end date of a conference cannot be before its start date."),
        "E319": _error("ORCID iD or ROR id claimed twice", "The identifier belongs to only one person or institution."),
        "E320": _error("published URL lost", "Other sites may link to the page, so its URL must keep working."),
        "E321": _error(
            "invalid line in permalinks.txt", "The file contains one published URL per line, in alphabetical order."
        ),
        "E322": _error(
            "no URL for a page", "The name of a page's file is its URL, and the site uses this URL for another page."
        ),
        "E323": _error("unknown paper", "Collections and people can only list papers of the digest."),
        "E324": _error("unknown institution", "There is no such file in content/institutions."),
        "E325": _error("unknown tag", "There is no such file in content/tags. Tags are a controlled vocabulary."),
        "E326": _error("term defined twice", "Two glossary files define the same term in one language."),
        "E327": _error("two introductions", "A topic can have only one collection of kind start-here."),
        "E328": _error("collection without papers", "A collection needs papers that support its claims."),
        "E329": _error("paper of another person", "A person's file must list only papers of this person."),
        # text that may deceive readers
        "W301": _warning("mixed scripts in a word", "A Cyrillic `а` in `pаper` looks like a Latin one."),
        "W302": _warning("misleading host name", "A link may imitate a well-known site."),
        # authors' names
        "W311": _warning(
            "author listed twice",
            "An author list contains each person only once. If two authors have the same name, give each an `id` or an "
            "`orcid`.",
        ),
        "W312": _warning("name in capitals", "Write names as `Ada Byron`, not in capitals."),
        "W313": _warning("several people in one name", "Each author is found and cited under their own name."),
        "W314": _warning("family name first", "Write the given name first. Citations reverse the order."),
        "W315": _warning("mark in a name", "Footnote marks and digits of the title page are not part of a name."),
        "W316": _warning(
            "placeholder instead of an author",
            "A placeholder such as `Anonymous` would get an author page and be cited as a person.",
        ),
        # names that may belong together
        "W321": _warning(
            "two names, perhaps one person",
            "A person whose name has two spellings has two pages, each with only some of the papers.",
        ),
        "W322": _warning(
            "one ORCID iD, two authors", "An ORCID iD identifies one person, so the two names belong together."
        ),
        "W323": _warning("one author, two ORCID iDs", "Two people share a page, or one of the iDs is wrong."),
        "W324": _warning(
            "two spellings of one institution", "The papers of the institution are spread over several pages."
        ),
        "W325": _warning(
            "two venues, perhaps the same", "A venue with two names has two pages, each with only some of the papers."
        ),
        "W326": _warning("track spelled in two ways", "Readers who filter by track find only some papers."),
        "W327": _warning("another name of a known venue", "Papers of one venue would be listed under two names."),
        "W328": _warning(
            "one name, perhaps two people",
            "Two people with one name share a page. [Namesakes](namesakes.md) explains which names are reported.",
        ),
        # likely duplicates
        "W331": _warning("nearly the same title", "The entry may be a duplicate."),
        "W332": _warning("link of another entry", "The URL belongs to a paper that has its own entry."),
        "W333": _warning("link to another paper", "The URL and the entry's identifier belong to different papers."),
        # links
        "W341": _warning(
            "link without encryption", "An attacker can change pages that are loaded over http. Use https."
        ),
        "W342": _warning("duplicate URL", "Two links have the same URL."),
        "W343": _warning(
            "identifier given as a link",
            "The site creates links and citations from identifiers, and uses them to find duplicates.",
        ),
        "W344": _warning("shortened or tracking link", "The link hides its target, or tracks readers."),
        # days
        "W351": _warning("year and dates disagree", "The year of an edition must be the year in which it takes place."),
        "W352": _warning(
            "date before the entry",
            "The date of a status or a correction cannot be before the date on which the entry was added.",
        ),
        "W353": _warning(
            "published in another year", "The publication date and the edition are years apart. One may be wrong."
        ),
        "W354": _warning("another year in the id", "The id is the BibTeX key, so a wrong year is misleading."),
        # status of a paper
        "W361": _warning("status without a reason", "Readers want to know why and when a paper was withdrawn."),
        "W362": _warning("reason without a status", "The note is shown only beside a status."),
        # lists
        "W371": _warning("duplicate value", "A list needs each value only once."),
        "W372": _warning("topic and its parent", "A paper in a topic is also in the topics above it."),
        "W373": _warning("several values in one", "Write each value on its own line, so that search finds it."),
        # pasted text
        "W381": _warning("HTML in plain text", "Titles and names are plain text: readers would see the code."),
        "W382": _warning("LaTeX in plain text", "Outside `$…$`, readers would see the commands."),
        "W383": _warning("title in capitals", "Titles in capitals are hard to read."),
        "W384": _warning("full stop after the title", "Titles end without a full stop; citations add their own."),
        "W385": _warning("repeated spaces", "Repeated spaces come from line breaks in the source, and break search."),
        "W386": _warning("unsupported formula", "Readers see the LaTeX source instead of the formula."),
        "W387": _warning(
            "unsupported markup",
            "Readers see the markup. Texts support paragraphs, emphasis, code, links, lists and formulas.",
        ),
        "W388": _warning("comment behind a value", "YAML ignores everything after a space and a #."),
        "W389": _warning("wrong encoding", "Readers would see `MÃ¤ntylÃ¤`, and search would find nobody."),
        # files without effect, and pages written by hand
        "W391": _warning("unused name", "No paper uses this name of an author or institution; it may be misspelled."),
        "W392": _warning("page without a heading", "The first line of a page, `# …`, is its title."),
        "W393": _warning("tag without papers", "The page of the tag is empty, and its filter finds nothing."),
        # collections
        "W394": _warning("unusual number of papers", "Picks name up to five papers, an introduction three to five."),
        "W395": _warning("removed or retracted paper", "A collection recommends the paper, or bases a claim on it."),
        "W396": _warning("dead link", "A hand-written page links to a page, file or heading that does not exist."),
        # facts that identifiers contradict
        "W601": _warning("date before the preprint", "The entry and the paper cannot be older than the preprint."),
        "W602": _warning(
            "venue before the preprint", "A preprint precedes its venue, or follows it within about a year."
        ),
        "W603": _warning("DOI of another venue", "The DOI belongs to another venue than the one in the entry."),
        "W604": _warning(
            "many affiliations", "The list may come from an author profile, which includes former institutions."
        ),
        "W605": _warning(
            "title differs from the record",
            "At arXiv, Crossref or another service, the paper with this identifier has another title.",
        ),
        "W606": _warning(
            "copied from the source", "Eight consecutive words of the text are in the source. Use your own words."
        ),
        "W607": _warning("number not in the source", "Each number in a text must be in the source."),
        # the list of subscribers, outside the content
        "E501": _error(
            "invalid line in the list of subscribers",
            "Email to a malformed address is lost or reaches the wrong person.",
        ),
        # style, as content/STYLE.md describes it
        "W401": _warning("text missing", "An entry needs four texts, in each of its languages."),
        "W402": _warning("text too short or too long", "Each text has a minimum and a maximum length."),
        "W403": _warning("number of paragraphs", "A summary has two or three paragraphs: problem, idea and finding."),
        "W404": _warning("stock phrase", "Stock openings, praise and filler tell readers nothing about the paper."),
        "W405": _warning("not one sentence", "The `tldr` must be one sentence with a full stop."),
        "W406": _warning("no verb", "Without a verb, the `tldr` states a subject and not a result."),
        "W407": _warning("unexplained acronym", "Readers from another field cannot guess what the acronym stands for."),
        "W408": _warning(
            "writer not named", "`summary_by` must state who wrote the texts: a person, a model, or both."
        ),
        "W409": _warning("model not named", "`summary_by` must state which model wrote the texts, and when."),
    }
)
