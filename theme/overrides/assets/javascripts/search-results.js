// The parts of the search page that depend on the answer: hits, notes, selected values, and suggestions if nothing was
// found.

import { button, element, urlOf } from "./dom.js";
import { FACETS, formatFilter } from "./query.js";
import { paper } from "./search-engine.js";
import { entities } from "./search-entities.js";
import { hit, kindName, pageLabel } from "./search-hits.js";
import { valueName } from "./search-panel.js";
import { countChosen, nothingChosen } from "./search-state.js";
import { say } from "./strings.js";

export const PAGE_SIZE = 10; // hits; before a query, the page lists as many papers (generator/pages/front.py)
const MAX_NAMED = 4; // values of a filter

/**
 * The hits from number `from` up to `to`. A line precedes the first one that lacks some words.
 * @param {Answer} answer @param {number} from @param {number} to
 */
export async function hits({ numbers, fullMatchCount, usedText, matchesIn }, from, to = from + PAGE_SIZE) {
  const papers = await Promise.all(numbers.slice(from, to).map(paper));
  const nodes = papers.map((data, index) => hit(data, usedText, matchesIn(numbers[from + index])));
  if (fullMatchCount && fullMatchCount >= from && fullMatchCount < from + nodes.length) {
    nodes[fullMatchCount - from].prepend(element("p", { className: "hits-partly" }, say("page.partial")));
  }
  return nodes;
}

/** The number of papers to cite: those with all words, or all if none has all words. @param {Answer} answer */
export function citedCount({ numbers, fullMatchCount }) {
  return fullMatchCount || numbers.length;
}

/** Download the citations of an answer in its order. In `papers.bib`, they are ordered by the papers' numbers. @param {Answer} answer */
export async function downloadCitations(answer) {
  const numbers = answer.numbers.slice(0, citedCount(answer));
  const [{ fetchFile }, { download }] = await Promise.all([import("./records.js"), import("./reading-list-tools.js")]);
  /** @type {string[]} */
  const entries = (await fetchFile("papers.bib", "text")).split(/^(?=@)/mu).map((/** @type {string} */ entry) => entry.trim());
  const shown = await Promise.all(numbers.slice(0, PAGE_SIZE).map(paper));
  // If another build was published after the index was loaded, numbers are those of other papers.
  const isSame = shown.every(({ url }, index) => entries[numbers[index]]?.includes(`{${url.split("/").at(-2)},`));
  if (!isSame) throw new Error("papers.bib and the index are from different builds");
  download("papers.bib", "application/x-bibtex", `${numbers.map((number) => entries[number]).join("\n\n")}\n`);
}

/** The line with the number of papers. @param {Answer} answer */
export function countLine({ numbers, fullMatchCount }) {
  const partly = numbers.length - fullMatchCount;
  if (fullMatchCount && partly) return say("page.papers.partial", { count: fullMatchCount, partly });
  return say("page.papers", { count: numbers.length });
}

/** The notes: corrections, filters, and parts that were not understood. @param {Answer} answer @param {SearchActions} actions */
export function notes(answer, actions) {
  const { text, usedText, missingWords, filters, unknownFilters, unknownFields, numbers, fullMatchCount } = answer;
  /** @type {Node[]} */
  const nodes = [];
  /** @param {string} className @param {(Node | string)[]} children */
  const note = (className, ...children) => nodes.push(element("p", { className }, ...children));
  if (usedText !== text && numbers.length) {
    note("did-you-mean", say("page.corrected"), element("strong", {}, usedText), ". ", button(say("page.exact", { words: text }), actions.searchExactly));
  }
  for (const name of unknownFields) note("search-unknown", say("page.field", { field: name }));
  for (const { facet, isExcluded, values } of filters) {
    const names = values.slice(0, MAX_NAMED).map((value) => valueName(facet, value)).join(say("page.or")) + (values.length > MAX_NAMED ? " …" : "");
    note("search-filter", say(isExcluded ? "page.excluded" : "page.included", { facet: say(`facet.${facet}`), values: names }));
  }
  for (const filter of unknownFilters) {
    note("search-unknown", say(filter.isExcluded ? "page.unknown.excluded" : "page.unknown", { facet: kindName(filter.facet), value: filter.value }), " ",
      ...filter.similar.map((value) => button(say("page.suggest", { value }), () => actions.replaceFilter(filter, value))));
  }
  if (missingWords.length) note("search-missing", say("page.missing", { words: missingWords.map((word) => `“${word}”`).join(", ") }));
  if (!fullMatchCount && numbers.length && text) note("search-partly", say("page.none"));
  return nodes;
}

/** The selected values, each with a button that clears it. @param {SearchState} state @param {SearchActions} actions */
export function chips({ chosen }, { change, choose }) {
  if (!countChosen(chosen)) return [];
  const nodes = FACETS.flatMap((name) => (/** @type {const} */ (["in", "out"])).flatMap((mode) => chosen[name][mode].map((value) => {
    const label = say(mode === "in" ? "page.included" : "page.excluded", { facet: say(`facet.${name}`), values: valueName(name, value) });
    return button(`${label} ×`, () => choose(name, value, ""), { ariaLabel: say("facet.clear", { value: label }) });
  })));
  const list = element("p", { className: "search-chips" }, ...nodes,
    button(say("page.clear"), () => change({ chosen: nothingChosen() })));
  list.setAttribute("role", "group");
  list.setAttribute("aria-label", say("page.chosen"));
  return [list];
}

/** Links to pages that match the query, on one line. @param {Answer} answer */
export async function pageLinks({ text }) {
  const pages = text ? await entities(text).catch(() => []) : []; // without links, the hits are still shown
  if (!pages.length) return [];
  const links = pages.flatMap(({ kind, name, path, count }, index) => [...(index ? [" · "] : []),
    element("a", { href: urlOf(path) }, name), ` (${pageLabel(kind, count)})`]);
  return [element("p", { className: "entity-links" }, ...links)];
}

/** The suggestions if no paper was found. @param {Answer} answer @param {SearchActions} actions */
export function noHits({ text, filters, unfilteredCount }, { change }) {
  /** @param {string} path @param {string} key */
  const link = (path, key) => element("a", { href: urlOf(path) }, say(key));
  const words = text.split(/\s+/u).filter(Boolean);
  const buttons = [];
  if (unfilteredCount) {
    buttons.push(button(say("empty.unfiltered", { count: unfilteredCount }), () => change({ query: text, chosen: nothingChosen() })));
  } else if (words.length > 1) {
    const typedFilters = filters.map(formatFilter);
    buttons.push(...words.map((word, index) => button(say("empty.word", { word }),
      () => change({ query: [...words.filter((_, other) => other !== index), ...typedFilters].join(" ") }))));
  }
  return element("div", { className: "search-empty" }, element("p", {}, say("empty.none")), element("p", { className: "search-chips" }, ...buttons),
    element("p", {}, say("empty.browse"), link("venues/", "browse.venues"), ", ", link("topics/", "browse.topics"),
      say("empty.and"), link("authors/", "browse.authors"), "."));
}
