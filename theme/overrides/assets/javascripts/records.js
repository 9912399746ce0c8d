// Records of papers, each fetched once, and their cards, with the same markup as on built pages.

import { base, element, locale, shownPeople, urlOf } from "./dom.js";
import { hasText, say } from "./strings.js";

const SHOWN_AUTHORS = 6; // as on built pages
/** @type {Map<string, Promise<PaperRecord>>} */
const records = new Map();

/** The content of a file of the site. @param {string} path @param {"json" | "text"} format @returns {Promise<any>} */
export async function fetchFile(path, format) {
  const response = await fetch(new URL(path, base));
  if (!response.ok) throw new Error(`${response.status}`);
  return response[format]();
}

/** The record of a paper, by its current or an earlier id. @param {string} id @returns {Promise<PaperRecord>} */
export function fetchRecord(id) {
  const record = records.get(id) ?? fetchFile(`papers/${id}/index.json`, "json").catch((error) => {
    records.delete(id); // the next call tries again
    throw error;
  });
  records.set(id, record);
  return record;
}

/** A link to a page of the site. @param {string} path @param {string} text @param {string} className */
function link(path, text, className = "") {
  return element("a", { href: urlOf(path), className }, text);
}

/** The formats of a year, a month and a day, by the length of the ISO date. @type {Record<number, Intl.DateTimeFormatOptions>} */
const DATE_FORMATS = { 4: { year: "numeric" }, 7: { month: "long", year: "numeric" }, 10: { dateStyle: "long" } };

/** A day, month or year in words; invalid dates are returned unchanged. @param {string} iso */
export function dateText(iso) {
  // Month and day are added, and a time, because JavaScript reads a date alone as UTC, the day before in America.
  const date = new Date(`${iso}${"-01-01".slice(iso.length - 4)}T00:00`);
  return Number.isNaN(date.getTime()) ? iso : new Intl.DateTimeFormat(locale, DATE_FORMATS[iso.length]).format(date);
}

/** A link to a paper's page with its title. @param {PaperRecord} paper */
export function titleLink({ id, title, title_plain: plain }) {
  return link(`papers/${id}/`, plain ?? title);
}

/**
 * Links to the first `limit` authors of a paper, and the number of others; a single other author is linked, too.
 * @param {PaperRecord} paper @param {number} limit @returns {(Node | string)[]}
 */
export function authorLinks({ authors = [] }, limit = SHOWN_AUTHORS) {
  const shown = shownPeople(authors.length, limit);
  const links = authors.slice(0, shown).flatMap(({ id, name }, index) => [index ? ", " : "", link(`authors/${id}/`, name)]);
  return authors.length > shown ? [...links, " ", say("people.rest", { count: authors.length - shown })] : links;
}

/** The label of a card whose text a language model wrote, or "". @param {PaperRecord} paper */
function writerLabel({ texts, text_writer: writer }) {
  if (!texts?.[0]?.tldr || !writer?.kind.startsWith("ai")) return "";
  return say(writer.reviewed_by ? "card.reviewed" : "card.ai");
}

/** The badges of a card. @param {PaperRecord} paper */
function badges(paper) {
  const { venue, date = "", topics = [], links = {}, awards = [] } = paper;
  /** @type {Node[]} */
  const nodes = [element("span", { className: "badge badge-venue" }, venue.name)];
  nodes.push(...awards.map((award) => element("span", { className: "badge badge-award" }, award)));
  if (venue.track) nodes.push(element("span", { className: "badge badge-track" }, venue.track));
  if (date.length > 4) nodes.push(element("time", { className: "badge", dateTime: date }, dateText(date))); // a year is part of the venue's badge
  nodes.push(...topics.slice(0, 1).map(({ id, name }) => link(`topics/${id}/`, name, "badge badge-topic")));
  if (links.code) nodes.push(element("span", { className: "badge badge-code" }, say("card.code")));
  if (writerLabel(paper)) nodes.push(element("span", { className: "badge-ai" }, writerLabel(paper)));
  return nodes.flatMap((node, index) => (index ? [" ", node] : [node]));
}

/**
 * Fill a card with a record. Its title is a heading of this level.
 * @param {HTMLElement} card @param {PaperRecord} paper @param {2 | 3} level
 */
export function fillCard(card, paper, level = 3) {
  const status = `standing.${paper.status}`;
  const text = paper.texts?.[0];
  card.replaceChildren(
    element(`h${level}`, { className: "card-title" }, titleLink(paper), ...(hasText(status) ? [" ", element("strong", { className: "status" }, say(status))] : [])),
    element("p", { className: "card-authors" }, ...(paper.authors?.length ? authorLinks(paper) : [say("people.none")])),
    element("p", { className: "card-tldr" }, text?.tldr_plain ?? text?.tldr ?? ""),
    element("p", { className: "card-badges" }, ...badges(paper)),
  );
  return card;
}

/** The values of the promises that succeed. @template T @param {Promise<T>[]} promises */
export async function successes(promises) {
  const results = await Promise.allSettled(promises);
  return results.filter((result) => result.status === "fulfilled").map((result) => result.value);
}

/** The cards of papers; those whose records cannot be fetched are left out. @param {string[]} ids */
export async function fetchCards(ids) {
  return (await successes(ids.map(fetchRecord))).map((paper) => fillCard(element("article", { className: "card" }), paper));
}
