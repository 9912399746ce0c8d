// Two to four papers side by side: a column for each, named in the address (?papers=ID,ID), else the first papers of the
// reading list. Text nodes only.

import { base, element } from "./dom.js";
import { dayName, people, record, title } from "./records.js";
import { listed } from "./reading-list.js";
import { ids } from "./store.js";
import { say } from "./strings.js";

const MOST = 4;
const CODE = ["code", "data", "model", "project"];

function paragraphs(text = "") {
  return text.split(/\n{2,}/u).filter(Boolean).map((part) => element("p", {}, part));
}

function outside(kind, address) {
  return element("a", { href: address, rel: "nofollow" }, kind);
}

/** The rows: what a record says, as nodes; a row in which no paper has anything is left out. */
const ROWS = [
  ["authors", (paper) => people(paper, 3)],
  ["venue", ({ venue }) => [[venue.name, venue.track].filter(Boolean).join(", ")]],
  ["date", ({ published }) => (published ? [dayName(published)] : [])],
  ["tldr", ({ texts }) => paragraphs(texts?.[0]?.tldr_plain ?? texts?.[0]?.tldr)],
  ["summary", ({ texts }) => paragraphs(texts?.[0]?.summary)],
  ["significance", ({ texts }) => paragraphs(texts?.[0]?.significance)],
  ["limitations", ({ texts }) => paragraphs(texts?.[0]?.limitations)],
  ["topics", ({ topics = [] }) => [topics.map(({ name }) => name).join(", ")].filter(Boolean)],
  ["keywords", ({ keywords = [] }) => [keywords.join(", ")].filter(Boolean)],
  ["links", ({ links = {} }) => CODE.filter((kind) => links[kind])
    .flatMap((kind, at) => [at ? ", " : "", outside(say(`compare.${kind}`), links[kind])])],
];

function table(papers) {
  const head = element("tr", {}, element("td"), ...papers.map((paper) => {
    const cell = element("th", {}, title(paper));
    cell.scope = "col";
    return cell;
  }));
  const rows = ROWS.flatMap(([name, cells]) => {
    const found = papers.map(cells);
    if (found.every((nodes) => nodes.length === 0)) return [];
    const label = element("th", {}, say(`compare.${name}`));
    label.scope = "row";
    return [element("tr", {}, label, ...found.map((nodes) => element("td", {}, ...nodes)))];
  });
  return element("div", { className: "compare", tabIndex: 0, role: "region", ariaLabel: say("compare.table") },
    element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows)));
}

export async function comparePage(place) {
  const asked = ids((new URLSearchParams(location.search).get("papers") ?? "").split(","));
  const wanted = (asked.length ? asked : listed().reverse()).slice(0, MOST);
  const found = (await Promise.allSettled(wanted.map(record))).filter((one) => one.status === "fulfilled").map((one) => one.value);
  const notes = [];
  if (found.length < wanted.length) notes.push(element("p", {}, say("list.lost", { count: wanted.length - found.length })));
  if (found.length < 2) {
    const link = element("a", { href: new URL("reading-list/", base).href }, say("compare.list"));
    notes.push(element("p", {}, say("compare.few"), " ", link));
  }
  place.replaceChildren(...notes, ...(found.length ? [table(found)] : []));
  place.dataset.shown = String(found.length);
}
