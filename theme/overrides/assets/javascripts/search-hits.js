// How a paper that was found is shown: the card of all lists, with the words marked and, where they do not stand in what
// the card shows, a line that says where they do. Nodes of text and MathML only.

import { base, element } from "./dom.js";
import { wordsOf } from "./fold.js";
import { isStop } from "./search-stop.js";
import { has, say } from "./strings.js";

const SHOWN_PEOPLE = 6;
const FEW_PEOPLE = 3; // of a line in a box
const SHORTEST_STEM = 4;
const LONGEST_ENDING = 3; // letters by which a word may be longer than another of its stem
const SHORTEST_MARKED = 3; // letters of a word that is marked on the page of a paper
const MOST_WHYS = 2;
const MATHS_BETWEEN = "\u001f";
const SEEN = ["title", "authors", "tldr"]; // fields that a card shows whole
const FIELDS = ["venue", "topics", "keywords", "institutions", "summary", "more", "asked", "scope"];

/** The address of a paper's page, with the words to mark there. */
export function address({ url }, words) {
  const page = new URL(url.replace(/^\//, ""), base);
  if (page.origin !== location.origin) return base.href;
  if (words) page.searchParams.set("h", words);
  return page.href;
}

/** People, venue, who wrote the text, and status in one line; a person who was asked for is among those named. */
export function about({ authors, venue, writer, status }, wanted = []) {
  const { names, more } = people(authors, FEW_PEOPLE, wanted);
  const line = more ? say("people.more", { people: names.join(", "), count: more }) : names.join(", ");
  return [line, venue, writer, status].filter(Boolean).join(" · ");
}

/** The first names of `authors` and those that are meant, and how many are left. */
function people(authors, most, wanted) {
  const all = authors ? authors.split(", ") : [];
  const shown = all.length === most + 1 ? all.length : most; // not "and 1 more"
  const names = all.filter((name, number) => number < shown || name.split(" ").some((part) => isMeant(part, wanted)));
  return { names, more: all.length - names.length };
}

/** Whether a word of a text is meant by one of the folded `wanted`: the same, or the same but for its ending. */
function isMeant(word, wanted) {
  return wordsOf(word).some((folded) => wanted.some((other) => folded === other || differsInEnding(folded, other)));
}

/** Whether two words differ in their ending alone. Four letters are kept whole, or "Chen" would be meant by "cheaper". */
function differsInEnding(one, other) {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  if (short.length < SHORTEST_STEM || long.length - short.length > LONGEST_ENDING) return false;
  return long.startsWith(short.length > SHORTEST_STEM ? short.slice(0, -1) : short);
}

/** `text` as nodes, with what is meant by `wanted` marked. */
export function marked(text, wanted) {
  return text.split(/([\p{L}\p{M}\p{N}]+)/u).filter(Boolean)
    .map((piece) => (/[\p{L}\p{N}]/u.test(piece) && isMeant(piece, wanted) ? element("mark", {}, piece) : piece));
}

/** A title as nodes: its words marked, its formulas drawn. */
export function titled({ title, rich }, wanted) {
  if (!rich) return marked(title, wanted);
  return rich.split(MATHS_BETWEEN).flatMap((piece, at) => (at % 2 ? formula(piece) : marked(piece, wanted)));
}

/** The MathML of the index, which the build made, as a node. */
function formula(mathml) {
  const maths = new DOMParser().parseFromString(mathml, "text/html").querySelector("math");
  return maths ? [document.importNode(maths, true)] : [];
}

function link(path, ...children) {
  return element("a", { href: new URL(`${path}/`, base).href }, ...children);
}

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

function marks(meta) {
  const badges = [element("a", { className: "badge badge-venue", href: new URL(`${meta.edition}/`, base).href }, meta.venue)];
  if (meta.track) badges.push(element("span", { className: "badge badge-track" }, meta.track));
  if (meta.date) badges.push(element("span", { className: "hit-date" }, meta.date));
  if (meta.topic) badges.push(element("a", { className: "badge badge-topic", href: new URL(`${meta.area}/`, base).href }, meta.topic));
  if (meta.code) badges.push(element("span", { className: "badge badge-code" }, say("hit.code")));
  if (meta.writer) badges.push(element("span", { className: "badge-ai" }, meta.writer));
  return element("p", { className: "card-marks" }, ...badges.flatMap((one) => [one, " "]));
}

/** Where the words stand that the card does not show, and which it lacks: '' if it shows all. */
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

/** A paper in the list of the search page. `why` says for each word where the paper has it. */
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

/** What is said of a page beside its name: its kind, and its papers if it lists any. */
export function aboutPlace(kind, count) {
  return count ? say("drop.place", { kind: kindName(kind), papers: say("page.papers", { count }) }) : kindName(kind);
}

/** What readers call a kind of page. */
export function kindName(kind) {
  return has(`kind.${kind}`) ? say(`kind.${kind}`) : kind;
}

/** Mark the words that a reader searched for (`?h=`) in the page that was opened. */
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
