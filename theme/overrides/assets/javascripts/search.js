// Search with Pagefind: results while typing in the header, and the whole page at /search/.
// Every result is built from text nodes; only Pagefind's excerpt, which it escapes itself, is read as markup.

import { base, element } from "./dom.js";
import { RANKING } from "./search-settings.js";
import { meant } from "./search-words.js";

const form = document.querySelector("[data-search]");
const FACETS = ["venue", "year", "topic", "author", "code"];
const FACET_NAMES = { venue: "Venue", year: "Year", topic: "Topic", author: "Author", code: "Code" };
const PAGE = 20;
let engine = null;

async function pagefind() {
  engine ??= (async () => {
    const loaded = await import(new URL("pagefind/pagefind.js", base));
    await loaded.options({
      baseUrl: base.pathname,
      excerptLength: 30,
      ranking: RANKING,
    });
    await loaded.init();
    return loaded;
  })();
  return engine;
}

function excerpt(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const out = document.createDocumentFragment();
  for (const node of parsed.body.childNodes) {
    out.append(node.nodeName === "MARK" ? element("mark", {}, node.textContent) : node.textContent);
  }
  return out;
}

function address(data, query) {
  const url = new URL(data.url, location.href);
  if (url.origin !== location.origin) return base.href;
  if (query) url.searchParams.set("h", query);
  return url.href;
}

function about(meta) {
  const names = meta.authors ? meta.authors.split(", ") : [];
  const people = names.length > 3 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more` : names.join(", ");
  return [people, meta.venue, meta.status].filter(Boolean).join(" · ");
}

// --- the box in the header -------------------------------------------------------------------------------------

const box = form.querySelector("input");
const drop = form.querySelector(".search-drop");
const status = form.querySelector("[role=status]");
let asked = 0;
let at = -1;

function close() {
  drop.hidden = true;
  at = -1;
}

async function suggest() {
  const query = box.value.trim();
  const mine = ++asked;
  if (query.length < 2) return close();
  let found;
  let used = query;
  try {
    const api = await pagefind();
    used = await meant(base, query);
    if (mine !== asked) return;
    found = await api.debouncedSearch(used, {}, 160);
  } catch {
    drop.replaceChildren(element("p", {}, "The search index could not be loaded."));
    drop.hidden = false;
    return;
  }
  if (found === null || mine !== asked) return;
  const hits = await Promise.all(found.results.slice(0, 6).map((result) => result.data()));
  if (mine !== asked) return;
  drop.replaceChildren(
    ...(used === query ? [] : [element("p", {}, `Showing ${used}`)]),
    ...hits.map((data) => element("a", { href: address(data, used) },
      element("strong", {}, data.meta.title), element("span", {}, about(data.meta)))),
    element("p", {}, found.results.length ? `${found.results.length} papers. Enter shows all.` : "No paper found."),
  );
  status.textContent = found.results.length ? `${found.results.length} papers found` : "No paper found";
  drop.hidden = false;
  at = -1;
}

function move(step) {
  const links = [...drop.querySelectorAll("a")];
  if (!links.length || drop.hidden) return;
  at = Math.max(-1, Math.min(links.length - 1, at + step));
  links.forEach((link, place) => link.classList.toggle("is-at", place === at));
  if (at >= 0) links[at].focus();
  else box.focus();
}

box.addEventListener("input", suggest);
box.addEventListener("focus", () => { pagefind().catch(() => {}); });
form.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown") { event.preventDefault(); move(1); }
  if (event.key === "ArrowUp") { event.preventDefault(); move(-1); }
  if (event.key === "Escape") { close(); box.focus(); }
});
document.addEventListener("click", (event) => { if (!form.contains(event.target)) close(); });
document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? "");
  if ((event.key === "/" && !typing) || (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey))) {
    event.preventDefault();
    box.focus();
    box.select();
  }
});

// --- the search page: all of its state is in the URL -------------------------------------------------------------

const place = document.querySelector("[data-search-page]");

function readState() {
  const parameters = new URLSearchParams(location.search);
  const filters = Object.fromEntries(FACETS.map((name) => [name, parameters.getAll(name)]));
  const sort = parameters.get("sort") === "date" ? "date" : "relevance";
  return { query: parameters.get("q") ?? "", exact: parameters.has("exact"), sort, filters };
}

function writeState(state, replace) {
  const parameters = new URLSearchParams();
  if (state.query) parameters.set("q", state.query);
  for (const name of FACETS) for (const value of state.filters[name]) parameters.append(name, value);
  if (state.sort === "date") parameters.set("sort", "date");
  if (state.exact) parameters.set("exact", "1");
  const search = parameters.toString();
  history[replace ? "replaceState" : "pushState"](null, "", search ? `?${search}` : location.pathname);
}

function buildPage() {
  const input = element("input", { type: "search", name: "q", autocomplete: "off", spellcheck: false });
  input.setAttribute("aria-label", "Search papers");
  const sort = element("select", {}, element("option", { value: "relevance" }, "Most relevant first"),
    element("option", { value: "date" }, "Newest first"));
  sort.setAttribute("aria-label", "Order");
  const count = element("p", { className: "hit-about" });
  count.setAttribute("role", "status");
  const facets = element("div", { className: "facets" });
  const hits = element("div", { className: "hits" });
  const more = element("button", { type: "button", hidden: true }, "Show more");
  const panel = element("form", { className: "search-controls" }, input, sort);
  panel.setAttribute("role", "search");
  place.replaceChildren(panel, element("div", { className: "search-layout" }, facets, element("div", {}, count, hits, more)));
  return { input, sort, count, facets, hits, more, panel };
}

function facet(name, available, totals, chosen, onChange) {
  const values = Object.entries(totals)
    .map(([value, total]) => [value, available[value] ?? 0, total])
    .filter(([value, now]) => now > 0 || chosen.includes(value))
    .sort((a, b) => name === "year" ? b[0].localeCompare(a[0]) : b[1] - a[1] || a[0].localeCompare(b[0]))
    .slice(0, 200);
  const rows = values.map(([value, now]) => {
    const check = element("input", { type: "checkbox", checked: chosen.includes(value), value });
    check.addEventListener("change", () => onChange(value, check.checked));
    const label = { yes: "has code", no: "no code recorded" }[value] ?? value;
    return element("label", {}, check, element("span", {}, label), element("span", {}, String(now)));
  });
  const box = element("details", { className: "facet", open: name !== "author" || chosen.length > 0 },
    element("summary", {}, FACET_NAMES[name]), element("div", { className: "facet-values" }, ...rows));
  box.dataset.facet = name;
  return box;
}

function hit(data, query) {
  return element("article", { className: "hit" },
    element("h2", { className: "hit-title" }, element("a", { href: address(data, query) }, data.meta.title)),
    element("p", { className: "hit-about" }, about(data.meta)),
    element("p", { className: "hit-excerpt" }, query ? excerpt(data.excerpt) : data.meta.tldr ?? ""));
}

async function runPage() {
  const parts = buildPage();
  let state = readState();
  let turn = 0;
  let wait = 0;
  const api = await pagefind();
  const totals = await api.filters();

  async function show() {
    const mine = ++turn;
    parts.input.value !== state.query && (parts.input.value = state.query);
    parts.sort.value = state.sort;
    const filters = Object.fromEntries(FACETS.filter((name) => state.filters[name].length)
      .map((name) => [name, { any: state.filters[name] }]));
    const typed = state.query.trim();
    const used = state.exact ? typed : await meant(base, typed);
    const found = await api.search(used || null,
      { filters, ...(state.sort === "date" || !used ? { sort: { date: "desc" } } : {}) });
    if (mine !== turn) return;
    const results = found.results;
    parts.facets.replaceChildren(...FACETS.map((name) => facet(name, found.filters[name] ?? {}, totals[name] ?? {},
      state.filters[name], (value, on) => {
        const held = state.filters[name].filter((other) => other !== value);
        change({ filters: { ...state.filters, [name]: on ? [...held, value] : held } });
      })));
    parts.count.textContent = results.length === 1 ? "1 paper" : `${results.length} papers`;
    parts.count.dataset.count = results.length;
    parts.hits.replaceChildren();
    if (used !== typed) parts.hits.append(correction(typed, used));
    if (!results.length) parts.hits.append(empty());
    await append(mine, results, 0, used);
  }

  function correction(typed, used) {
    const asWritten = element("button", { type: "button" }, `Search for ${typed} as written`);
    asWritten.addEventListener("click", () => change({ exact: true }));
    return element("p", { className: "did-you-mean" }, "Showing results for ", element("strong", {}, used), ". ", asWritten);
  }

  async function append(mine, results, from, query) {
    const data = await Promise.all(results.slice(from, from + PAGE).map((result) => result.data()));
    if (mine !== turn) return;
    parts.hits.append(...data.map((one) => hit(one, query)));
    parts.hits.dataset.turn = turn;
    parts.more.hidden = from + PAGE >= results.length;
    parts.more.onclick = () => append(mine, results, from + PAGE, query);
  }

  function change(update, replace = false) {
    state = { ...state, ...update };
    writeState(state, replace);
    show();
  }

  parts.input.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(() => change({ query: parts.input.value, exact: false }, true), 200);
  });
  parts.sort.addEventListener("change", () => change({ sort: parts.sort.value }));
  parts.panel.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(wait);
    change({ query: parts.input.value, exact: false });
  });
  addEventListener("popstate", () => { state = readState(); show(); });
  if (location.search === "") parts.input.focus();
  await show();
}

function empty() {
  const link = (path, text) => element("a", { href: new URL(path, base).href }, text);
  return element("p", {}, "No paper has all of this. Try fewer words or fewer filters, or browse ",
    link("venues/", "venues"), ", ", link("topics/", "topics"), " and ", link("authors/", "authors"), ".");
}

if (place) {
  runPage().catch(() => place.replaceChildren(element("p", { className: "notice" }, "The search index could not be loaded.")));
}

// --- the words a reader searched for, marked on the page that was opened ------------------------------------------

function markWords() {
  const words = (new URLSearchParams(location.search).get("h") ?? "").toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [];
  if (!words.length) return;
  const walker = document.createTreeWalker(document.querySelector("#content"), NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest("math, nav")) nodes.push(walker.currentNode);
  for (const node of nodes) {
    const pieces = node.data.split(/([\p{L}\p{N}]+)/u);
    if (!pieces.some((piece) => words.includes(piece.toLowerCase()))) continue;
    node.replaceWith(...pieces.map((piece) => words.includes(piece.toLowerCase()) ? element("mark", {}, piece) : piece));
  }
}

markWords();
