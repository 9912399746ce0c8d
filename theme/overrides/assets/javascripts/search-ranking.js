// In which order papers are shown. Pagefind finds them by their whole text and counts words; a reader who has a paper
// in mind types its title and people, so what stands there, exactly as typed, lifts a paper; of the best ones those
// whose title has the words next to each other and in the order in which they were typed come first. Pure values.

import { wordsOf } from "./fold.js";

/** How Pagefind itself counts: names of papers and people more than text; all papers are called equally long. */
export const PAGEFIND = {
  metaWeights: { title: 8, authors: 5, venue: 2 },
  termFrequency: 0.4,
  pageLength: 0,
};
export const WEIGHTS = { found: 1, covered: 2, all: 0.8, whole: 1, head: 2, inflected: 0.5, begun: 0.85, near: 1, backwards: 0.3, family: 0.3 };

/**
 * Papers as pairs of number and score, best first. `found` are pairs of number and Pagefind's score; `groups` tell for each word
 * typed where it stands: `{ weight, titles, people, head }`, the first two as maps from number to how exactly (0 to 1);
 * `lengths` are how many words each title has.
 */
export function ranked(found, groups, lengths) {
  const total = groups.reduce((sum, group) => sum + group.weight, 0) || 1;
  const covered = new Map();
  const count = new Map();
  const inTitle = new Map();
  for (const { weight, titles, people, head } of groups) {
    for (const number of new Set([...titles.keys(), ...people.keys()])) {
      const exactly = Math.max(titles.get(number) ?? 0, people.get(number) ?? 0);
      covered.set(number, (covered.get(number) ?? 0) + (exactly * weight) / total);
      count.set(number, (count.get(number) ?? 0) + 1);
      if (titles.has(number)) inTitle.set(number, (inTitle.get(number) ?? 0) + 1);
    }
    if (groups.length === 1) for (const number of head) covered.set(number, (covered.get(number) ?? 0) + WEIGHTS.head);
  }
  const most = Math.max(...found.slice(0, 50).map(([, score]) => score), 1e-9);
  const scores = new Map(found.map(([number, score]) => [number, (WEIGHTS.found * score) / most]));
  // A paper whose title and people hold every word is found even where Pagefind reads the words otherwise.
  if (groups.length) for (const [number, groupsHeld] of count) if (groupsHeld === groups.length && !scores.has(number)) scores.set(number, 0);
  for (const [number, score] of scores) {
    const all = groups.length > 0 && count.get(number) === groups.length;
    const whole = all ? Math.min(1, (inTitle.get(number) ?? 0) / (lengths[number] || 1)) : 0;
    scores.set(number, score + WEIGHTS.covered * (covered.get(number) ?? 0) + (all ? WEIGHTS.all : 0) + WEIGHTS.whole * whole);
  }
  return inOrder([...scores]);
}

/**
 * `best` again, pairs of number and score, with what is shown of the same papers held against the `typed` words: what
 * is typed from memory keeps the title's order and mostly skips few of its words, and a name is a family's.
 */
export function byNearness(best, shown, typed) {
  const words = wordsOf(typed);
  return inOrder(best.map(([number, score], at) => {
    const title = wordsOf(shown[at].title);
    const families = new Set(shown[at].authors.split(", ").map((name) => wordsOf(name).at(-1)));
    const named = words.some((word) => families.has(word) && !title.includes(word)) ? WEIGHTS.family : 0;
    return [number, score + WEIGHTS.near * nearness(words, title) + named];
  }));
}

/** From 0 to 1: how near each typed word stands to the one typed before it, less if they stand the other way round. */
export function nearness(typed, title) {
  const places = typed.map((word) => [...title.keys()].filter((at) => title[at] === word));
  const steps = places.slice(1).map((held, at) => Math.max(0, ...held.flatMap((place) => places[at].map((before) =>
    (place > before ? 1 / (place - before) : WEIGHTS.backwards / (before - place || Infinity))))));
  return steps.length ? steps.reduce((sum, step) => sum + step) / steps.length : 0;
}

function inOrder(scored) {
  return scored.sort(([a, first], [b, second]) => second - first || a - b);
}
