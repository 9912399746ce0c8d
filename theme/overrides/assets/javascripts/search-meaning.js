// Other words for what was typed: abbreviations and their long forms, German words and English ones, British and American
// spelling. The tables are the digest's (`search/meanings.json`); their words are folded.

import { data } from "./search-data.js";
import { stemOf } from "./search-index.js";

const LONGEST = 5; // words of what is looked up together
const SHORTEST_FOR_LONG = 4; // letters of an abbreviation that stands for its long form
const SHORTEST_PART = 3; // letters of a part of a German compound
const LINKS = ["", "s", "es", "n", "en", "er", "e"]; // letters between the parts of a compound
const GERMAN_END = /(?:ungen|enen|ende[mnrs]?|en|em|er|es|e|n|s)$/u;
const BRITISH = [
  [/isation(s?)$/u, "ization$1"], [/is(e[ds]?|ing|er|ers)$/u, "iz$1"], [/ys(e[ds]?|ing)$/u, "yz$1"], [/our(s|ed|ing|al|ally|less|able)?$/u, "or$1"],
  [/tre(s?)$/u, "ter$1"], [/ogue(s?)$/u, "og$1"], [/ell(ed|ing|er|ers)$/u, "el$1"], [/fence(s?)$/u, "fense$1"], [/grey/u, "gray"], [/programme(s?)$/u, "program$1"],
];

/** The British or American spellings that a word may also have. */
export function spellings(word) {
  const back = [[/ization(s?)$/u, "isation$1"], [/iz(e[ds]?|ing|er|ers)$/u, "is$1"], [/yz(e[ds]?|ing)$/u, "ys$1"], [/(?<=[^o])or(s|ed|ing|al|ally|less|able)?$/u, "our$1"]];
  return [...BRITISH, ...back].filter(([form]) => form.test(word)).map(([form, other]) => word.replace(form, other));
}

const KIN = [["ains?$", "anation"], ["ain(?:ing|ed|able)$", "anation"], ["anations?$", "ain"], ["acy$", "ate"], ["ate$", "acy"], ["ity$", "e"], ["inty$", "in"], ["in$", "inty"],
  ["se$", "sity"], ["([^aeiou])e$", "$1y"], ["([^aeiou])y$", "$1e"], ["ify$", "ification"], ["ification$", "ify"], ["ified$", "ification"], ["([^aeiou])ers?$", "$1"], ["ors?$", ""], ["ct(?:ion|ions)?$", "ctor"]]
  .map(([form, other]) => [new RegExp(form, "u"), other]);

/** Words that a word may be kin to by its ending: privacy and private, explain and explanation, learner and learn. */
export function kin(word) {
  return word.length < 5 ? [] : KIN.filter(([form]) => form.test(word)).map(([form, other]) => word.replace(form, other));
}

/** A German word without the endings that it takes in a sentence, however its umlauts are typed. */
export function germanStem(word) {
  let stemmed = word.replace(/([aou])e/gu, "$1");
  for (let turn = 0; turn < 2; turn++) {
    const shorter = stemmed.replace(GERMAN_END, "");
    if (shorter.length > SHORTEST_PART) stemmed = shorter;
  }
  return stemmed;
}

let table = null;

/** The tables, with their keys by stems and the abbreviation of each long form. */
function tables() {
  table ??= data("search/meanings.json").then(({ short, german }) => {
    const long = new Map();
    for (const [word, meanings] of Object.entries(short)) {
      if (word.length < SHORTEST_FOR_LONG) continue;
      for (const meaning of meanings) long.set(meaning.split(" ").map(stemOf).join(" "), word);
    }
    const stems = new Map(Object.entries(german).map(([words, meanings]) => [words.split(" ").map(germanStem).join(" "), meanings]));
    return { short: new Map(Object.entries(short)), long, german: stems };
  });
  table.catch(() => { table = null; });
  return table;
}

/** The long forms of an abbreviation, each as its words. */
export async function longForms(word) {
  const { short } = await tables();
  return (short.get(word) ?? short.get(word.replace(/s$/u, "")) ?? []).map((meaning) => meaning.split(" "));
}

/**
 * What several words of `words` mean together: `[{ at, count, meanings, isGerman }]`, each meaning as its words. German
 * words stand for English ones, long forms for their abbreviation.
 */
export async function together(words) {
  const { long, german } = await tables();
  const found = [];
  for (let at = 0; at < words.length; at++) {
    for (let count = Math.min(LONGEST, words.length - at); count > 0; count--) {
      const cut = words.slice(at, at + count);
      const meanings = german.get(cut.map(germanStem).join(" ")) ?? (count === 1 ? compound(cut[0], german) : null);
      const short = count > 1 ? long.get(cut.map(stemOf).join(" ")) : null;
      if (!meanings && !short) continue;
      if (count === 1 && meanings?.includes(cut[0])) break; // the same word in English
      if (meanings) found.push({ at, count, meanings: meanings.map((one) => one.split(" ")), isGerman: true });
      else found.push({ at, count, meanings: [[short]], isGerman: false });
      at += count - 1;
      break;
    }
  }
  return found;
}

/** The English words of a German compound whose parts are known (`Bildklassifikation`), or null. */
function compound(word, german) {
  for (let cut = word.length - SHORTEST_PART; cut >= SHORTEST_PART; cut--) {
    const right = german.get(germanStem(word.slice(cut)));
    if (!right) continue;
    const head = word.slice(0, cut);
    for (const link of LINKS) {
      if (!head.endsWith(link) || head.length - link.length < SHORTEST_PART) continue;
      const first = head.slice(0, head.length - link.length);
      const left = german.get(germanStem(first)) ?? german.get(first);
      if (left) return left.slice(0, 2).flatMap((one) => right.slice(0, 2).map((other) => `${one} ${other}`));
    }
  }
  return null;
}
