// The first papers of a search, for a box. What narrows a search is fetched only if the query does.

import { find, paper } from "./search-engine.js";
import { parsed } from "./query.js";

/** The first `most` papers that `query` leads to: `{ papers, count, words, changed }`. */
export async function first(query, most) {
  const { text, terms } = parsed(query);
  const found = terms.length ? await narrowed(query) : await find(text);
  return {
    papers: await Promise.all(found.numbers.slice(0, most).map(paper)),
    count: found.numbers.length,
    words: found.used,
    changed: found.used !== text,
  };
}

async function narrowed(query) {
  const [{ answer }, { read }] = await Promise.all([import("./search-answer.js"), import("./search-state.js")]);
  return answer({ ...read(""), query });
}
