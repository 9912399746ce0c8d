// Search itself: what was typed to the papers that have it, best first.

import { folded } from "./fold.js";
import { parsed } from "./query.js";
import { data, paper, start } from "./search-data.js";
import { corrected } from "./search-correction.js";
import { identified } from "./search-identifiers.js";
import { byNearness, ranked, scored } from "./search-ranking.js";
import { papersOf, slotsOf, withPapers } from "./search-slots.js";
import { places } from "./search-words.js";

export { data, paper, start } from "./search-data.js";

const [CLOSELY, OF_MANY] = [6, 10]; // papers whose titles are looked at, more of them among many papers
const FEW = 10; // papers with all words, below which those with most words follow
const [LEAST_SHARE, MOST_PARTLY] = [0.25, 50]; // of what the words tell, for papers without all of them; how many of these

/** Fetch what every search needs, so that it is there when the first word is typed. */
export async function prepare() {
  await start(); // the others are fetched by its version
  await Promise.all([data("search/meanings.json"), data("search/places.json")]);
}

/**
 * The papers that have all words of `text`, best first, then those with most of them:
 * `{ numbers, whole, used, lost, why }`. `whole` is how many have all words; `used` is what was searched for if words
 * were mistyped (unless `exact`); `lost` are words that no paper has; `why(number)` says where a paper has the words.
 */
export async function find(text, { exact = false } = {}) {
  const { lengths, papers, topics, isLarge } = await start();
  const { clauses } = parsed(text);
  const nothing = { numbers: [], whole: 0, used: text, lost: [], why: () => [] };
  if (!clauses.length) return text ? nothing : { ...nothing, numbers: [...lengths.keys()], whole: papers };
  const number = await identified(text);
  if (number !== null) return { ...nothing, numbers: [number], whole: 1 };
  const typed = await slotsOf(clauses);
  const slots = exact ? await found(typed) : await corrected(await found(typed));
  const out = new Set(slots.filter((slot) => slot.out).flatMap((slot) => [...slot.papers.keys()]));
  const wanted = slots.filter((slot) => !slot.out);
  const lost = wanted.filter((slot) => !slot.count && !slot.isVague);
  if (!wanted.length) {
    const left = [...lengths.keys()].filter((one) => !out.has(one));
    return { ...nothing, numbers: left, whole: left.length };
  }
  const all = scored(wanted, papers, topics)
    .filter(({ number: one, share }) => share > 0 && !out.has(one));
  const groups = await Promise.all(wanted.filter((slot) => slot.piece && !slot.isVague).map((slot) => placesOf(slot, papers)));
  const used = usedText(text, slots);
  const rank = async (some) => best(ranked(some, groups, lengths), used, isLarge ? OF_MANY : CLOSELY);
  const whole = await rank(all.filter(({ isWhole }) => isWhole));
  const isSingle = wanted.filter((slot) => !slot.isVague).length < 2; // others have it in their topic's description alone
  const mayLack = whole.length < (isSingle ? 1 : FEW) && wanted.every((slot) => !slot.isGiven);
  const rest = mayLack ? all.filter(({ isWhole }) => !isWhole) : [];
  const least = Math.min(LEAST_SHARE, Math.max(0, ...rest.map(({ share }) => share)));
  const partly = await rank(rest.filter(({ share }) => share >= least));
  return {
    numbers: [...whole, ...partly.slice(0, MOST_PARTLY)], whole: whole.length, used, lost: lost.map((slot) => slot.typed),
    why: (one) => wanted.map((slot) => ({ typed: slot.typed, ...slot.papers.get(one) })),
  };
}

function found(slots) {
  return Promise.all(slots.map(async (slot) => withPapers(slot, await papersOf(slot))));
}

function placesOf(slot, papers) {
  const others = slot.options.filter(({ words, field }) => words && !field && words.join(" ") !== slot.piece.parts.join(" ")).map(({ words }) => words);
  return places(slot.piece, others.slice(0, 6), slot.isOpen, papers);
}

/** The text with corrected words in their places. */
function usedText(text, slots) {
  let used = text;
  for (const { typed, instead } of slots) {
    if (instead) used = used.split(/(\s+)/u).map((one) => (folded(one).replace(/[^\p{L}\p{N}]/gu, "") === typed ? instead : one)).join("");
  }
  return used;
}

/** The numbers of `pairs`, the first of them put in order by their titles: those are fetched to be shown anyway. */
async function best(pairs, words, closely) {
  const first = pairs.slice(0, closely);
  const shown = await Promise.all(first.map(([number]) => paper(number)));
  const again = byNearness(first, shown.map(({ meta }) => meta), words);
  return [...again, ...pairs.slice(closely)].map(([number]) => number);
}
