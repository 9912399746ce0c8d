// The search page: a box, facets and results. Every choice is a new address; Back, a reload and a sent link show the same.

import { base, element } from "./dom.js";
import { answer } from "./search-answer.js";
import { paper } from "./search-engine.js";
import { hit } from "./search-hits.js";
import { facetPanel, valueName } from "./search-panel.js";
import { FACETS, parsed, written as termWritten } from "./query.js";
import { countChosen, nothingChosen, ORDERS, read, withValue, written } from "./search-state.js";
import { say } from "./strings.js";

const PAGE = 10;
const WAIT = 180; // milliseconds without a key before search is asked

function button(text, act, properties = {}) {
  const made = element("button", { type: "button", ...properties }, text);
  made.addEventListener("click", act);
  return made;
}

function build(place, panel) {
  const input = element("input", { type: "search", name: "q", autocomplete: "off", spellcheck: false });
  input.setAttribute("aria-label", say("search.papers"));
  const sort = element("select", {}, ...ORDERS.map((order) => element("option", { value: order }, say(`order.${order}`))));
  sort.setAttribute("aria-label", say("search.order"));
  const count = element("p", { className: "hit-about" });
  count.setAttribute("role", "status");
  const notes = element("div", { className: "search-notes" });
  const hits = element("div", { className: "hits" });
  const more = element("button", { type: "button", hidden: true }, say("page.more"));
  const form = element("form", { className: "search-controls" }, input, sort);
  form.setAttribute("role", "search");
  form.setAttribute("aria-label", say("search.papers"));
  place.replaceChildren(form, element("div", { className: "search-layout" }, panel, element("div", {}, count, notes, hits, more)));
  return { input, sort, count, notes, hits, more, form };
}

export async function searchPage(place) {
  let state = read(location.search);
  let turn = 0;
  let wait = 0;
  const panel = facetPanel((facet, value, side) => change({ chosen: withValue(state.chosen, facet, value, side) }), () => show());
  const parts = build(place, panel.place);

  function change(update, replace = false) {
    state = { ...state, ...update };
    history[replace ? "replaceState" : "pushState"](null, "", written(state) || location.pathname);
    return show();
  }

  async function show() {
    const mine = ++turn;
    if (document.activeElement !== parts.input) parts.input.value = state.query;
    parts.sort.value = state.sort;
    const found = await answer(state, FACETS.filter((name) => panel.isOpen(name)));
    if (mine !== turn) return;
    panel.show(found.counts, state.chosen, countChosen(state.chosen));
    parts.count.textContent = say("page.papers", { count: found.numbers.length });
    parts.count.dataset.count = found.numbers.length;
    parts.notes.replaceChildren(...notes(found));
    parts.hits.replaceChildren(...(found.numbers.length ? [] : [empty(found)]));
    await append(mine, found, 0);
  }

  async function append(mine, { numbers, used }, from) {
    const papers = await Promise.all(numbers.slice(from, from + PAGE).map(paper));
    if (mine !== turn) return;
    const made = papers.map((data) => hit(data, used));
    parts.hits.append(...made);
    parts.hits.dataset.turn = turn;
    parts.more.hidden = from + PAGE >= numbers.length;
    parts.more.onclick = async () => {
      await append(mine, { numbers, used }, from + PAGE);
      parts.hits.children[from + PAGE]?.querySelector("a")?.focus();
    };
  }

  function notes({ text, used, terms, unknown }) {
    const made = [];
    if (used !== text) {
      made.push(element("p", { className: "did-you-mean" }, say("page.instead"), element("strong", {}, used), ". ",
        button(say("page.insist", { words: text }), () => change({ exact: true }))));
    }
    for (const { facet, out, values } of terms) {
      const shown = values.slice(0, 4).map((value) => valueName(facet, value)).join(say("page.or")) + (values.length > 4 ? " …" : "");
      made.push(element("p", { className: "search-term" }, say(out ? "page.without" : "page.only", { facet: say(`facet.${facet}`), values: shown })));
    }
    for (const term of unknown) {
      made.push(element("p", { className: "search-unknown" }, say("page.unknown", { facet: say(`kind.${term.facet}`), value: term.value }), " ",
        ...term.near.map((value) => button(say("page.perhaps", { value }), () => change({ query: instead(term, value) })))));
    }
    if (countChosen(state.chosen)) made.push(chips());
    return made;
  }

  function instead(term, value) {
    const { text, terms } = parsed(state.query);
    const same = (other) => other.facet === term.facet && other.value === term.value && other.out === term.out;
    return [text, ...terms.map((other) => termWritten(same(other) ? { ...term, value } : other))].filter(Boolean).join(" ");
  }

  function chips() {
    const made = FACETS.flatMap((name) => ["in", "out"].flatMap((side) => state.chosen[name][side].map((value) => {
      const shown = say(side === "in" ? "page.only" : "page.without", { facet: say(`facet.${name}`), values: valueName(name, value) });
      return button(`${shown} ×`, () => change({ chosen: withValue(state.chosen, name, value, "") }),
        { ariaLabel: say("facet.drop", { value: shown }) });
    })));
    const list = element("p", { className: "search-chips" }, ...made,
      button(say("page.clear"), () => change({ chosen: nothingChosen() })));
    list.setAttribute("role", "group");
    list.setAttribute("aria-label", say("page.chosen"));
    return list;
  }

  function empty({ text, terms, unfiltered }) {
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

  parts.input.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(() => change({ query: parts.input.value.trim(), exact: false }, true), WAIT);
  });
  parts.sort.addEventListener("change", () => change({ sort: parts.sort.value }));
  parts.form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(wait);
    change({ query: parts.input.value.trim(), exact: false });
  });
  addEventListener("popstate", () => {
    state = read(location.search);
    parts.input.value = state.query;
    show();
  });
  parts.input.value = state.query;
  if (location.search === "") parts.input.focus();
  await show();
}
