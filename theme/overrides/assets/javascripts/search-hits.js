// Shows a found paper as the same card as in lists, with matches marked. If the card does not show a match, a line says
// where it is. Creates text nodes and MathML only.

import { base, element } from "./dom.js";
import { wordsOf } from "./fold.js";
import { isStop } from "./search-stop.js";
import { has, say } from "./strings.js";

const SHOWN_PEOPLE = 6;
const FEW_PEOPLE = 3; // people on a line in a search box
const SHORTEST_STEM = 4;
const LONGEST_ENDING = 3; // letters by which a word may be longer than another one with the same stem
const SHORTEST_MARKED = 3; // letters; shorter words are not marked on a paper's page
const MOST_WHYS = 2;
const MATHS_BETWEEN = "\u001f";
const SEEN = ["title", "authors", "tldr"]; // fields that a card shows completely
const FIELDS = ["venue", "topics", "keywords", "institutions", "summary", "more", "asked", "scope"];

/** The URL of a paper's page, with the words to mark there. */
export function address({ url }, words) {
  const page = new URL(url.replace(/^\//, ""), base);
  if (page.origin !== location.origin) return base.href;
  if (words) page.searchParams.set("h", words);
  return page.href;
}

/** People, venue, writer of the text, and status on one line. People in the query are always named. */
export function about({ authors, venue, writer, status }, wanted = []) {
  const { names, more } = people(authors, FEW_PEOPLE, wanted);
  const line = more ? say("people.more", { people: names.join(", "), count: more }) : names.join(", ");
  return [line, venue, writer, status].filter(Boolean).join(" · ");
}

/** The first `most` of `authors` and those in the query, and the number of others. */
function people(authors, most, wanted) {
  const all = authors ? authors.split(", ") : [];
  const shown = all.length === most + 1 ? all.length : most; // not "and 1 more"
  const names = all.filter((name, number) => number < shown || name.split(" ").some((part) => isMeant(part, wanted)));
  return { names, more: all.length - names.length };
}

/** Whether a word matches one of the folded `wanted`: equal, or with another ending. */
function isMeant(word, wanted) {
  return wordsOf(word).some((folded) => wanted.some((other) => folded === other || differsInEnding(folded, other)));
}

/** Whether two words differ only in their endings. Four letters must be equal, else "Chen" would match "cheaper". */
function differsInEnding(one, other) {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  if (short.length < SHORTEST_STEM || long.length - short.length > LONGEST_ENDING) return false;
  return long.startsWith(short.length > SHORTEST_STEM ? short.slice(0, -1) : short);
}

/** `text` as nodes, with matches of `wanted` marked. */
export function marked(text, wanted) {
  return text.split(/([\p{L}\p{M}\p{N}]+)/u).filter(Boolean)
    .map((piece) => (/[\p{L}\p{N}]/u.test(piece) && isMeant(piece, wanted) ? element("mark", {}, piece) : piece));
}

/** A title as nodes, with matches marked and formulas rendered. */
export function titled({ title, rich }, wanted) {
  if (!rich) return marked(title, wanted);
  return rich.split(MATHS_BETWEEN).flatMap((piece, at) => (at % 2 ? formula(piece) : marked(piece, wanted)));
}

/** The MathML from the index as a node. The build has cleaned it. */
function formula(mathml) {
  const maths = new DOMParser().parseFromString(mathml, "text/html").querySelector("math");
  return maths ? [document.importNode(maths, true)] : [];
}

/** A link to a page of the site. */
function link(path, ...children) {
  return element("a", { href: new URL(`${path}/`, base).href }, ...children);
}

/** The line with the first authors, each linked to their page if it is known. */
function authorsLine({ authors, people: places = "" }, wanted) {
  const { names, more } = people(authors, SHOWN_PEOPLE, wanted);
  const all = authors ? authors.split(", ") : [];
  const linked = places.split(" ").filter(Boolean);
  const nodes = names.flatMap((name, at) => {
    const path = linked[all.indexOf(name)];
    const shown = marked(name, wanted);
    return [...(at ? [", "] : []), ...(path ? [link(path, ...shown)] : shown)];
  });
  if (!names.length) nodes.push(say("hit.nobody"));
  if (more) nodes.push(" ", say("hit.more", { count: more }));
  return element("p", { className: "card-authors" }, ...nodes);
}

/** The badges of a hit. */
function marks(meta) {
  const badges = [element("a", { className: "badge badge-venue", href: new URL(`${meta.edition}/`, base).href }, meta.venue)];
  if (meta.track) badges.push(element("span", { className: "badge badge-track" }, meta.track));
  if (meta.date) badges.push(element("span", { className: "hit-date" }, meta.date));
  if (meta.topic) badges.push(element("a", { className: "badge badge-topic", href: new URL(`${meta.area}/`, base).href }, meta.topic));
  if (meta.code) badges.push(element("span", { className: "badge badge-code" }, say("hit.code")));
  if (meta.writer) badges.push(element("span", { className: "badge-ai" }, meta.writer));
  return element("p", { className: "card-marks" }, ...badges.flatMap((one) => [one, " "]));
}

/** Where the matches are that the card does not show, and which words are missing; '' if the card shows all. */
export function whyLine(why) {
  const missing = why.filter(({ places, isVague }) => !places && !isVague).map(({ typed }) => typed);
  const said = why.filter(({ places }) => places && !SEEN.some((field) => places[field])).slice(0, MOST_WHYS).map(({ typed, option, places }) => {
    const field = FIELDS.find((name) => places[name]) ?? "summary";
    return say("hit.why", { word: option?.words?.join(" ") ?? typed, field: say(`field.${field}`) });
  });
  const others = why.filter(({ places, option, typed, instead }) => places && !instead && option?.words?.length > 1 && SEEN.some((field) => places[field])
    && option.words.join(" ") !== typed.replaceAll("-", " ")).slice(0, MOST_WHYS).map(({ typed, option }) => say("hit.for", { found: option.words.join(" "), typed }));
  const lacks = missing.length ? [say("hit.lacks", { words: missing.map((word) => `“${word}”`).join(", ") })] : [];
  return [...others, ...said, ...lacks].join(" · ");
}

/** A hit on the search page. `why` says for each word where the paper has it. */
export function hit(data, words, why = []) {
  const { meta } = data;
  const wanted = [...new Set([...wordsOf(words).filter((word) => !isStop(word)), ...why.flatMap(({ option }) => option?.words ?? [])])];
  const title = element("h2", { className: "card-title hit-title" }, element("a", { href: address(data, words) }, ...titled(meta, wanted)));
  if (meta.status) title.append(" ", element("strong", { className: "status" }, meta.status));
  const reason = whyLine(why);
  return element("article", { className: "card hit" }, title, authorsLine(meta, wanted),
    ...(meta.tldr ? [element("p", { className: "card-tldr" }, ...marked(meta.tldr, wanted))] : []),
    ...(reason ? [element("p", { className: "hit-why" }, reason)] : []), marks(meta));
}

/** The kind of a page, and its number of papers if it lists any. */
export function aboutPlace(kind, count) {
  return count ? say("drop.place", { kind: kindName(kind), papers: say("page.papers", { count }) }) : kindName(kind);
}

/** The name of a kind of page. */
export function kindName(kind) {
  return has(`kind.${kind}`) ? say(`kind.${kind}`) : kind;
}

/** Mark the words of the search (`?h=`) on the page that was opened from it. */
export function markWords(place) {
  const wanted = wordsOf(new URLSearchParams(location.search).get("h") ?? "").filter((word) => word.length >= SHORTEST_MARKED);
  if (!wanted.length) return;
  const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) {
    const text = /** @type {Text} */ (walker.currentNode);
    if (!text.parentElement.closest("math, nav, svg")) texts.push(text);
  }
  for (const text of texts) {
    const nodes = marked(text.data, wanted);
    if (nodes.some((node) => typeof node !== "string")) text.replaceWith(...nodes);
  }
}
