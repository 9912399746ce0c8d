"""The lists of rules, in the order in which they run.

To add a rule, write it in a module of this package, and add it to one of the lists. Two rules are in no list, because
they need more than the content: `identifiers.titles_are_as_recorded` and `style.texts_follow_their_source`.
"""

from collections.abc import Callable, Iterator

from generator.model.catalog import Content
from generator.model.problem import Problem
from generator.rules import (
    authors,
    data_entry,
    dates,
    duplicates,
    editorial,
    identifiers,
    links,
    lookalikes,
    namesakes,
    pages,
    papers,
    pasted,
    people,
    permalinks,
    records,
    style,
)

Rule = Callable[[Content], Iterator[Problem]]

# `digest check` runs the rules of all three lists; a build runs only these (decision 31). Their problems are errors,
# except for three warnings: W301, W302 and W351.
RULES: tuple[Rule, ...] = (
    records.papers_name_known_venues,
    records.papers_name_known_topics,
    records.topics_form_a_tree,
    papers.papers_have_authors,
    papers.titles_are_unique,
    papers.identifiers_are_unique,
    papers.aliases_are_free,
    records.editions_are_unique,
    records.names_belong_to_one_record,
    people.registered_ids_are_unique,
    namesakes.listed_papers_name_the_person,
    authors.orcids_are_listed_once,
    links.identifiers_agree,
    dates.editions_end_after_they_start,
    permalinks.published_addresses_exist,
    pages.pages_have_an_address,
    editorial.collections_name_known_papers,
    editorial.collections_have_papers,
    editorial.collections_name_known_records,
    editorial.topics_have_one_introduction,
    editorial.papers_name_known_tags,
    editorial.terms_are_explained_once,
    lookalikes.names_use_one_script,
    lookalikes.hosts_are_not_disguised,
)

ADVICE: tuple[Rule, ...] = (
    duplicates.titles_are_dissimilar,
    duplicates.institutions_have_one_spelling,
    duplicates.series_have_one_name,
    duplicates.tracks_have_one_spelling,
    people.people_have_one_name,
    people.orcids_name_one_person,
    namesakes.namesakes_are_distinguished,
    people.names_are_in_use,
    authors.authors_are_listed_once,
    authors.author_names_are_well_formed,
    authors.affiliations_are_few,
    links.links_point_to_this_paper,
    links.addresses_are_plain,
    dates.dates_are_in_order,
    dates.statuses_are_explained,
    identifiers.dates_follow_the_preprint,
    identifiers.venues_follow_the_preprint,
    identifiers.dois_match_the_venue,
    pasted.one_line_texts_have_no_markup,
    pasted.titles_have_usual_form,
    pasted.formulas_can_be_converted,
    pasted.prose_uses_allowed_markdown,
    pasted.values_are_listed_once,
    pasted.keywords_are_single,
    pasted.topics_are_most_specific,
    pages.pages_have_headings,
    pages.links_of_pages_have_targets,
    editorial.tags_are_in_use,
    editorial.collections_have_their_size,
    editorial.collections_recommend_valid_papers,
    data_entry.texts_are_decoded_correctly,
    data_entry.authors_are_people,
    data_entry.years_in_ids_match_the_paper,
    data_entry.series_have_their_usual_name,
    style.texts_follow_their_abstract,
)
"""Rules whose problems are warnings: a person decides. Warnings never stop a build."""

STYLE: tuple[Rule, ...] = (
    style.texts_are_complete,
    style.texts_have_their_length,
    style.summaries_have_paragraphs,
    style.texts_use_no_stock_phrases,
    style.tldrs_are_sentences,
    style.acronyms_are_explained,
    style.writers_are_named,
    editorial.collections_are_complete,
    editorial.editorial_writers_are_named,
)
"""Rules for the style of the digest's own texts. Their problems are warnings too."""


def check_rules(content: Content, rules: tuple[Rule, ...] = RULES) -> Iterator[Problem]:
    """Yield the problems that ``rules`` find in the content, in the order of the rules."""
    for rule in rules:
        yield from rule(content)
