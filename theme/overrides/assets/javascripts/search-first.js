// The first answers of a search, for a box: pages of people, venues and topics, then papers. What narrows a search is
// fetched only if the query does.

import { find, paper } from "./search-engine.js";
import { entities } from "./search-entities.js";
import { parsed } from "./query.js";

/** What `query` leads to first: `{ places, papers, count, words, changed }`, at most `most` papers. */
export async function first(query, most) {
  const { text, terms } = parsed(query);
  const [places, found] = await Promise.all([entities(query).catch(() => []), terms.length ? narrowed(query) : find(text)]);
  return {
    places,
    papers: await Promise.all(found.numbers.slice(0, most).map(paper)),
    count: found.whole || found.numbers.length,
    words: found.used,
    changed: found.used !== text && found.numbers.length > 0,
  };
}

async function narrowed(query) {
  const [{ answer }, { read }] = await Promise.all([import("./search-answer.js"), import("./search-state.js")]);
  return answer({ ...read(""), query });
}
