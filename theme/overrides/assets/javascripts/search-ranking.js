// Ranks papers. BM25F scores the words in each field. Readers who look for a known paper type words of its title and
// people, so exact matches there raise a paper. The best papers are ranked again by how near and in which order their
// titles have the words, and among equals by the first author. Pure functions.

import { wordsOf } from "./fold.js";

/** The weight of a word in each field. It grows with the logarithm of the number of occurrences. */
export const FIELD_WEIGHTS = { title: 12, keywords: 5, tldr: 4, topics: 5, scope: 2.5, asked: 4, venue: 6, authors: 5, institutions: 3, more: 0.3, summary: 1.2 };
const [SATURATION, MOST_COUNTED] = [9, 3];
const FULL = 0.5; // a fit above this does not increase the coverage of the query
const VAGUE = 0.5; // the factor for the weight of a vague word
const [PAIR, NEAR] = [0.6, 4]; // the weight of adjacent words, and the largest distance
const PAIR_FIELDS = { title: 1, asked: 1, keywords: 1, tldr: 0.8, summary: 0.5, scope: 0.3 };
export const WEIGHTS = { found: 3, covered: 2, all: 0.8, whole: 1, head: 2, inflected: 0.4, begun: 0.85, meant: 0.6, near: 3, order: 0.6, backwards: 0.1, family: 0.3, first: 0.05 };

/** The fit of a word at `places` (`{ field: [places] }`), from 0 to 1. */
export function fit(places) {
  let sum = 0;
  for (const [field, at] of Object.entries(places)) sum += FIELD_WEIGHTS[field] * (1 + Math.log(Math.min(at.length, MOST_COUNTED)));
  return sum / (sum + SATURATION);
}

/** The weight of a word by the number of papers that contain it (inverse document frequency). */
export function telling(count, papers) {
  return Math.log(1 + (papers - count + 0.5) / (count + 0.5));
}

/** How much the topics of the best papers raise other papers of these topics, and the number of best papers. */
export const TOPICS = { lift: 0.3, best: 12 };

/**
 * Score the papers of a query: `[{ number, score, isWhole, share }]`, unordered.
 * Each slot is `{ papers, count, isVague }`: a map from numbers to `{ fits, places, isOwn }`, and the number of papers
 * that have the word themselves, not only in the description of their topic. `isWhole` is true for papers that have all
 * words that are not vague, `share` is the share of the words' weight that the paper or its topic has.
 */
export function scored(slots, papers, topics = []) {
  const weights = slots.map((slot) => (slot.count ? telling(slot.count, papers) * (slot.isVague ? VAGUE : 1) : 0));
  const total = weights.reduce((sum, weight, at) => sum + (slots[at].isVague ? 0 : weight), 0) || 1;
  const needed = slots.filter((slot) => !slot.isVague).length;
  const found = new Map();
  for (const [at, slot] of slots.entries()) {
    for (const [number, { fits, isOwn }] of slot.papers) {
      const one = found.get(number) ?? { number, score: 0, count: 0, share: 0, cover: 0 };
      one.score += weights[at] * fits;
      if (!slot.isVague) {
        one.share += weights[at] / total;
        one.cover += (weights[at] / total) * Math.min(1, fits / FULL);
      }
      if (!slot.isVague && isOwn) one.count++;
      found.set(number, one);
    }
  }
  for (const one of found.values()) {
    for (const [at, slot] of slots.entries()) {
      const after = slots[at + 1];
      if (after) one.score += PAIR * Math.min(weights[at], weights[at + 1]) * closeness(slot.papers.get(one.number), after.papers.get(one.number));
    }
  }
  return liftedByTopic([...found.values()].map(({ number, score, count, share, cover }) =>
    ({ number, score: (score / total) * cover, isWhole: count === needed, share })), topics);
}

/**
 * Raise papers that share a topic with the best ones: the topics of the first results show what a query is about
 * (pseudo-relevance feedback, Rocchio). `topics` has the topics of each paper by its number.
 */
function liftedByTopic(papers, topics) {
  if (!topics.length || !papers.length) return papers;
  const best = [...papers].sort((a, b) => b.score - a.score || a.number - b.number).slice(0, TOPICS.best);
  const total = best.reduce((sum, { score }) => sum + score, 0) || 1;
  const shares = new Map();
  for (const { number, score } of best) for (const topic of new Set(topics[number])) shares.set(topic, (shares.get(topic) ?? 0) + score / total);
  return papers.map((paper) => {
    const share = Math.max(...topics[paper.number].map((topic) => shares.get(topic) ?? 0));
    return { ...paper, score: paper.score + TOPICS.lift * best[0].score * share };
  });
}

/** How near two words are in a field, from 0 to 1. */
function closeness(first, second) {
  if (!first || !second) return 0;
  let best = 0;
  for (const [field, places] of Object.entries(first.places)) {
    const others = second.places[field];
    if (!others || !(field in PAIR_FIELDS)) continue;
    for (const place of places) for (const other of others) {
      const gap = Math.abs(other - place);
      if (gap <= NEAR) best = Math.max(best, PAIR_FIELDS[field] / Math.max(1, gap));
    }
  }
  return best;
}

/**
 * Sort `found` into pairs of number and score, best first.
 * `groups` say where each typed word occurs: `{ weight, titles, people, head }`, with `titles` and `people` as maps
 * from number to exactness (0 to 1); `lengths` are the numbers of words in titles.
 */
export function ranked(found, groups, lengths) {
  const needed = groups.filter((group) => !group.isVague);
  const total = needed.reduce((sum, { weight }) => sum + weight, 0) || 1;
  const covered = new Map();
  const count = new Map();
  const inTitle = new Map();
  for (const { weight, titles, people, head } of needed) {
    for (const number of new Set([...titles.keys(), ...people.keys()])) {
      const exactly = Math.max(titles.get(number) ?? 0, people.get(number) ?? 0);
      covered.set(number, (covered.get(number) ?? 0) + (exactly * weight) / total);
      count.set(number, (count.get(number) ?? 0) + 1);
      if (titles.has(number)) inTitle.set(number, (inTitle.get(number) ?? 0) + 1);
    }
    if (needed.length === 1) for (const number of head) covered.set(number, (covered.get(number) ?? 0) + WEIGHTS.head);
  }
  // A vague word of a title distinguishes papers of one person: beside a name it is part of a title.
  const named = new Set(groups.flatMap(({ people }) => [...people.keys()]));
  for (const { weight, titles, people } of groups.filter((group) => group.isVague)) {
    for (const number of named) {
      const exactly = Math.max(titles.get(number) ?? 0, people.get(number) ?? 0);
      covered.set(number, (covered.get(number) ?? 0) + (VAGUE * exactly * weight) / total);
    }
  }
  const most = Math.max(...found.map(({ score }) => score), 1e-9);
  return inOrder(found.map(({ number, score }) => {
    const all = needed.length > 0 && count.get(number) === needed.length;
    const whole = all ? Math.min(1, (inTitle.get(number) ?? 0) / (lengths[number] || 1)) : 0;
    return [number, (WEIGHTS.found * score) / most + WEIGHTS.covered * (covered.get(number) ?? 0) + (all ? WEIGHTS.all : 0) + WEIGHTS.whole * whole];
  }));
}

/**
 * Rank `best`, pairs of number and score, again by their result data: readers remember the order of a title's words and
 * skip few of them, and names in a query are family names.
 */
export function byNearness(best, shown, typed) {
  const words = wordsOf(typed);
  return inOrder(best.map(([number, score], at) => {
    const title = wordsOf(shown[at].title);
    const families = (shown[at].authors ?? "").split(", ").map((name) => wordsOf(name).at(-1));
    const places = words.filter((word) => !title.includes(word)).map((word) => families.indexOf(word)).filter((place) => place >= 0);
    const named = places.length ? WEIGHTS.family + (places.includes(0) ? WEIGHTS.first : 0) : 0;
    return [number, score + WEIGHTS.near * nearness(words, title) + named];
  }));
}

/** How near each typed word is to the previous one in a title, from 0 to 1; less if the order is reversed. */
export function nearness(typed, title) {
  const places = typed.map((word) => [...title.keys()].filter((at) => title[at] === word));
  const steps = places.slice(1).map((current, at) => Math.max(0, ...current.flatMap((place) => places[at].map((before) =>
    (place > before ? WEIGHTS.order + (1 - WEIGHTS.order) / (place - before) : WEIGHTS.backwards / (before - place || Infinity))))));
  return steps.length ? steps.reduce((sum, step) => sum + step) / steps.length : 0;
}

/** Sort pairs of number and score by score; among equals, the newest paper comes first. */
function inOrder(pairs) {
  return pairs.sort(([a, first], [b, second]) => second - first || a - b);
}
