// What the search page says of an answer: its papers, what was not understood, what is chosen, and ways out of nothing.

import { base, element } from "./dom.js";
import { FACETS, written as termWritten } from "./query.js";
import { paper } from "./search-engine.js";
import { hit } from "./search-hits.js";
import { valueName } from "./search-panel.js";
import { countChosen, nothingChosen } from "./search-state.js";
import { say } from "./strings.js";

const PAGE = 10;
const NAMED = 4; // values of a term

function button(text, act, properties = {}) {
  const made = element("button", { type: "button", ...properties }, text);
  made.addEventListener("click", act);
  return made;
}

/** The papers of an answer, a page of them, beginning with number `from`. */
export async function hits({ numbers, used }, from) {
  const papers = await Promise.all(numbers.slice(from, from + PAGE).map(paper));
  return papers.map((data) => hit(data, used));
}

/** What was looked for instead, what narrows, what was not understood, and what is chosen. `acts` is what buttons do. */
export function notes({ text, used, terms, unknown }, { chosen }, acts) {
  const made = [];
  if (used !== text) {
    made.push(element("p", { className: "did-you-mean" }, say("page.instead"), element("strong", {}, used), ". ",
      button(say("page.insist", { words: text }), acts.insist)));
  }
  for (const { facet, out, values } of terms) {
    const shown = values.slice(0, NAMED).map((value) => valueName(facet, value)).join(say("page.or")) + (values.length > NAMED ? " …" : "");
    made.push(element("p", { className: "search-term" }, say(out ? "page.without" : "page.only", { facet: say(`facet.${facet}`), values: shown })));
  }
  for (const term of unknown) {
    made.push(element("p", { className: "search-unknown" }, say("page.unknown", { facet: say(`kind.${term.facet}`), value: term.value }), " ",
      ...term.near.map((value) => button(say("page.perhaps", { value }), () => acts.instead(term, value)))));
  }
  if (countChosen(chosen)) made.push(chips(chosen, acts));
  return made;
}

function chips(chosen, { change, choose }) {
  const made = FACETS.flatMap((name) => ["in", "out"].flatMap((side) => chosen[name][side].map((value) => {
    const shown = say(side === "in" ? "page.only" : "page.without", { facet: say(`facet.${name}`), values: valueName(name, value) });
    return button(`${shown} ×`, () => choose(name, value, ""), { ariaLabel: say("facet.drop", { value: shown }) });
  })));
  const list = element("p", { className: "search-chips" }, ...made,
    button(say("page.clear"), () => change({ chosen: nothingChosen() })));
  list.setAttribute("role", "group");
  list.setAttribute("aria-label", say("page.chosen"));
  return list;
}

/** What stands where no paper was found. */
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
