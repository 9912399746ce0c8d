// The comparison page: up to four papers side by side, named in the URL (`?papers=ID,ID`) or the last ones of the
// reading list. Facts come from a paper's record, texts from its page, where formulas are already rendered.

import { element, urlOf } from "./dom.js";
import { authorLinks, dateText, fetchFile, fetchRecord, successes, titleLink } from "./records.js";
import { readingList } from "./reading-list.js";
import { validIds } from "./store.js";
import { say } from "./strings.js";

/** @typedef {(Node | string)[]} Cell */
/** @typedef {PaperRecord & { sections: Map<string, Node[]> }} ComparedPaper a record with the texts of its page, by heading */

const MAX_COLUMNS = 4; // more columns are too narrow to read
const LINKS = ["code", "data", "model", "project"];

/**
 * The rows of facts before and after the texts: the key of the row's heading, and a function from a record to the nodes
 * of a cell. Rows without content are left out.
 * @type {[string, (paper: PaperRecord) => Cell][]}
 */
const FACTS_BEFORE = [
  ["authors", (paper) => authorLinks(paper, 3)],
  ["venue", ({ venue }) => [[venue.name, venue.track].filter(Boolean).join(", ")]],
  ["date", ({ date }) => (date ? [dateText(date)] : [])],
];
/** @type {[string, (paper: PaperRecord) => Cell][]} */
const FACTS_AFTER = [
  ["topics", ({ topics = [] }) => [topics.map(({ name }) => name).join(", ")].filter(Boolean)],
  ["keywords", ({ keywords = [] }) => [keywords.join(", ")].filter(Boolean)],
  ["links", ({ links = {} }) => LINKS.filter((kind) => links[kind])
    .flatMap((kind, index) => [index ? ", " : "", element("a", { href: links[kind], rel: "nofollow" }, say(`compare.${kind}`))])],
];

/** Copies of the texts on a paper's page, by heading; the line about their writer comes last. @param {string} id */
async function sectionsOf(id) {
  const url = urlOf(`papers/${id}/`);
  const page = new DOMParser().parseFromString(await fetchFile(url, "text"), "text/html");
  const version = page.querySelector(".version"); // the texts in the first language, that of the site
  /** @type {Map<string, Node[]>} */
  const sections = new Map();
  /** @param {string} heading @param {Element | null | undefined} source */
  const addSection = (heading, source) => {
    if (!source) return;
    const copy = document.importNode(source, true);
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (copy.querySelectorAll("a[href]"))) {
      link.href = new URL(link.getAttribute("href") ?? "", url).href; // relative to the paper's page
    }
    sections.set(heading, [...copy.childNodes]);
  };
  addSection(say("compare.tldr"), version?.querySelector(".tldr"));
  for (const heading of version?.querySelectorAll("h2") ?? []) addSection(heading.textContent, heading.nextElementSibling);
  addSection(say("compare.writer"), page.querySelector(".disclosure a"));
  return sections;
}

/** A paper's record with its texts. @param {string} id @returns {Promise<ComparedPaper>} */
async function fetchPaper(id) {
  const paper = await fetchRecord(id);
  return { ...paper, sections: await sectionsOf(paper.id) };
}

/** A list with the row of the table; an empty list if all cells are empty. @param {string} label @param {Cell[]} cells */
function tableRow(label, cells) {
  if (cells.every((nodes) => nodes.length === 0)) return [];
  return [element("tr", {}, element("th", { scope: "row" }, label), ...cells.map((nodes) => element("td", {}, ...nodes)))];
}

/** The table: a column for each paper, a row for each fact and text. @param {ComparedPaper[]} papers */
function comparison(papers) {
  const head = element("tr", {}, element("td"), ...papers.map((paper) => element("th", { scope: "col" }, titleLink(paper))));
  /** @param {[string, (paper: PaperRecord) => Cell][]} rows */
  const factRows = (rows) => rows.flatMap(([key, cellOf]) => tableRow(say(`compare.${key}`), papers.map(cellOf)));
  const headings = new Set(papers.flatMap(({ sections }) => [...sections.keys()]));
  const textRows = [...headings].flatMap((heading) => tableRow(heading, papers.map(({ sections }) => sections.get(heading) ?? [])));
  const table = element("table", {}, element("thead", {}, head),
    element("tbody", {}, ...factRows(FACTS_BEFORE), ...textRows, ...factRows(FACTS_AFTER)));
  table.style.setProperty("--papers", String(papers.length));
  // On a narrow screen the table scrolls sideways, also by keyboard.
  return element("div", { className: "compare", tabIndex: 0, role: "region", ariaLabel: say("compare.table") }, table);
}

/** Fill `container` with the comparison, and with messages about papers that could not be loaded. @param {HTMLElement} container */
export async function comparePage(container) {
  const requested = validIds((new URLSearchParams(location.search).get("papers") ?? "").split(","));
  const ids = (requested.length ? requested : readingList().reverse()).slice(0, MAX_COLUMNS);
  container.replaceChildren(element("p", {}, say("list.loading")));
  const papers = await successes(ids.map(fetchPaper));
  const messages = [];
  if (papers.length < ids.length) messages.push(element("p", {}, say("list.failed", { count: ids.length - papers.length })));
  if (papers.length < 2) {
    const link = element("a", { href: urlOf("reading-list/") }, say("compare.list"));
    messages.push(element("p", {}, say("compare.few"), " ", link, "."));
  }
  container.replaceChildren(...messages, ...(papers.length ? [comparison(papers)] : []));
  container.dataset.shown = String(papers.length);
}
