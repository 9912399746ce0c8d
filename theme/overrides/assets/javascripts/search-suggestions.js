// The suggestions of a search box: pages and papers.

import { urlOf } from "./dom.js";
import { wordsOf } from "./fold.js";
import { parseQuery } from "./query.js";
import { findPapers, paper } from "./search-engine.js";
import { entities } from "./search-entities.js";
import { pageLabel, paperUrl, summaryLine, titleNodes } from "./search-hits.js";

/** The suggestions for `query`: pages, and at most `limit` papers. @param {string} query @param {number} limit @returns {Promise<Suggestions>} */
export async function suggestions(query, limit) {
  const { text, filters } = parseQuery(query);
  const [pages, result] = await Promise.all([entities(query).catch(() => []), filters.length ? answerFilters(query) : findPapers(text)]);
  const papers = await Promise.all(result.numbers.slice(0, limit).map(paper));
  return {
    items: [...pages.map(pageItem), ...papers.map((data) => paperItem(data, result.usedText))],
    count: result.fullMatchCount || result.numbers.length,
    usedText: result.usedText,
    isChanged: result.usedText !== text && result.numbers.length > 0,
  };
}

/** Answer a query with filters. The scripts for it are loaded on demand. @param {string} query */
async function answerFilters(query) {
  const [{ answer }, { parseState }] = await Promise.all([import("./search-answer.js"), import("./search-state.js")]);
  return answer({ ...parseState(""), query });
}

/** @param {PageMatch} page @returns {Suggestion} */
function pageItem({ kind, name, path, count }) {
  return { href: urlOf(path), className: "drop-page", title: [name], text: pageLabel(kind, count) };
}

/** @param {PaperData} data @param {string} words @returns {Suggestion} */
function paperItem(data, words) {
  const foldedWords = wordsOf(words);
  return { href: paperUrl(data, words), className: "drop-paper", title: titleNodes(data.meta, foldedWords), text: summaryLine(data.meta, foldedWords) };
}
