// Ranks papers. BM25F (https://doi.org/10.1145/1031171.1031181) scores the words in each field. To find a known paper,
// readers type words of its title and authors, so exact matches there raise it. The best papers are ranked again by how
// near and in which order their titles have the words, and by typed family names. Pure functions. A slot is one thing that
// a paper should contain, such as a word (search-slots.js). Papers need not contain vague words (search-stop.js).
// Measure a change of weights with `make search-quality`.

import { wordsOf } from "./fold.js";

/**
 * The weight of a word in each field of a search record (`_record` in generator/search/records.py): `asked` are phrases
 * that readers may type, `scope` the descriptions of topics, and `more` the other texts. It grows with the logarithm of
 * the number of occurrences. @type {Record<string, number>}
 */
const FIELD_WEIGHTS = { title: 12, keywords: 5, tldr: 4, topics: 5, scope: 2.5, asked: 4, venue: 6, authors: 5, institutions: 3, more: 0.3, summary: 1.2 };
const SATURATION = 9; // the sum of field weights that gives a fit of 0.5
const MAX_OCCURRENCES = 3; // occurrences of a word in a field; further ones do not count
const FULL_FIT = 0.5; // a paper with this fit or more covers a word
const VAGUE_FACTOR = 0.5; // for the weight of a vague word
const PAIR_WEIGHT = 0.6; // the weight of two typed words that are near
const MAX_GAP = 4; // words; the largest distance of near words
/** How much nearness counts in each field. @type {Record<string, number>} */
const PAIR_FIELDS = { title: 1, asked: 1, keywords: 1, tldr: 0.8, summary: 0.5, scope: 0.3 };
export const WEIGHTS = {
  score: 3, coverage: 2, allWords: 0.8, titleShare: 1, head: 2, // of `rank`; a head is the name before a title's colon
  inflected: 0.4, completed: 0.85, meaning: 0.6, // exactness of other forms of a word in titles and names
  near: 3, order: 0.6, backwards: 0.1, family: 0.3, firstAuthor: 0.05, // of `rankByTitles`
};
/** How much the topics of the best papers raise other papers of these topics, and the number of best papers. */
const TOPICS = { lift: 0.3, best: 12 };

/** The fit of a word at `positions`, from 0 to 1. @param {Positions} positions */
export function fit(positions) {
  let sum = 0;
  for (const [field, inField] of Object.entries(positions)) sum += FIELD_WEIGHTS[field] * (1 + Math.log(Math.min(inField.length, MAX_OCCURRENCES)));
  return sum / (sum + SATURATION);
}

/** The inverse document frequency of a word that `count` of `paperCount` papers contain. @param {number} count @param {number} paperCount */
function inverseFrequency(count, paperCount) {
  return Math.log(1 + (paperCount - count + 0.5) / (count + 0.5));
}

/**
 * Score the papers of a query, unordered. `hasAllWords` ignores vague words.
 * @param {FoundSlot[]} slots @param {number} paperCount @param {string[][]} topics the topics of each paper by its number
 * @returns {Score[]}
 */
export function scorePapers(slots, paperCount, topics = []) {
  const weights = slots.map((slot) => (slot.count ? inverseFrequency(slot.count, paperCount) * (slot.isVague ? VAGUE_FACTOR : 1) : 0));
  const total = weights.reduce((sum, weight, index) => sum + (slots[index].isVague ? 0 : weight), 0) || 1;
  const needed = slots.filter((slot) => !slot.isVague).length;
  // Of the words of a paper: `count`, their `share` of all weights, and `coverage`, the share reduced by a low fit.
  /** @type {Map<number, { number: number, score: number, count: number, share: number, coverage: number }>} */
  const sums = new Map();
  for (const [index, slot] of slots.entries()) {
    for (const [number, { fit, isInPaper }] of slot.papers) {
      const paper = sums.get(number) ?? { number, score: 0, count: 0, share: 0, coverage: 0 };
      paper.score += weights[index] * fit;
      if (!slot.isVague) {
        paper.share += weights[index] / total;
        paper.coverage += (weights[index] / total) * Math.min(1, fit / FULL_FIT);
      }
      if (!slot.isVague && isInPaper) paper.count++; // not if only the description of its topic has the word
      sums.set(number, paper);
    }
  }
  for (const paper of sums.values()) {
    for (const [index, slot] of slots.entries()) {
      const next = slots[index + 1];
      if (next) paper.score += PAIR_WEIGHT * Math.min(weights[index], weights[index + 1]) * closeness(slot.papers.get(paper.number), next.papers.get(paper.number));
    }
  }
  return liftByTopic([...sums.values()].map(({ number, score, count, share, coverage }) =>
    ({ number, score: (score / total) * coverage, hasAllWords: count === needed, share })), topics);
}

/**
 * Raise papers that share a topic with the best ones: the topics of the first results show what a query is about
 * (pseudo-relevance feedback, Rocchio).
 * @param {Score[]} papers @param {string[][]} topics
 */
function liftByTopic(papers, topics) {
  if (!topics.length || !papers.length) return papers;
  const best = [...papers].sort((a, b) => b.score - a.score || a.number - b.number).slice(0, TOPICS.best);
  const total = best.reduce((sum, { score }) => sum + score, 0) || 1;
  /** @type {Map<string, number>} */
  const shares = new Map();
  for (const { number, score } of best) for (const topic of new Set(topics[number])) shares.set(topic, (shares.get(topic) ?? 0) + score / total);
  return papers.map((paper) => {
    const share = Math.max(...topics[paper.number].map((topic) => shares.get(topic) ?? 0));
    return { ...paper, score: paper.score + TOPICS.lift * best[0].score * share };
  });
}

/** How near two words are in the field where they are nearest, from 0 to 1. @param {Match} [first] @param {Match} [second] */
function closeness(first, second) {
  if (!first || !second) return 0;
  let best = 0;
  for (const [field, positions] of Object.entries(first.positions)) {
    const others = second.positions[field];
    if (!others || !(field in PAIR_FIELDS)) continue;
    for (const position of positions) for (const other of others) {
      const gap = Math.abs(other - position); // 0 for parts of a hyphenated word
      if (gap <= MAX_GAP) best = Math.max(best, PAIR_FIELDS[field] / Math.max(1, gap));
    }
  }
  return best;
}

/** Add to the value of a key. @param {Map<number, number>} sums @param {number} key @param {number} value */
function addTo(sums, key, value) {
  sums.set(key, (sums.get(key) ?? 0) + value);
}

/**
 * Rank scored papers by their titles and names, best first.
 * @param {Pick<Score, "number" | "score">[]} papers @param {TitleMatch[]} matches of each typed word
 * @param {number[]} lengths the numbers of words in titles
 */
export function rank(papers, matches, lengths) {
  const needed = matches.filter((match) => !match.isVague);
  const total = needed.reduce((sum, { weight }) => sum + weight, 0) || 1;
  // By paper: the share of the words' weight in title and names, the number of words there, and of words in the title.
  const [coverage, count, inTitle] = [0, 0, 0].map(() => /** @type {Map<number, number>} */ (new Map()));
  /** @param {TitleMatch} match @param {number} number */
  const exactness = ({ titles, people }, number) => Math.max(titles.get(number) ?? 0, people.get(number) ?? 0);
  for (const match of needed) {
    for (const number of new Set([...match.titles.keys(), ...match.people.keys()])) {
      addTo(coverage, number, (exactness(match, number) * match.weight) / total);
      addTo(count, number, 1);
      if (match.titles.has(number)) addTo(inTitle, number, 1);
    }
    if (needed.length === 1) for (const number of match.heads) addTo(coverage, number, WEIGHTS.head); // the query "dada" for "DaDa: …"
  }
  // Beside a person's name, a vague word distinguishes the papers of this person by their titles.
  const byPerson = new Set(matches.flatMap(({ people }) => [...people.keys()]));
  for (const match of matches.filter(({ isVague }) => isVague)) {
    for (const number of byPerson) addTo(coverage, number, (VAGUE_FACTOR * exactness(match, number) * match.weight) / total);
  }
  const bestScore = Math.max(...papers.map(({ score }) => score), 1e-9); // not 0, as scores are divided by it
  return sortByScore(papers.map(({ number, score }) => {
    const hasAll = needed.length > 0 && count.get(number) === needed.length;
    const titleShare = hasAll ? Math.min(1, (inTitle.get(number) ?? 0) / (lengths[number] || 1)) : 0;
    return [number, (WEIGHTS.score * score) / bestScore + WEIGHTS.coverage * (coverage.get(number) ?? 0) + (hasAll ? WEIGHTS.allWords : 0) + WEIGHTS.titleShare * titleShare];
  }));
}

/**
 * Rank the best papers again by their result data: readers remember the order of a title's words and skip few, and they
 * type family names.
 * @param {Ranked[]} best @param {Pick<PaperData["meta"], "title" | "authors">[]} data @param {string} typed
 */
export function rankByTitles(best, data, typed) {
  const words = wordsOf(typed);
  return sortByScore(best.map(([number, score], index) => {
    const title = wordsOf(data[index].title);
    const families = (data[index].authors ?? "").split(", ").map((name) => wordsOf(name).at(-1));
    const authors = words.filter((word) => !title.includes(word)).map((word) => families.indexOf(word)).filter((author) => author >= 0);
    const byAuthor = authors.length ? WEIGHTS.family + (authors.includes(0) ? WEIGHTS.firstAuthor : 0) : 0;
    return [number, score + WEIGHTS.near * nearness(words, title) + byAuthor];
  }));
}

/**
 * How near each typed word is to the previous one in a title, from 0 to 1; less if the order is reversed.
 * @param {string[]} typed @param {string[]} title
 */
function nearness(typed, title) {
  const positions = typed.map((word) => [...title.keys()].filter((index) => title[index] === word));
  /** @param {number} before @param {number} position */
  const step = (before, position) => (position > before
    ? WEIGHTS.order + (1 - WEIGHTS.order) / (position - before)
    : WEIGHTS.backwards / (before - position || Infinity));
  const steps = positions.slice(1).map((current, index) =>
    Math.max(0, ...current.flatMap((position) => positions[index].map((before) => step(before, position)))));
  return steps.length ? steps.reduce((sum, value) => sum + value) / steps.length : 0;
}

/** Sort papers by score; among equals, the newest first. @param {Ranked[]} papers */
function sortByScore(papers) {
  return papers.sort(([a, first], [b, second]) => second - first || a - b);
}
