// Corrects mistyped words, each in a slot (search-slots.js). All words of a query are corrected together: the best
// candidates occur together with the other words.

import { option, withPapers } from "./search-slots.js";
import { corrections } from "./search-spelling.js";
import { lookUp } from "./search-words.js";

const RARE = 1; // papers; a word in at most this many may be misspelled in the digest itself
const COMMON = 8; // papers; a similar word in at least this many replaces a rare one
const MAX_COST_OF_RARE = 0.8; // a rare word is corrected only if a similar word costs at most this (search-spelling.js)
const MAX_COST_OF_KNOWN = 1; // the greatest cost of a correction of a word that papers have, in a query that no paper matches
const PAPER_KINDS = new Set(["award", "awards", "oral", "poster", "spotlight", "survey", "tutorial"]); // never corrected, even if no paper has them
const MAX_COMBINATIONS = 64; // combinations of candidates
const MAX_WORDS = 5; // words; longer queries are specific, so their known words are not corrected
const TITLE_FACTOR = 8; // a paper with all words in title or names counts as this many papers
const COUNT_WEIGHT = 0.7; // the weight of the number of papers with all words, against the cost of corrections
const MAX_COUNT = 12; // papers with all words; further ones do not count

/** Replace mistyped words in `slots`: a corrected slot searches for its `replacement` rather than `typed`. @param {FoundSlot[]} slots */
export async function correctSlots(slots) {
  const candidates = await Promise.all(slots.map(candidatesFor));
  const isUnchanged = candidates.every(([first, second], index) => first === slots[index] && !second);
  return isUnchanged ? correctKnown(slots) : likeliest(candidates);
}

/** The candidates for a slot: itself, or a slot for each similar word, the most similar first. @param {FoundSlot} slot */
async function candidatesFor(slot) {
  if (slot.isExcluded || slot.isExplicit || slot.isIncomplete || !slot.piece || slot.piece.parts.length > 1) return [slot];
  const word = slot.typed;
  if (slot.count > RARE || PAPER_KINDS.has(word)) return [slot];
  if (slot.count) {
    const { titles, people } = await lookUp(word); // titles and names have few mistakes; a word with further options is known
    if (titles.length || people.length || slot.options.length > 1) return [slot];
  }
  const similar = await corrections(word, slot.count ? COMMON : 1);
  if (slot.count && !similar.some(({ cost }) => cost <= MAX_COST_OF_RARE)) return [slot];
  const replacements = await Promise.all(similar.map((correction) => replacementFor(slot, correction)));
  const known = replacements.filter(({ count }) => count);
  return known.length ? known : [slot];
}

/** A slot for a similar word, with its papers. @param {FoundSlot} slot @param {{ words: string[], cost: number }} correction */
function replacementFor(slot, { words, cost }) {
  return withPapers({ ...slot, options: [option(words, 1)], replacement: words.join(" "), cost, piece: { parts: words, joined: words.join("") } });
}

/** Choose one candidate per slot: the combination in most papers, weighed against the cost of corrections. @param {FoundSlot[][]} candidates */
function likeliest(candidates) {
  /** @type {FoundSlot[][]} */
  let combinations = [[]];
  for (const slots of candidates) {
    combinations = combinations.flatMap((combination) => slots.map((slot) => [...combination, slot])).slice(0, MAX_COMBINATIONS);
  }
  /** @param {FoundSlot[]} slots */
  const score = (slots) => COUNT_WEIGHT * Math.log2(1 + Math.min(MAX_COUNT, countTogether(slots.filter((slot) => !slot.isExcluded))))
    - slots.reduce((sum, { cost = 0 }) => sum + cost, 0);
  return combinations.reduce((best, slots) => (score(slots) > score(best) ? slots : best));
}

/** The number of papers with all slots; one with all in title or names counts as TITLE_FACTOR. @param {FoundSlot[]} slots */
function countTogether(slots) {
  const [first] = [...slots].sort((a, b) => a.papers.size - b.papers.size);
  let count = 0;
  for (const number of first?.papers.keys() ?? []) {
    const matches = slots.flatMap((slot) => slot.papers.get(number) ?? []);
    if (matches.length < slots.length) continue;
    count += matches.every(({ positions }) => positions.title || positions.authors) ? TITLE_FACTOR : 1;
  }
  return count;
}

/**
 * If papers have each word but none has all, replace the first word for which a similar one gives a paper with all words
 * in title or names, or TITLE_FACTOR papers.
 * @param {FoundSlot[]} slots
 */
async function correctKnown(slots) {
  const words = slots.filter((slot) => !slot.isExcluded);
  if (words.length < 2 || words.length > MAX_WORDS || countTogether(words) || words.some((slot) => slot.isExplicit)) return slots;
  for (const slot of words) {
    if (!slot.piece || slot.piece.parts.length > 1) continue;
    const similar = (await corrections(slot.typed)).filter(({ cost }) => cost <= MAX_COST_OF_KNOWN);
    const others = words.filter((other) => other !== slot);
    const counted = (await Promise.all(similar.map((correction) => replacementFor(slot, correction))))
      .map((replacement) => ({ replacement, count: countTogether([replacement, ...others]) }));
    const [best] = counted.sort((a, b) => b.count - a.count);
    if (best?.count >= TITLE_FACTOR) return slots.map((other) => (other === slot ? best.replacement : other));
  }
  return slots;
}
