// Corrects mistyped words. All words of a query are corrected together: the best candidates are those that occur
// together with the other words.

import { option, papersOf, withPapers } from "./search-slots.js";
import { corrections } from "./search-spelling.js";
import { known } from "./search-words.js";

const RARE = 1; // papers; a word in at most this many may be a spelling mistake in the digest itself
const OF_PAPERS = new Set(["award", "awards", "oral", "poster", "spotlight", "survey", "tutorial"]); // kinds of papers: not corrected, even if the digest has none
const OFTEN = 8; // papers; a similar word in at least this many makes a rare one a mistake
const MOST_TRIED = 64; // combinations of candidates
const MOST_WORDS = 5; // words; longer queries are specific enough, so their known words are not corrected
const NAMED = 8; // papers; a paper with all words in title or names counts like as many
const [TOGETHER, ENOUGH] = [0.7, 12]; // the weight of papers that contain the words together, and the number beyond which more add nothing

/** Replace mistyped words in `slots`: a corrected slot searches for `instead` rather than `typed`. */
export async function corrected(slots) {
  const open = await Promise.all(slots.map(candidatesFor));
  if (open.every((one) => one.length < 2) && open.every(([first], at) => first === slots[at])) return otherwise(slots);
  const chosen = likeliest(open);
  return chosen;
}

/** The candidates for a slot: itself, or a slot for each similar word, the most similar first. */
async function candidatesFor(slot) {
  if (slot.out || slot.isGiven || slot.isOpen || !slot.piece || slot.piece.parts.length > 1) return [slot];
  const word = slot.typed;
  if (slot.count > RARE || OF_PAPERS.has(word)) return [slot];
  if (slot.count) {
    const { titles, people } = await known(word);
    if (titles.length || people.length || slot.options.length > 1) return [slot];
  }
  const near = await corrections(word, slot.count ? OFTEN : 1);
  if (slot.count && !near.some(({ cost }) => cost <= 0.8)) return [slot];
  const replacements = await Promise.all(near.map((one) => instead(slot, one)));
  const leads = replacements.filter(({ count }) => count);
  return leads.length ? leads : [slot];
}

/** A slot for a similar word, with its papers. */
async function instead(slot, { words, cost }) {
  const replacement = { ...slot, options: [option(words, 1)], instead: words.join(" "), cost, piece: { parts: words, joined: words.join("") } };
  return withPapers(replacement, await papersOf(replacement));
}

/** Choose one candidate per slot: the combination in most papers, weighed against the cost of corrections. */
function likeliest(open) {
  let tried = [[]];
  for (const candidates of open) {
    tried = tried.flatMap((before) => candidates.map((one) => [...before, one])).slice(0, MOST_TRIED);
  }
  const value = (slots) => TOGETHER * Math.log2(1 + Math.min(ENOUGH, together(slots.filter((slot) => !slot.out))))
    - slots.reduce((sum, { cost = 0 }) => sum + cost, 0);
  return tried.reduce((best, one) => (value(one) > value(best) ? one : best));
}

/** The number of papers with all slots; a paper with all of them in title or names counts three times. */
function together(slots) {
  const [first, ...rest] = [...slots].sort((a, b) => a.papers.size - b.papers.size);
  let count = 0;
  for (const number of first?.papers.keys() ?? []) {
    const all = [first, ...rest].map((slot) => slot.papers.get(number));
    if (all.some((one) => !one)) continue;
    count += all.every(({ places }) => places.title || places.authors) ? NAMED : 1;
  }
  return count;
}

/**
 * If every word is known but no paper has all: replace one word by a similar one if a paper then has all words in its
 * title or names.
 */
async function otherwise(slots) {
  const words = slots.filter((slot) => !slot.out);
  if (words.length < 2 || words.length > MOST_WORDS || together(words) || words.some((slot) => slot.isGiven)) return slots;
  for (const slot of words) {
    if (!slot.piece || slot.piece.parts.length > 1) continue;
    const near = await corrections(slot.typed);
    const replacements = await Promise.all(near.filter(({ cost }) => cost <= 1).map((one) => instead(slot, one)));
    const others = slots.filter((other) => other !== slot && !other.out);
    const best = replacements.map((one) => [one, together([one, ...others])]).sort((a, b) => b[1] - a[1])[0];
    if (best?.[1] >= NAMED) return slots.map((other) => (other === slot ? best[0] : other));
  }
  return slots;
}
