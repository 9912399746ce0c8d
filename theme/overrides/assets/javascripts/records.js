// Records of papers, each fetched once, and their cards, with the same markup as on built pages.

import { base, element, locale } from "./dom.js";
import { has, say } from "./strings.js";

const SHOWN_PEOPLE = 6;
const fetched = new Map();

/** The content of a file of the site, as `kind` ("json" or "text"). */
export async function file(path, kind) {
  const answer = await fetch(new URL(path, base));
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer[kind]();
}

/** The record of a paper, by its current or an earlier id. */
export function record(id) {
  if (!fetched.has(id)) fetched.set(id, file(`papers/${id}/index.json`, "json").catch((error) => { fetched.delete(id); throw error; }));
  return fetched.get(id);
}

/** A link to a page of the site. */
function link(path, text, className = "") {
  return element("a", { href: new URL(path, base).href, className }, text);
}

const FORMS = { 4: { year: "numeric" }, 7: { month: "long", year: "numeric" }, 10: { dateStyle: "long" } }; // by the length of the ISO date

/** A day, month or year in words; invalid dates are returned unchanged. */
export function dayName(day) {
  const date = new Date(`${day}${"-01-01".slice(day.length - 4)}T00:00`);
  return Number.isNaN(date.getTime()) ? day : new Intl.DateTimeFormat(locale, FORMS[day.length]).format(date);
}

/** A link to a paper's page with its title. */
export function title({ id, title: written, title_plain: plain }) {
  return link(`papers/${id}/`, plain ?? written);
}

/** Links to the first `most` authors of a paper, and the number of others. */
export function people({ authors = [] }, most = SHOWN_PEOPLE) {
  const shown = authors.length === most + 1 ? authors.length : most; // not "and 1 more"
  const links = authors.slice(0, shown).flatMap(({ id, name }, index) => [index ? ", " : "", link(`authors/${id}/`, name)]);
  return authors.length > shown ? [...links, " ", say("people.rest", { count: authors.length - shown })] : links;
}

/** The label of a text that a language model wrote, or "". */
function writer({ texts, text_writer: by }) {
  if (!texts?.[0]?.tldr || !by?.kind.startsWith("ai")) return "";
  return say(by.reviewed_by ? "card.reviewed" : "card.ai");
}

/** The badges of a card. */
function marks(paper) {
  const { venue, date = "", topics = [], links = {}, awards = [] } = paper;
  const parts = [element("span", { className: "badge badge-venue" }, venue.name)];
  parts.push(...awards.map((award) => element("span", { className: "badge badge-award" }, award)));
  if (venue.track) parts.push(element("span", { className: "badge badge-track" }, venue.track));
  if (date.length > 4) parts.push(element("time", { className: "badge", dateTime: date }, dayName(date)));
  parts.push(...topics.slice(0, 1).map(({ id, name }) => link(`topics/${id}/`, name, "badge badge-topic")));
  if (links.code) parts.push(element("span", { className: "badge badge-code" }, say("card.code")));
  if (writer(paper)) parts.push(element("span", { className: "badge-ai" }, writer(paper)));
  return parts.flatMap((part, index) => (index ? [" ", part] : [part]));
}

/** Fill a card with a record. Its title is a heading of this level. */
export function fill(card, found, level = 3) {
  const standing = `standing.${found.status}`;
  const text = found.texts?.[0];
  card.replaceChildren(
    element(`h${level}`, { className: "card-title" }, title(found), ...(has(standing) ? [" ", element("strong", { className: "status" }, say(standing))] : [])),
    element("p", { className: "card-authors" }, ...(found.authors?.length ? people(found) : [say("people.none")])),
    element("p", { className: "card-tldr" }, text?.tldr_plain ?? text?.tldr ?? ""),
    element("p", { className: "card-marks" }, ...marks(found)),
  );
  return card;
}

/** The cards of papers; those whose records cannot be fetched are left out. */
export async function cards(papers) {
  const found = await Promise.allSettled(papers.map(record));
  return found.filter((one) => one.status === "fulfilled").map((one) => fill(element("article", { className: "card" }), one.value));
}
