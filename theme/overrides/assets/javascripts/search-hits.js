// How a paper that was found is shown: its place, its people, and where the words stand in its text. Text nodes only.

import { base, element } from "./dom.js";
import { wordsOf } from "./fold.js";
import { say } from "./strings.js";

const SHOWN_PEOPLE = 3;
const AROUND = 30; // words of an excerpt
const SHORTEST_STEM = 4;

/** The address of a paper's page, with the words to mark there. */
export function address({ url }, words) {
  const found = new URL(url.replace(/^\//, ""), base);
  if (found.origin !== location.origin) return base.href;
  if (words) found.searchParams.set("h", words);
  return found.href;
}

/** People, venue and status in one line. */
export function about({ authors, venue, status }) {
  const names = authors ? authors.split(", ") : [];
  const people = names.length > SHOWN_PEOPLE
    ? say("people.more", { people: names.slice(0, SHOWN_PEOPLE).join(", "), count: names.length - SHOWN_PEOPLE })
    : names.join(", ");
  return [people, venue, status].filter(Boolean).join(" · ");
}

/** Whether a word of a text is meant by one of the folded `wanted`: the same, or the same but for its ending. */
function isMeant(word, wanted) {
  return wordsOf(word).some((folded) => wanted.some((one) => folded === one || (one.length >= SHORTEST_STEM
    && folded.length >= SHORTEST_STEM && Math.abs(folded.length - one.length) <= 3
    && (folded.startsWith(one.slice(0, -1)) || one.startsWith(folded.slice(0, -1))))));
}

/** `text` as nodes, with what is meant by `wanted` marked. */
export function marked(text, wanted) {
  return text.split(/([\p{L}\p{M}\p{N}]+)/u).filter(Boolean)
    .map((piece) => (/[\p{L}\p{N}]/u.test(piece) && isMeant(piece, wanted) ? element("mark", {}, piece) : piece));
}

/** The stretch of `content` with most of the words, marked; it begins after what stands above it on the page. */
function excerpt({ content, meta }, wanted) {
  const text = content.startsWith(meta.title) ? content.slice(meta.title.length) : content;
  const words = text.replace(meta.authors ?? "", "").split(/\s+/u).filter(Boolean);
  const hits = words.map((word) => (isMeant(word, wanted) ? 1 : 0));
  let best = 0;
  let most = 0;
  let held = 0;
  for (const [at, hit] of hits.entries()) {
    held += hit - (at >= AROUND ? hits[at - AROUND] : 0);
    if (held > most) [most, best] = [held, Math.max(0, at - AROUND + 1)];
  }
  if (!most) return marked(meta.tldr ?? "", wanted);
  const first = Math.min(Math.max(0, hits.indexOf(1, best) - 5), Math.max(0, words.length - AROUND));
  const stretch = words.slice(first, first + AROUND).join(" ");
  return marked(`${first ? "… " : ""}${stretch}${first + AROUND < words.length ? " …" : ""}`, wanted);
}

/** A paper in the list of the search page. */
export function hit(data, words) {
  const wanted = wordsOf(words);
  return element("article", { className: "hit" },
    element("h2", { className: "hit-title" }, element("a", { href: address(data, words) }, ...marked(data.meta.title, wanted))),
    element("p", { className: "hit-about" }, about(data.meta)),
    element("p", { className: "hit-excerpt" }, ...(wanted.length ? excerpt(data, wanted) : [data.meta.tldr ?? ""])));
}
