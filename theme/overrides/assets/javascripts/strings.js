// Everything that search says to readers. A table a language; a key with `.one` is used for a count of one.

const TABLE = {
  "search.papers": "Search papers",
  "search.order": "Order",
  "order.relevance": "Most relevant first",
  "order.date": "Newest first",
  "order.title": "By title",
  "status.failed": "The search index could not be loaded.",
  "status.none": "No paper found",
  "status.found": "{count} papers found",
  "status.found.one": "1 paper found",
  "drop.results": "Papers found",
  "drop.showing": "Showing {words}",
  "drop.all": "{count} papers. Enter shows all.",
  "drop.all.one": "1 paper. Enter shows it among all.",
  "drop.none": "No paper found. Enter helps on.",
  "page.papers": "{count} papers",
  "page.papers.one": "1 paper",
  "page.more": "Show more",
  "page.filters": "Filters",
  "page.filters.chosen": "Filters ({count} chosen)",
  "page.chosen": "Chosen filters",
  "page.clear": "Drop all filters",
  "page.instead": "Showing results for ",
  "page.insist": "Search for {words} as written",
  "page.only": "{facet}: {values}",
  "page.without": "Not {facet}: {values}",
  "page.unknown": "No {facet} here is called “{value}”, so that was left aside.",
  "page.perhaps": "Perhaps {value}",
  "page.or": " or ",
  "empty.none": "No paper has all of this.",
  "empty.unfiltered": "Drop all filters: {count} papers",
  "empty.unfiltered.one": "Drop all filters: 1 paper",
  "empty.word": "Without “{word}”",
  "empty.browse": "Or browse ",
  "empty.and": " and ",
  "browse.venues": "venues",
  "browse.topics": "topics",
  "browse.authors": "authors",
  "people.more": "{people} and {count} more",
  "facet.edition": "Edition",
  "facet.venue": "Venue",
  "facet.year": "Year",
  "facet.topic": "Topic",
  "facet.track": "Track",
  "facet.author": "Author",
  "facet.institution": "Institution",
  "facet.code": "Code",
  "facet.award": "Award",
  "facet.limits": "Limits",
  "value.code.yes": "has code",
  "value.code.no": "no code recorded",
  "value.award.yes": "has an award",
  "value.award.no": "no award recorded",
  "value.limits.yes": "says its limits",
  "value.limits.no": "limits not stated",
  "facet.find": "Find in {facet}",
  "facet.leave": "Leave out {value}",
  "facet.left": "Left out: {value}. Take back",
  "facet.drop": "Drop the filter {value}",
  "facet.rest": "{count} more: type above to find them",
  "facet.rest.one": "1 more: type above to find it",
  "facet.wait": "Loading …",
};
const plural = new Intl.PluralRules("en");

/** What stands under `key`, with `{name}` replaced by the value of that name. */
export function say(key, values = {}) {
  const one = values.count !== undefined && plural.select(values.count) === "one" ? TABLE[`${key}.one`] : undefined;
  return (one ?? TABLE[key]).replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

/** Whether there is anything under `key`. */
export function has(key) {
  return Object.hasOwn(TABLE, key);
}
