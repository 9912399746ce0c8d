// Suggests corrections for an unknown word by letters, adjacent keys, and sound.

import { isStop } from "./search-stop.js";
import { halves, neighbours } from "./search-words.js";

const [SHORTEST, FROM_TWO, LONGEST] = [4, 6, 24]; // letters; only words between the first and the last are corrected, with two mistakes from the second on
const MOST_NEAR = 6;
const ROWS = ["qwertzuiop", "asdfghjkl", "yxcvbnm", "qwertyuiop", "zxcvbnm"];
const NEXT = new Set(ROWS.flatMap((row) => [...row].slice(1).flatMap((key, at) => [row[at] + key, key + row[at]])));
const SOUNDS = [[/ph/gu, "f"], [/qu|kw/gu, "k"], [/ck|c(?![eiyh])/gu, "k"], [/c(?=[eiy])|z|ß/gu, "s"], [/x/gu, "ks"], [/gh|wh/gu, "g"],
  [/sch|sh|ch|ti(?=on)|si(?=on)/gu, "j"], [/th|dt/gu, "t"], [/v/gu, "f"], [/[aeiouyhw]+/gu, ""], [/(.)\1+/gu, "$1"]];

/** The Damerau-Levenshtein distance of `a` and `b`; `most` + 1 if it is larger than `most`. */
export function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [before, last] = [[], Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[b.length];
}

/** A phonetic key of a word: words that sound alike share it. */
export function sound(word) {
  return SOUNDS.reduce((text, [form, other]) => text.replace(form, other), word.slice(1).replace(/^/u, word[0] === "k" || word[0] === "c" || word[0] === "q" ? "k" : word[0]));
}

/** Whether `a` and `b` differ in one letter, replaced by an adjacent key. */
function isNextKey(a, b) {
  if (a.length !== b.length) return false;
  const differing = [...Array(a.length).keys()].filter((at) => a[at] !== b[at]);
  return differing.length === 1 && NEXT.has(a[differing[0]] + b[differing[0]]);
}

/**
 * Return corrections of `word`, best first: `[{ words, cost }]`. A word may be split in two. At least `least` papers
 * must contain it.
 */
export async function corrections(word, least = 1) {
  if (word.length < SHORTEST || word.length > LONGEST || !/^\p{L}+$/u.test(word)) return [];
  const most = word.length >= FROM_TWO ? 2 : 1;
  const sounds = sound(word);
  const near = [];
  for (const [other, { count }] of await neighbours(word)) {
    if (other === word || count < least || other.length < SHORTEST - 1 || isStop(other)) continue;
    const steps = distance(word, other, most);
    const alike = sound(other) === sounds && Math.abs(other.length - word.length) <= 3;
    if (steps > most && !(alike && word.length >= FROM_TWO && distance(word, other, 3) <= 3)) continue;
    if (steps === 2 && other[0] !== word[0] && !alike) continue;
    const cost = Math.min(steps, 3) - (alike ? 0.5 : 0) - (isNextKey(word, other) ? 0.3 : 0) - Math.log10(count) / 4;
    near.push({ words: [other], cost });
  }
  const joined = (await halves(word)).slice(0, 2).map((words) => ({ words, cost: 0.8 }));
  return [...near, ...joined].sort((a, b) => a.cost - b.cost || (a.words[0] < b.words[0] ? -1 : 1)).slice(0, MOST_NEAR);
}
