// The search engine: from the text of a query to papers, best first.

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

const [CLOSELY, OF_MANY] = [6, 10]; // papers to rank again by their titles; more in large digests
const MOST_WITH_VAGUE = 4; // words; in longer queries, vague words are not looked up in titles
const MOST_OTHERS = 6; // words of similar meaning to look up in titles
const FEW = 10; // papers; if fewer have all words, papers with most words follow
const [LEAST_SHARE, MOST_PARTLY] = [0.25, 50]; // the least share of the words' weight that a paper must have, and the most papers of this kind

/**
 * Fetch the files for the words of `text` early, while the reader types the next word, or while the files that decide
 * about others are loading. URLs and identifiers need none. Failures are ignored: a search fetches a missing file
 * again.
 */
export async function expect(text) {
  if ((idsIn(text).length && !/^\p{L}+$/u.test(text.trim())) || idsWithin(text).length) return;
  const typed = parsed(text).clauses.flatMap(({ any }) => any.filter(({ field }) => field !== "id")).flatMap((unit) => pieces(unit.text));
  const words = longest(typed, (await start()).isLarge).filter(({ joined }) => !isStop(joined)).map(({ joined }) => joined);
  await Promise.allSettled(words.flatMap((word) => [chunk(stemOf(word)), ...(isVague(word) ? [] : [known(word)])]));
}

/**
 * Find the papers with all words of `text`, best first, then those with most words:
 * `{ numbers, whole, used, lost, why }`.
 *
 * `whole` is the number of papers with all words; `used` is the query after spelling corrections (none if `exact`);
 * `lost` are words that no paper has; `why(number)` says where a paper has the words.
 */
export async function find(text, { exact = false } = {}) {
  const answer = await findAsTyped(text, exact);
  const unquoted = exact || answer.numbers.length ? text : withoutQuotes(text);
  if (unquoted === text) return answer;
  const other = await findAsTyped(unquoted, exact); // the phrase may contain a mistake, or be a citation
  return other.numbers.length ? other : answer;
}

/** Remove the quotes of phrases, except of excluded ones, of those with a field, and of single words. */
function withoutQuotes(text) {
  return parsed(text).text.replace(/(?<!\S)"([^"]*\s[^"]*)"?/gu, "$1").trim();
}

/** Answer `text` as it is written, with the quotes of its phrases. */
async function findAsTyped(text, exact) {
  const { lengths, papers, topics, isLarge } = await start();
  const { clauses } = parsed(text);
  const nothing = { numbers: [], whole: 0, used: text, lost: [], why: () => [] };
  if (!clauses.length) return text ? nothing : { ...nothing, numbers: [...lengths.keys()], whole: papers };
  expect(text);
  const numbers = await allIdentified(text);
  if (numbers.length) return { ...nothing, numbers, whole: numbers.length };
  const typed = await slotsOf(clauses);
  placesOfAll(typed, papers).catch(() => {}); // fetch these files in parallel with those of papers
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
  const isSingle = wanted.filter((slot) => !slot.isVague).length < 2; // other papers have it only in the description of their topic
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

/** The slots with their papers. */
function found(slots) {
  return Promise.all(slots.map(async (slot) => withPapers(slot, await papersOf(slot))));
}

/** The papers with the words of slots in titles or names; with vague words in a short query, as they tell papers of a person apart. */
function placesOfAll(slots, papers) {
  const isShort = slots.length <= MOST_WITH_VAGUE;
  return Promise.all(slots.filter(({ piece, out, isVague: isUnspecific }) => piece && !out && (isShort || !isUnspecific)).map(async ({ piece, options, isOpen, isVague: isUnspecific }) => {
    const others = options.filter(({ words, field }) => words && !field && words.join(" ") !== piece.parts.join(" ")).map(({ words }) => words);
    return { ...await places(piece, others.slice(0, MOST_OTHERS), isOpen, papers), isVague: isUnspecific };
  }));
}

/** The text with its corrections. */
function usedText(text, slots) {
  let used = text;
  for (const { typed, instead } of slots) {
    if (instead) used = used.split(/(\s+)/u).map((one) => (folded(one).replace(/[^\p{L}\p{N}]/gu, "") === typed ? instead : one)).join("");
  }
  return used;
}

/** The numbers of `pairs`, the first ones ranked again by their titles. Their result data is needed anyway. */
async function best(pairs, words, closely) {
  const first = pairs.slice(0, closely);
  const shown = await Promise.all(first.map(([number]) => paper(number)));
  const again = byNearness(first, shown.map(({ meta }) => meta), words);
  return [...again, ...pairs.slice(closely)].map(([number]) => number);
}
