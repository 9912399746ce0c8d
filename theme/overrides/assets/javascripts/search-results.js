// The parts of the search page that depend on the answer: hits, notes, selected values, and suggestions if nothing was
// found.

import { base, button, element } from "./dom.js";
import { FACETS, written as termWritten } from "./query.js";
import { paper } from "./search-engine.js";
import { entities } from "./search-entities.js";
import { aboutPlace, hit, kindName } from "./search-hits.js";
import { valueName } from "./search-panel.js";
import { countChosen, nothingChosen } from "./search-state.js";
import { say } from "./strings.js";

export const PAGE = 10;
const NAMED = 4; // values of a term that are named

/** The hits from number `from` up to `to`. A line precedes the first one that lacks some words. */
export async function hits({ numbers, whole, used, why }, from, to = from + PAGE) {
  const papers = await Promise.all(numbers.slice(from, to).map(paper));
  const nodes = papers.map((data, at) => hit(data, used, why(numbers[from + at])));
  if (whole && whole >= from && whole < from + nodes.length) {
    nodes[whole - from].prepend(element("p", { className: "hits-partly" }, say("page.partly")));
  }
  return nodes;
}

/** The number of papers to export: those with all words, if there are any. */
export function citedCount({ numbers, whole }) {
  return whole || numbers.length;
}

/** Download the citations of an answer in its order. The digest's file has them by paper number. */
export async function saveCitations(answer) {
  const numbers = answer.numbers.slice(0, citedCount(answer));
  const [{ file }, { save }] = await Promise.all([import("./records.js"), import("./reading-list-tools.js")]);
  const entries = (await file("papers.bib", "text")).split(/^(?=@)/mu).map((entry) => entry.trim());
  const shown = await Promise.all(numbers.slice(0, PAGE).map(paper));
  const isSame = shown.every(({ url }, at) => entries[numbers[at]]?.includes(`{${url.split("/").at(-2)},`));
  if (!isSame) throw new Error("papers.bib and the index are from different builds");
  save("papers.bib", "application/x-bibtex", `${numbers.map((number) => entries[number]).join("\n\n")}\n`);
}

/** The line with the number of papers. */
export function countLine({ numbers, whole }) {
  const partly = numbers.length - whole;
  if (whole && partly) return say("page.papers.partly", { count: whole, partly });
  return say("page.papers", { count: numbers.length });
}

/** The notes: corrections, filters, and parts that were not understood. `acts` has the actions of buttons. */
export function notes(answer, acts) {
  const { text, used, lost, terms, unknown, wrong, numbers, whole } = answer;
  const nodes = [];
  const note = (className, ...children) => nodes.push(element("p", { className }, ...children));
  if (used !== text && numbers.length) {
    note("did-you-mean", say("page.instead"), element("strong", {}, used), ". ", button(say("page.insist", { words: text }), acts.insist));
  }
  for (const name of wrong) note("search-unknown", say("page.wrong", { field: name }));
  for (const { facet, out, values } of terms) {
    const shown = values.slice(0, NAMED).map((value) => valueName(facet, value)).join(say("page.or")) + (values.length > NAMED ? " …" : "");
    note("search-term", say(out ? "page.without" : "page.only", { facet: say(`facet.${facet}`), values: shown }));
  }
  for (const term of unknown) {
    note("search-unknown", say(term.out ? "page.unknown.out" : "page.unknown", { facet: kindName(term.facet), value: term.value }), " ",
      ...term.near.map((value) => button(say("page.perhaps", { value }), () => acts.instead(term, value))));
  }
  if (lost.length) note("search-lost", say("page.lost", { words: lost.map((word) => `“${word}”`).join(", ") }));
  if (!whole && numbers.length && text) note("search-partly", say("page.most"));
  return nodes;
}

/** The selected values, each with a button that clears it. */
export function chips({ chosen }, { change, choose }) {
  if (!countChosen(chosen)) return [];
  const nodes = FACETS.flatMap((name) => ["in", "out"].flatMap((side) => chosen[name][side].map((value) => {
    const shown = say(side === "in" ? "page.only" : "page.without", { facet: say(`facet.${name}`), values: valueName(name, value) });
    return button(`${shown} ×`, () => choose(name, value, ""), { ariaLabel: say("facet.drop", { value: shown }) });
  })));
  const list = element("p", { className: "search-chips" }, ...nodes,
    button(say("page.clear"), () => change({ chosen: nothingChosen() })));
  list.setAttribute("role", "group");
  list.setAttribute("aria-label", say("page.chosen"));
  return [list];
}

/** Links to pages that match the query, on one line. */
export async function pages({ text }) {
  const found = text ? await entities(text).catch(() => []) : [];
  if (!found.length) return [];
  const links = found.flatMap(({ kind, name, path, count }, at) => [...(at ? [" · "] : []),
    element("a", { href: new URL(path, base).href }, name), ` (${aboutPlace(kind, count)})`]);
  return [element("p", { className: "search-places" }, ...links)];
}

/** The suggestions if no paper was found. */
export function empty({ text, terms, unfiltered }, { change }) {
  const link = (path, key) => element("a", { href: new URL(path, base).href }, say(key));
  const words = text.split(/\s+/u).filter(Boolean);
  const ways = [];
  if (unfiltered) {
    ways.push(button(say("empty.unfiltered", { count: unfiltered }), () => change({ query: text, chosen: nothingChosen() })));
  } else if (words.length > 1) {
    const terse = terms.map(termWritten);
    ways.push(...words.map((word, at) => button(say("empty.word", { word }),
      () => change({ query: [...words.filter((_, other) => other !== at), ...terse].join(" ") }))));
  }
  return element("div", { className: "search-empty" }, element("p", {}, say("empty.none")), element("p", { className: "search-chips" }, ...ways),
    element("p", {}, say("empty.browse"), link("venues/", "browse.venues"), ", ", link("topics/", "browse.topics"),
      say("empty.and"), link("authors/", "browse.authors"), "."));
}
