"""Entries of BibTeX files: macros, parents, and fields that nothing reads."""

# venues and lists of names stand on one line, as registries write them

from generator.codec.venue_names import VenueResolver
from generator.importers import bibtex
from generator.importers.raw_paper import Options, Parsed
from tests.support.parsed import edition_of, unread

OPTIONS = Options(origin="o")


def test_an_entry_inherits_missing_fields_from_its_parents() -> None:
    parsed = bibtex.read(
        """@inproceedings{a, title = {A}, author = {Okoro, Ngozi}, crossref = {Keel2020}}
@inproceedings{b, title = {B}, xref = {keel2020}}
@article{c, title = {C}, xdata = {jok, none}}
@inproceedings{d, title = {D}, crossref = {d}}
@xdata{jok, journaltitle = {Journal of Kettles}, date = {2014}}
@proceedings{keel2020, title = {Proceedings of the Third Conference on Keels}, year = 2020, editor = {Li, Wei}}
""",
        OPTIONS,
    )
    resolver = VenueResolver([])
    editions = [resolver.edition_id(paper.venue) for paper in parsed.papers]
    assert editions == ["conference-on-keels-2020", "conference-on-keels-2020", "journal-of-kettles-2014", "unrecorded"]
    assert (3, "reference to a missing entry") in unread(parsed)


def test_an_undefined_macro_has_no_text_and_is_reported() -> None:
    parsed = bibtex.read(
        '@string{tides = "Journal of Tides"}\n'
        "@article{a, title = {A}, author = okoro # and # li, journal = IEEE_J_PAMI, year = 2020}\n"
        "@article{b, title = {B}, journal = TIDES, year = 2020}\n",
        OPTIONS,
    )
    assert edition_of(Parsed(parsed.papers[:1])) == "unrecorded-2020"
    assert parsed.papers[0].fields.get("authors") is None
    assert parsed.papers[0].fields["authors_incomplete"] == "true"
    assert edition_of(Parsed(parsed.papers[1:])) == "journal-of-tides-2020"
    assert [note.text for note in parsed.unread if note.line == 2] == ["okoro", "and", "li", "IEEE_J_PAMI"]
