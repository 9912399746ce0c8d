// Suggests corrections for an unknown word by letters, adjacent keys, and sound.

import { isStop } from "./search-stop.js";
import { neighbors, splits } from "./search-words.js";

const [MIN_LENGTH, MAX_LENGTH] = [4, 24]; // letters of words to correct
const MIN_LENGTH_FOR_TWO = 6; // letters; shorter words may have only one mistake
const MAX_CORRECTIONS = 6;
const MAX_SPLITS = 2; // corrections that divide a word
const SPLIT_COST = 0.8; // of each of them
const KEYBOARD = ["qwertzuiop", "asdfghjkl", "yxcvbnm", "qwertyuiop", "zxcvbnm"]; // German and English
const ADJACENT = new Set(KEYBOARD.flatMap((row) => [...row].slice(1).flatMap((key, index) => [row[index] + key, key + row[index]])));
/** Spellings of English sounds, replaced in order; vowels do not count. @type {[RegExp, string][]} */
const SOUNDS = [[/ph/gu, "f"], [/qu|kw/gu, "k"], [/ck|c(?![eiyh])/gu, "k"], [/c(?=[eiy])|z|ß/gu, "s"], [/x/gu, "ks"], [/gh|wh/gu, "g"],
  [/sch|sh|ch|ti(?=on)|si(?=on)/gu, "j"], [/th|dt/gu, "t"], [/v/gu, "f"], [/[aeiouyhw]+/gu, ""], [/(.)\1+/gu, "$1"]];

/**
 * The Damerau-Levenshtein distance of `a` and `b` (optimal string alignment); `limit` + 1 if it is larger than `limit`.
 * @param {string} a @param {string} b @param {number} limit
 */
export function distance(a, b, limit) {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  /** @type {number[]} */
  let beforeLast = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
    }
    if (Math.min(...row) > limit) return limit + 1; // later rows are no smaller
    [beforeLast, last] = [last, row];
  }
  return last[b.length];
}

/** A phonetic key of a word: words that sound alike share it. @param {string} word */
function sound(word) {
  const first = /[kcq]/u.test(word[0]) ? "k" : word[0];
  return SOUNDS.reduce((text, [spelling, letters]) => text.replace(spelling, letters), first + word.slice(1));
}

/** Whether `a` and `b` differ in one letter, replaced by an adjacent key. @param {string} a @param {string} b */
function isAdjacentKey(a, b) {
  if (a.length !== b.length) return false;
  const differing = [...Array(a.length).keys()].filter((index) => a[index] !== b[index]);
  return differing.length === 1 && ADJACENT.has(a[differing[0]] + b[differing[0]]);
}

/**
 * Corrections of `word`, the least cost first. It may be divided into two words. At least `least` papers contain each
 * similar word.
 * @param {string} word @param {number} least @returns {Promise<{ words: string[], cost: number }[]>}
 */
export async function corrections(word, least = 1) {
  if (word.length < MIN_LENGTH || word.length > MAX_LENGTH || !/^\p{L}+$/u.test(word)) return [];
  const limit = word.length >= MIN_LENGTH_FOR_TWO ? 2 : 1;
  const typedSound = sound(word);
  const similar = [];
  for (const [other, { count }] of await neighbors(word)) {
    if (other === word || count < least || other.length < MIN_LENGTH - 1 || isStop(other)) continue;
    const edits = distance(word, other, limit);
    const soundsAlike = sound(other) === typedSound && Math.abs(other.length - word.length) <= 3;
    // Words that sound alike may have three mistakes; others have the first letter right, or one mistake.
    if (edits > limit && !(soundsAlike && word.length >= MIN_LENGTH_FOR_TWO && distance(word, other, 3) <= 3)) continue;
    if (edits === 2 && other[0] !== word[0] && !soundsAlike) continue;
    // Mistakes, less for the same sound, for adjacent keys and for frequent words.
    const cost = Math.min(edits, 3) - (soundsAlike ? 0.5 : 0) - (isAdjacentKey(word, other) ? 0.3 : 0) - Math.log10(count) / 4;
    similar.push({ words: [other], cost });
  }
  const divisions = (await splits(word)).slice(0, MAX_SPLITS).map((words) => ({ words, cost: SPLIT_COST }));
  return [...similar, ...divisions].sort((a, b) => a.cost - b.cost || (a.words[0] < b.words[0] ? -1 : 1)).slice(0, MAX_CORRECTIONS);
}
