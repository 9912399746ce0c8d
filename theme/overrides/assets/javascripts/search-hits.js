// Shows a found paper as the same card as in lists, with matches marked. If the card does not show a match, a line says
// where it is. Creates text nodes and MathML only.

import { base, element, shownPeople, urlOf } from "./dom.js";
import { wordsOf } from "./fold.js";
import { isStop } from "./search-stop.js";
import { hasText, say } from "./strings.js";

/** @typedef {PaperData["meta"]} Meta */

const SHOWN_AUTHORS = 6; // as on built pages
const FEW_AUTHORS = 3; // on a line in a search box
const MIN_STEM_LENGTH = 4;
const MAX_ENDING_LENGTH = 3; // letters by which words with the same stem may differ in length
const MIN_HIGHLIGHTED_LENGTH = 3; // letters; shorter words are not marked on a paper's page
const MAX_REASONS = 2;
const FORMULA_MARK = "\u001f"; // before and after a formula (generator/search/records.py)
const VISIBLE_FIELDS = ["title", "authors", "tldr"]; // fields that a card shows completely
// Other fields of the index (generator/search/records.py): `more` has the significance, limitations and texts in other
// languages, `asked` the phrases of the entry's field `asked_as`, and `scope` the descriptions of the topics.
const FIELDS = ["venue", "topics", "keywords", "institutions", "summary", "more", "asked", "scope"];

/** The URL of a paper's page, with the words to mark there. @param {PaperData} paper @param {string} words */
export function paperUrl({ url }, words) {
  const page = new URL(url.replace(/^\//, ""), base);
  if (page.origin !== location.origin) return base.href; // a manipulated index must not lead to another site
  if (words) page.searchParams.set("h", words);
  return page.href;
}

/** People, venue, writer of the text, and status on one line. @param {Meta} meta @param {string[]} foldedWords */
export function summaryLine({ authors, venue, writer, status }, foldedWords = []) {
  const { names, more } = shownNames(authors, FEW_AUTHORS, foldedWords);
  const line = more ? say("people.more", { people: names.join(", "), count: more }) : names.join(", ");
  return [line, venue, writer, status].filter(Boolean).join(" · ");
}

/** The names in a list of authors. @param {string} [authors] */
function namesOf(authors) {
  return authors ? authors.split(", ") : [];
}

/**
 * The first `limit` of `authors` and those in the query, and the number of others.
 * @param {string | undefined} authors @param {number} limit @param {string[]} foldedWords
 */
function shownNames(authors, limit, foldedWords) {
  const all = namesOf(authors);
  const shown = shownPeople(all.length, limit);
  const names = all.filter((name, index) => index < shown || name.split(" ").some((part) => isMatch(part, foldedWords)));
  return { names, more: all.length - names.length };
}

/** Whether a word is one of `foldedWords`, or differs from one only in its ending. @param {string} word @param {string[]} foldedWords */
function isMatch(word, foldedWords) {
  return wordsOf(word).some((folded) => foldedWords.some((other) => folded === other || differsInEnding(folded, other)));
}

/** Whether two words differ only in their endings. Four letters must be equal, else "Chen" would match "cheaper". @param {string} one @param {string} other */
function differsInEnding(one, other) {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  if (short.length < MIN_STEM_LENGTH || long.length - short.length > MAX_ENDING_LENGTH) return false;
  return long.startsWith(short.length > MIN_STEM_LENGTH ? short.slice(0, -1) : short);
}

/** `text` as nodes, with matches of `foldedWords` marked. @param {string} text @param {string[]} foldedWords */
export function markMatches(text, foldedWords) {
  return text.split(/([\p{L}\p{M}\p{N}]+)/u).filter(Boolean)
    .map((piece) => (/[\p{L}\p{N}]/u.test(piece) && isMatch(piece, foldedWords) ? element("mark", {}, piece) : piece));
}

/** A title as nodes, with matches marked and formulas rendered. @param {Meta} meta @param {string[]} foldedWords @returns {(Node | string)[]} */
export function titleNodes({ title, rich }, foldedWords) {
  if (!rich) return markMatches(title, foldedWords);
  /** @param {string} piece @param {number} index @returns {(Node | string)[]} */
  const nodesOf = (piece, index) => (index % 2 ? formula(piece) : markMatches(piece, foldedWords));
  return rich.split(FORMULA_MARK).flatMap(nodesOf);
}

/** The MathML from the index as a node. The build has cleaned it. @param {string} mathml */
function formula(mathml) {
  const math = new DOMParser().parseFromString(mathml, "text/html").querySelector("math");
  return math ? [document.importNode(math, true)] : [];
}

/** The line with the first authors, each linked to their page if it is known. @param {Meta} meta @param {string[]} foldedWords */
function authorsLine({ authors, people: paths = "" }, foldedWords) {
  const { names, more } = shownNames(authors, SHOWN_AUTHORS, foldedWords);
  const all = namesOf(authors);
  const pages = paths.split(" ").filter(Boolean);
  const nodes = names.flatMap((name, index) => {
    const path = pages[all.indexOf(name)];
    const text = markMatches(name, foldedWords);
    return [...(index ? [", "] : []), ...(path ? [element("a", { href: urlOf(`${path}/`) }, ...text)] : text)];
  });
  if (!names.length) nodes.push(say("hit.unknown"));
  if (more) nodes.push(" ", say("hit.more", { count: more }));
  return element("p", { className: "card-authors" }, ...nodes);
}

/** The badges of a hit. `edition` and `area` are the site paths of the pages of the venue and the topic. @param {Meta} meta */
function badges(meta) {
  /** @type {Node[]} */
  const nodes = [element("a", { className: "badge badge-venue", href: urlOf(`${meta.edition}/`) }, meta.venue)];
  if (meta.track) nodes.push(element("span", { className: "badge badge-track" }, meta.track));
  if (meta.date) nodes.push(element("span", { className: "hit-date" }, meta.date));
  if (meta.topic) nodes.push(element("a", { className: "badge badge-topic", href: urlOf(`${meta.area}/`) }, meta.topic));
  if (meta.code) nodes.push(element("span", { className: "badge badge-code" }, say("hit.code")));
  if (meta.writer) nodes.push(element("span", { className: "badge-ai" }, meta.writer));
  return element("p", { className: "card-badges" }, ...nodes.flatMap((node) => [node, " "]));
}

/** What the card does not show: other forms of typed words, other fields with matches, and missing words; '' for nothing. @param {WordMatch[]} matches */
function reasonLine(matches) {
  const [expanded, hidden, missing] = [[], [], []].map(() => /** @type {string[]} */ ([]));
  for (const { typed, option, positions, isVague, replacement } of matches) {
    if (!positions || !option) {
      if (!isVague) missing.push(`“${typed}”`);
      continue;
    }
    const words = option.words.join(" ");
    if (!VISIBLE_FIELDS.some((field) => positions[field])) {
      const field = FIELDS.find((name) => positions[name]) ?? "summary";
      hidden.push(say("hit.match", { word: words, field: say(`field.${field}`) }));
    } else if (!replacement && option.words.length > 1 && words !== typed.replaceAll("-", " ")) {
      expanded.push(say("hit.expanded", { found: words, typed })); // such as a long form, which is not marked
    }
  }
  const lacks = missing.length ? [say("hit.missing", { words: missing.join(", ") })] : [];
  return [...expanded.slice(0, MAX_REASONS), ...hidden.slice(0, MAX_REASONS), ...lacks].join(" · ");
}

/** A hit on the search page. `matches` say for each word where the paper has it. @param {PaperData} paper @param {string} words @param {WordMatch[]} matches */
export function hit(paper, words, matches = []) {
  const { meta } = paper;
  const foldedWords = [...new Set([...wordsOf(words).filter((word) => !isStop(word)), ...matches.flatMap(({ option }) => option?.words ?? [])])];
  const title = element("h2", { className: "card-title hit-title" }, element("a", { href: paperUrl(paper, words) }, ...titleNodes(meta, foldedWords)));
  if (meta.status) title.append(" ", element("strong", { className: "status" }, meta.status));
  const reasons = reasonLine(matches);
  return element("article", { className: "card hit" }, title, authorsLine(meta, foldedWords),
    ...(meta.tldr ? [element("p", { className: "card-tldr" }, ...markMatches(meta.tldr, foldedWords))] : []),
    ...(reasons ? [element("p", { className: "hit-reason" }, reasons)] : []), badges(meta));
}

/** The kind of a page, and its number of papers if it lists any. @param {string} kind @param {number} count */
export function pageLabel(kind, count) {
  return count ? say("drop.place", { kind: kindName(kind), papers: say("page.papers", { count }) }) : kindName(kind);
}

/** The name of a kind of page. @param {string} kind */
export function kindName(kind) {
  return hasText(`kind.${kind}`) ? say(`kind.${kind}`) : kind;
}

/** Mark the words of the search (`?h=`) on the page that was opened from it. @param {Element} content */
export function markWords(content) {
  const foldedWords = wordsOf(new URLSearchParams(location.search).get("h") ?? "").filter((word) => word.length >= MIN_HIGHLIGHTED_LENGTH);
  if (!foldedWords.length) return;
  const walker = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
  const texts = []; // collected before any is replaced, because the walker would stop at a replaced node
  while (walker.nextNode()) {
    const text = /** @type {Text} */ (walker.currentNode);
    if (!text.parentElement?.closest("math, nav, svg")) texts.push(text);
  }
  for (const text of texts) {
    const nodes = markMatches(text.data, foldedWords);
    if (nodes.some((node) => typeof node !== "string")) text.replaceWith(...nodes);
  }
}
