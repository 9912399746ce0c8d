// The search engine: from the text of a query to slots (search-slots.js) and papers, best first.

import { folded, pieces } from "./fold.js";
import { parseQuery } from "./query.js";
import { chunk, paper, searchIndex } from "./search-data.js";
import { correctSlots } from "./search-correction.js";
import { idsIn, idsWithin, papersWithIds } from "./search-identifiers.js";
import { stemOf } from "./search-index.js";
import { rank, rankByTitles, scorePapers } from "./search-ranking.js";
import { longestPieces, slotsOf, withPapers } from "./search-slots.js";
import { isStop, isVague, surnames } from "./search-stop.js";
import { lookUp, titleMatch } from "./search-words.js";

export { fetchData, paper, searchIndex } from "./search-data.js";

const [MAX_RERANKED, MAX_RERANKED_IN_LARGE] = [6, 10]; // papers to rank again by their titles, the second for large digests
const MAX_WORDS_WITH_VAGUE = 4; // words; in longer queries, vague words are not looked up in titles
const MAX_ALTERNATIVES = 6; // words of similar meaning to look up in titles
const FEW = 10; // papers; if fewer have all words, papers with most words follow
const MIN_SHARE = 0.25; // the least share of the words' weight in papers with most words
const MAX_PARTIAL = 50; // papers with most words

/**
 * Fetch the files of the words of `text` early: while the reader types the next word, or before a search requests them.
 * URLs and identifiers need no files. Failures are ignored: a search fetches a missing file again.
 * @param {string} text
 */
export async function prefetch(text) {
  if ((idsIn(text).length && !/^\p{L}+$/u.test(text.trim())) || idsWithin(text).length) return;
  const typed = parseQuery(text).clauses.flatMap(({ units }) => units.filter(({ field }) => field !== "id")).flatMap((unit) => pieces(unit.text));
  const words = longestPieces(typed, (await searchIndex()).isLarge).filter(({ joined }) => !isStop(joined)).map(({ joined }) => joined);
  await Promise.allSettled(words.flatMap((word) => [chunk(stemOf(word)), ...(isVague(word) ? [] : [lookUp(word)])]));
}

/**
 * Find the papers with all words of `text`, best first, then those with most words. With `exact`, spelling is not
 * corrected, and phrases must occur as they are quoted.
 * @param {string} text @param {{ exact?: boolean }} options @returns {Promise<FoundPapers>}
 */
export async function findPapers(text, { exact = false } = {}) {
  const result = await findAsTyped(text, exact);
  const unquoted = exact || result.numbers.length ? text : withoutQuotes(text);
  if (unquoted === text) return result;
  const other = await findAsTyped(unquoted, exact); // no paper has the phrase: it may be misspelled, or quoted from a paper's text
  return other.numbers.length ? other : result;
}

/** Remove the quotes of phrases, except of excluded ones, of those with a field, and of single words. @param {string} text */
function withoutQuotes(text) {
  return parseQuery(text).text.replace(/(?<!\S)"([^"]*\s[^"]*)"?/gu, "$1").trim();
}

/** Search for `text` as it is written, with the quotes of its phrases. @param {string} text @param {boolean} exact @returns {Promise<FoundPapers>} */
async function findAsTyped(text, exact) {
  const { lengths, paperCount, topics } = await searchIndex();
  const { clauses } = parseQuery(text);
  const empty = { numbers: [], fullMatchCount: 0, usedText: text, missingWords: [], matchesIn: () => [] };
  /** @param {number[]} numbers */
  const unranked = (numbers) => ({ ...empty, numbers, fullMatchCount: numbers.length });
  if (!clauses.length) return text ? empty : unranked([...lengths.keys()]);
  prefetch(text);
  const identified = await papersWithIds(text);
  if (identified.length) return unranked(identified);
  const typedSlots = await slotsOf(clauses);
  titleMatches(typedSlots, paperCount).catch(() => {}); // fetch these files in parallel with those of papers
  const foundSlots = await Promise.all(typedSlots.map(withPapers));
  const slots = exact ? foundSlots : await correctSlots(foundSlots);
  const excluded = new Set(slots.filter((slot) => slot.isExcluded).flatMap((slot) => [...slot.papers.keys()]));
  const included = slots.filter((slot) => !slot.isExcluded);
  if (!included.length) return unranked([...lengths.keys()].filter((number) => !excluded.has(number)));
  const scores = scorePapers(included, paperCount, topics).filter(({ number, share }) => share > 0 && !excluded.has(number));
  const usedText = corrected(text, slots);
  const { fullMatches, partialMatches } = await rankAll(scores, included, usedText);
  return {
    numbers: [...fullMatches, ...partialMatches], fullMatchCount: fullMatches.length, usedText,
    missingWords: included.filter((slot) => !slot.count && !slot.isVague).map((slot) => slot.typed),
    matchesIn: (number) => included.map(({ typed, papers, isVague, replacement }) => ({ typed, isVague, replacement, ...papers.get(number) })),
  };
}

/**
 * Rank the papers with all words, and, if they are few, those with most words, which must have every phrase and every
 * word in a field.
 * @param {Score[]} scores @param {FoundSlot[]} slots @param {string} text
 */
async function rankAll(scores, slots, text) {
  const { lengths, paperCount, isLarge } = await searchIndex();
  const names = surnames(text).map((word) => ({ typed: word, piece: { parts: [word], joined: word }, options: [], isVague: true }));
  const matches = await titleMatches([...slots, ...names], paperCount);
  /** @param {Score[]} selected */
  const ranked = async (selected) => rankFirst(rank(selected, matches, lengths), text, isLarge ? MAX_RERANKED_IN_LARGE : MAX_RERANKED);
  const fullMatches = await ranked(scores.filter(({ hasAllWords }) => hasAllWords));
  const isSingle = slots.filter((slot) => !slot.isVague).length < 2; // papers without the word only share its topic
  const explicit = slots.filter((slot) => slot.isExplicit);
  /** @param {Score} score */
  const isPartial = ({ number, hasAllWords }) => !hasAllWords && explicit.every((slot) => slot.papers.get(number)?.isInPaper);
  const rest = fullMatches.length < (isSingle ? 1 : FEW) ? scores.filter(isPartial) : [];
  const minShare = Math.min(MIN_SHARE, rest.reduce((greatest, { share }) => Math.max(greatest, share), 0));
  const partialMatches = await ranked(rest.filter(({ share }) => share >= minShare));
  return { fullMatches, partialMatches: partialMatches.slice(0, MAX_PARTIAL) };
}

/**
 * The matches of slots in titles and names. Vague words are included in short queries, where they distinguish papers of
 * a person.
 * @param {Slot[]} slots @param {number} paperCount
 */
function titleMatches(slots, paperCount) {
  const isShort = slots.length <= MAX_WORDS_WITH_VAGUE;
  return Promise.all(slots.filter((slot) => !slot.isExcluded && (isShort || !slot.isVague)).flatMap(({ piece, options, isIncomplete = false, isVague }) => {
    if (!piece) return [];
    const others = options.filter(({ words, field }) => !field && words.join(" ") !== piece.parts.join(" ")).map(({ words }) => words);
    return [titleMatch(piece, others.slice(0, MAX_ALTERNATIVES), isIncomplete, paperCount).then((match) => ({ ...match, isVague }))];
  }));
}

/** The text with its corrections. @param {string} text @param {Slot[]} slots */
function corrected(text, slots) {
  let result = text;
  for (const { typed, replacement } of slots) {
    if (!replacement) continue;
    result = result.split(/(\s+)/u).map((word) => (folded(word).replace(/[^\p{L}\p{N}]/gu, "") === typed ? replacement : word)).join("");
  }
  return result;
}

/**
 * The numbers of ranked papers, the first `count` ranked again by their titles. The page shows these first, so it
 * needs their data anyway.
 * @param {Ranked[]} ranked @param {string} words @param {number} count
 */
async function rankFirst(ranked, words, count) {
  const first = ranked.slice(0, count);
  const data = await Promise.all(first.map(([number]) => paper(number)));
  const reranked = rankByTitles(first, data.map(({ meta }) => meta), words);
  return [...reranked, ...ranked.slice(count)].map(([number]) => number);
}
