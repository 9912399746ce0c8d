// Search itself: what was typed to the papers that have it, best first.

import { folded, pieces } from "./fold.js";
import { parsed } from "./query.js";
import { chunk, paper, start } from "./search-data.js";
import { corrected } from "./search-correction.js";
import { allIdentified, idsIn, idsWithin } from "./search-identifiers.js";
import { stemOf } from "./search-index.js";
import { byNearness, ranked, scored } from "./search-ranking.js";
import { longest, papersOf, slotsOf, withPapers } from "./search-slots.js";
import { isStop, isVague, surnames } from "./search-stop.js";
import { known, places } from "./search-words.js";

export { data, paper, start } from "./search-data.js";

const [CLOSELY, OF_MANY] = [6, 10]; // papers whose titles are looked at, more of them among many papers
const MOST_OTHERS = 6; // words of like meaning that are looked for in titles
const FEW = 10; // papers with all words, below which those with most words follow
const [LEAST_SHARE, MOST_PARTLY] = [0.25, 50]; // of what the words tell, for papers without all of them; how many of these

/**
 * Fetch the files that each word of `text` needs: while a reader still types the next word, or while what decides about
 * other files is on its way. Addresses and identifiers need none of them. It never fails: who needs a file asks again.
 */
export async function expect(text) {
  if ((idsIn(text).length && !/^\p{L}+$/u.test(text.trim())) || idsWithin(text).length) return;
  const typed = parsed(text).clauses.flatMap(({ any }) => any.filter(({ field }) => field !== "id")).flatMap((unit) => pieces(unit.text));
  const words = longest(typed).filter(({ joined }) => !isStop(joined)).map(({ joined }) => joined);
  await Promise.allSettled(words.flatMap((word) => [chunk(stemOf(word)), ...(isVague(word) ? [] : [known(word)])]));
}

/**
 * The papers that have all words of `text`, best first, then those with most of them:
 * `{ numbers, whole, used, lost, why }`. `whole` is how many have all words; `used` is what was searched for if words
 * were mistyped (unless `exact`); `lost` are words that no paper has; `why(number)` says where a paper has the words.
 */
export async function find(text, { exact = false } = {}) {
  const answer = await findAsTyped(text, exact);
  const unquoted = exact || answer.numbers.length ? text : withoutQuotes(text);
  if (unquoted === text) return answer;
  const other = await findAsTyped(unquoted, exact); // a phrase with a mistake, or as another paper cites it
  return other.numbers.length ? other : answer;
}

/** A query without the quotes of its phrases, except of those that are left out or belong to a field, and of single words. */
function withoutQuotes(text) {
  return parsed(text).text.replace(/(?<!\S)"([^"]*\s[^"]*)"?/gu, "$1").trim();
}

async function findAsTyped(text, exact) {
  const { lengths, papers, topics, isLarge } = await start();
  const { clauses } = parsed(text);
  const nothing = { numbers: [], whole: 0, used: text, lost: [], why: () => [] };
  if (!clauses.length) return text ? nothing : { ...nothing, numbers: [...lengths.keys()], whole: papers };
  expect(text);
  const numbers = await allIdentified(text);
  if (numbers.length) return { ...nothing, numbers, whole: numbers.length };
  const typed = await slotsOf(clauses);
  placesOfAll(typed, papers).catch(() => {}); // their files are fetched beside those of papers
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
  const names = surnames(text).map((word) => ({ piece: { parts: [word], joined: word }, options: [], isVague: true }));
  const groups = await placesOfAll([...wanted, ...names], papers);
  const used = usedText(text, slots);
  const rank = async (some) => best(ranked(some, groups, lengths), used, isLarge ? OF_MANY : CLOSELY);
  const whole = await rank(all.filter(({ isWhole }) => isWhole));
  const isSingle = wanted.filter((slot) => !slot.isVague).length < 2; // others have it in their topic's description alone
  const given = wanted.filter((slot) => slot.isGiven);
  const mayLack = ({ number: one, isWhole }) => !isWhole && given.every((slot) => slot.papers.get(one)?.isOwn);
  const rest = whole.length < (isSingle ? 1 : FEW) ? all.filter(mayLack) : [];
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

/** In whose title or name the words of slots stand. */
function placesOfAll(slots, papers) {
  return Promise.all(slots.filter(({ piece, out }) => piece && !out).map(async ({ piece, options, isOpen, isVague: isUnspecific }) => {
    const others = options.filter(({ words, field }) => words && !field && words.join(" ") !== piece.parts.join(" ")).map(({ words }) => words);
    return { ...await places(piece, others.slice(0, MOST_OTHERS), isOpen, papers), isVague: isUnspecific };
  }));
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
