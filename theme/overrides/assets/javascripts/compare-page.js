// The comparison page: up to four papers side by side, named in the URL (`?papers=ID,ID`) or the last ones of the
// reading list. Facts come from a paper's record, texts from its page, where formulas are already rendered.

import { base, element } from "./dom.js";
import { dayName, file, people, record, title } from "./records.js";
import { listed } from "./reading-list.js";
import { ids } from "./store.js";
import { say } from "./strings.js";

const MOST = 4;
const LINKS = ["code", "data", "model", "project"];

/**
 * The rows before and after the texts: each has a name, and a function from a record to the nodes of a cell. Rows
 * without any content are left out.
 */
const BEFORE = [
  ["authors", (paper) => people(paper, 3)],
  ["venue", ({ venue }) => [[venue.name, venue.track].filter(Boolean).join(", ")]],
  ["date", ({ date }) => (date ? [dayName(date)] : [])],
];
const AFTER = [
  ["topics", ({ topics = [] }) => [topics.map(({ name }) => name).join(", ")].filter(Boolean)],
  ["keywords", ({ keywords = [] }) => [keywords.join(", ")].filter(Boolean)],
  ["links", ({ links = {} }) => LINKS.filter((kind) => links[kind])
    .flatMap((kind, index) => [index ? ", " : "", element("a", { href: links[kind], rel: "nofollow" }, say(`compare.${kind}`))])],
];

/** Copies of the texts on a paper's page, by their headings; the line about the writer comes last. */
async function textsOf(id) {
  const address = new URL(`papers/${id}/`, base);
  const page = new DOMParser().parseFromString(await file(address.href, "text"), "text/html");
  const version = page.querySelector(".version");
  const texts = new Map();
  const keep = (name, part) => {
    for (const link of part?.querySelectorAll("a[href]") ?? []) link.href = new URL(link.getAttribute("href"), address).href;
    if (part) texts.set(name, [...document.importNode(part, true).childNodes]);
  };
  keep(say("compare.tldr"), version?.querySelector(".tldr"));
  for (const heading of version?.querySelectorAll("h2") ?? []) keep(heading.textContent, heading.nextElementSibling);
  keep(say("compare.writer"), page.querySelector(".disclosure a"));
  return texts;
}

/** A paper's record, with the texts of its page as `shown`. */
async function paperOf(id) {
  const found = await record(id);
  return { ...found, shown: await textsOf(found.id) };
}

/** A row of the table, or none if all cells are empty. */
function row(label, cells) {
  if (cells.every((nodes) => nodes.length === 0)) return [];
  const head = element("th", {}, label);
  head.scope = "row";
  return [element("tr", {}, head, ...cells.map((nodes) => element("td", {}, ...nodes)))];
}

/** The table: a column for each paper, a row for each fact and text. */
function table(papers) {
  const head = element("tr", {}, element("td"), ...papers.map((paper) => {
    const cell = element("th", {}, title(paper));
    cell.scope = "col";
    return cell;
  }));
  const known = (rows) => rows.flatMap(([name, cells]) => row(say(`compare.${name}`), papers.map(cells)));
  const headings = new Set(papers.flatMap(({ shown }) => [...shown.keys()]));
  const texts = [...headings].flatMap((heading) => row(heading, papers.map(({ shown }) => shown.get(heading) ?? [])));
  const rows = [...known(BEFORE), ...texts, ...known(AFTER)];
  const whole = element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows));
  whole.style.setProperty("--papers", String(papers.length));
  return element("div", { className: "compare", tabIndex: 0, role: "region", ariaLabel: say("compare.table") }, whole);
}

/** Fill `place` with the comparison, and with messages about papers that could not be loaded. */
export async function comparePage(place) {
  const requested = ids((new URLSearchParams(location.search).get("papers") ?? "").split(","));
  const wanted = (requested.length ? requested : listed().reverse()).slice(0, MOST);
  place.replaceChildren(element("p", {}, say("list.wait")));
  const answers = await Promise.allSettled(wanted.map(paperOf));
  const papers = answers.filter((answer) => answer.status === "fulfilled").map((answer) => answer.value);
  const notes = [];
  if (papers.length < wanted.length) notes.push(element("p", {}, say("list.lost", { count: wanted.length - papers.length })));
  if (papers.length < 2) {
    const link = element("a", { href: new URL("reading-list/", base).href }, say("compare.list"));
    notes.push(element("p", {}, say("compare.few"), " ", link, "."));
  }
  place.replaceChildren(...notes, ...(papers.length ? [table(papers)] : []));
  place.dataset.shown = String(papers.length);
}
