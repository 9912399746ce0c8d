"""The lists of rules, in the order in which they run. A new rule is a function in a module of this package."""

from collections.abc import Callable, Iterator

from generator.model.catalog import Content
from generator.model.problem import Problem
from generator.rules import (
    authors,
    data_entry,
    days,
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

# A build runs these too; only `digest check` runs ADVICE and STYLE (decision 31).
RULES: tuple[Rule, ...] = (
    records.papers_name_known_venues,
    records.papers_name_known_topics,
    records.topics_form_a_tree,
    papers.papers_have_authors,
    papers.titles_are_unique,
    papers.identifiers_are_unique,
    papers.aliases_are_free,
    records.editions_are_unique,
    records.names_are_claimed_once,
    people.registered_ids_are_unique,
    namesakes.papers_of_people_name_them,
    authors.orcids_are_listed_once,
    links.identifiers_agree,
    days.editions_end_after_they_start,
    permalinks.published_addresses_exist,
    pages.pages_have_an_address,
    editorial.collections_name_known_papers,
    editorial.collections_rest_on_papers,
    editorial.collections_name_known_records,
    editorial.topics_have_one_introduction,
    editorial.papers_name_known_tags,
    editorial.terms_are_explained_once,
    lookalikes.names_use_one_script,
    lookalikes.hosts_are_what_they_seem,
)

ADVICE: tuple[Rule, ...] = (
    duplicates.titles_differ,
    duplicates.institutions_have_one_spelling,
    duplicates.series_have_one_name,
    duplicates.tracks_have_one_spelling,
    people.people_have_one_name,
    people.orcids_name_one_person,
    namesakes.namesakes_are_distinguished,
    people.names_are_in_use,
    authors.authors_are_listed_once,
    authors.names_are_in_natural_order,
    authors.institutions_are_few,
    links.links_name_this_paper,
    links.addresses_are_plain,
    days.days_follow_each_other,
    days.statuses_are_explained,
    identifiers.days_follow_the_preprint,
    identifiers.venues_follow_the_preprint,
    identifiers.dois_are_of_the_venue,
    pasted.plain_text_is_plain,
    pasted.titles_are_titles,
    pasted.formulas_are_understood,
    pasted.prose_uses_the_subset,
    pasted.values_are_listed_once,
    pasted.values_are_single,
    pasted.topics_are_the_nearest,
    pages.pages_have_headings,
    pages.links_of_pages_have_targets,
    editorial.tags_are_in_use,
    editorial.collections_have_their_size,
    editorial.collections_recommend_valid_papers,
    data_entry.texts_are_in_their_encoding,
    data_entry.authors_are_people,
    data_entry.ids_contain_the_year,
    data_entry.series_have_their_usual_name,
    style.texts_follow_their_abstract,
)
"""Warnings for a person to judge. They never stop a build, so a build does not run these rules."""

STYLE: tuple[Rule, ...] = (
    style.texts_are_complete,
    style.texts_have_their_length,
    style.summaries_have_paragraphs,
    style.texts_use_no_stock_phrases,
    style.lines_are_sentences,
    style.acronyms_are_explained,
    style.writers_are_named,
    editorial.collections_are_complete,
    editorial.editors_are_named,
)
"""Rules of style, for writers of texts. A build does not run them."""


def broken_rules(content: Content, rules: tuple[Rule, ...] = RULES) -> Iterator[Problem]:
    """Yield the problems that the rules find, rule by rule."""
    for rule in rules:
        yield from rule(content)
