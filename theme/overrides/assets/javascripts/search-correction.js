// Corrects mistyped words. All words of a query are corrected together: the best candidates are those that occur
// together with the other words.

import { option, withPapers } from "./search-slots.js";
import { corrections } from "./search-spelling.js";
import { lookUp } from "./search-words.js";

const RARE = 1; // papers; a word in at most this many may be a spelling mistake in the digest itself
const COMMON = 8; // papers; a similar word in at least this many makes a rare one a mistake
const [MAX_COST, MAX_COST_OF_KNOWN] = [0.8, 1]; // how unlikely a correction of a rare word, or of one of several known words, may be
const PAPER_KINDS = new Set(["award", "awards", "oral", "poster", "spotlight", "survey", "tutorial"]); // not corrected, even if the digest has none
const MAX_COMBINATIONS = 64; // of candidates
const MAX_WORDS = 5; // words; longer queries are specific enough, so their known words are not corrected
const IN_TITLE = 8; // papers; a paper with all words in title or names counts like as many
const [TOGETHER, ENOUGH] = [0.7, 12]; // the weight of papers that contain the words together, and the number beyond which more add nothing

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
    const { titles, people } = await lookUp(word); // titles and names have few mistakes
    if (titles.length || people.length || slot.options.length > 1) return [slot];
  }
  const similar = await corrections(word, slot.count ? COMMON : 1);
  if (slot.count && !similar.some(({ cost }) => cost <= MAX_COST)) return [slot];
  const replacements = await Promise.all(similar.map((correction) => replaced(slot, correction)));
  const known = replacements.filter(({ count }) => count);
  return known.length ? known : [slot];
}

/** A slot for a similar word, with its papers. @param {FoundSlot} slot @param {{ words: string[], cost: number }} correction */
function replaced(slot, { words, cost }) {
  return withPapers({ ...slot, options: [option(words, 1)], replacement: words.join(" "), cost, piece: { parts: words, joined: words.join("") } });
}

/** Choose one candidate per slot: the combination in most papers, weighed against the cost of corrections. @param {FoundSlot[][]} candidates */
function likeliest(candidates) {
  /** @type {FoundSlot[][]} */
  let combinations = [[]];
  for (const slots of candidates) {
    combinations = combinations.flatMap((before) => slots.map((slot) => [...before, slot])).slice(0, MAX_COMBINATIONS);
  }
  /** @param {FoundSlot[]} slots */
  const value = (slots) => TOGETHER * Math.log2(1 + Math.min(ENOUGH, countTogether(slots.filter((slot) => !slot.isExcluded))))
    - slots.reduce((sum, { cost = 0 }) => sum + cost, 0);
  return combinations.reduce((best, slots) => (value(slots) > value(best) ? slots : best));
}

/** The number of papers with all slots; a paper with all of them in title or names counts several times. @param {FoundSlot[]} slots */
function countTogether(slots) {
  const [first] = [...slots].sort((a, b) => a.papers.size - b.papers.size);
  let count = 0;
  for (const number of first?.papers.keys() ?? []) {
    const matches = slots.flatMap((slot) => slot.papers.get(number) ?? []);
    if (matches.length < slots.length) continue;
    count += matches.every(({ positions }) => positions.title || positions.authors) ? IN_TITLE : 1;
  }
  return count;
}

/**
 * If every word is known but no paper has all: replace one word by a similar one if a paper then has all words in its
 * title or names.
 * @param {FoundSlot[]} slots
 */
async function correctKnown(slots) {
  const words = slots.filter((slot) => !slot.isExcluded);
  if (words.length < 2 || words.length > MAX_WORDS || countTogether(words) || words.some((slot) => slot.isExplicit)) return slots;
  for (const slot of words) {
    if (!slot.piece || slot.piece.parts.length > 1) continue;
    const similar = (await corrections(slot.typed)).filter(({ cost }) => cost <= MAX_COST_OF_KNOWN);
    const others = words.filter((other) => other !== slot);
    const counted = (await Promise.all(similar.map((correction) => replaced(slot, correction))))
      .map((replacement) => ({ replacement, count: countTogether([replacement, ...others]) }));
    const [best] = counted.sort((a, b) => b.count - a.count);
    if (best?.count >= IN_TITLE) return slots.map((other) => (other === slot ? best.replacement : other));
  }
  return slots;
}
