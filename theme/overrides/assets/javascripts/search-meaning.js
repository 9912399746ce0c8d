// Other words for what was typed: abbreviations and their long forms, German words and English ones, British and American
// spelling. The tables are the digest's (`search/meanings.json`); their words are folded.

import { data } from "./search-data.js";
import { stemOf } from "./search-index.js";
import { isStop } from "./search-stop.js";

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

const ROOTS = [[/i$/u, ""], [/e$/u, ""], [/eiv$/u, "ept"], [/(?<=..)uc$/u, "uct"], [/bil$/u, "bl"], [/(?<=.{3})abl$/u, ""], [/(?<=...)aci?$/u, "at"], [/(?<=.{4})it$/u, ""],
  [/(?<=.{5})t$/u, ""], [/ain$/u, "an"], [/(?<=.{4})[eo]r$/u, ""], [/(?<=.{4})ment$/u, ""], [/(?<=...)y[stz]$/u, "y"], [/oret$/u, "or"]];

/** What words have in common whose endings make other words of them: privacy and private, explain and explanation. */
export function rootOf(word) {
  return ROOTS.reduce((root, [form, other]) => root.replace(form, other), stemOf(word));
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
  table ??= data("search/meanings.json").then(({ short, german, same }) => {
    const long = new Map();
    for (const [word, meanings] of Object.entries(short)) {
      if (word.length < SHORTEST_FOR_LONG) continue;
      for (const meaning of meanings) long.set(meaning.split(" ").map(stemOf).join(" "), word);
    }
    const stems = new Map(Object.entries(german).map(([words, meanings]) => [words.split(" ").map(germanStem).join(" "), meanings]));
    return { short: new Map(Object.entries(short)), long, german: stems, synonyms: synonymsOf(same) };
  });
  table.catch(() => { table = null; });
  return table;
}

/** The synonyms of each phrase, by the stems of its words. */
function synonymsOf(groups) {
  const found = new Map();
  for (const group of groups) {
    const [typed, meanings] = Array.isArray(group[0]) ? group : [group, group];
    for (const phrase of typed) {
      const stems = phrase.split(" ").map(stemOf);
      const key = stems.join(" ");
      const others = meanings.filter((meaning) => !meaning.split(" ").every((word) => stems.includes(stemOf(word))));
      found.set(key, [...new Set([...(found.get(key) ?? []), ...others])]);
    }
  }
  return found;
}

/** The long forms of an abbreviation, each as its words. */
export async function longForms(word) {
  const { short } = await tables();
  return (short.get(word) ?? short.get(word.replace(/s$/u, "")) ?? []).map((meaning) => meaning.split(" "));
}

/**
 * What the pieces of `run` mean together: `[{ at, count, meanings, kind }]`, each meaning as its words. `kind` is `german`
 * for German words with their English ones, `short` for long forms with their abbreviation, and `same` for synonyms.
 */
export async function together(run) {
  const words = run.map(({ parts, joined }) => (parts.length === 1 ? parts[0] : joined));
  const { short: abbreviations, long, german, synonyms } = await tables();
  const found = [];
  for (let at = 0; at < words.length; at++) {
    for (let count = Math.min(LONGEST, words.length - at); count > 0; count--) {
      const phrase = words.slice(at, at + count);
      if (count === 1 && isStop(phrase[0])) break;
      const english = german.get(phrase.map(germanStem).join(" ")) ?? (count === 1 ? compound(phrase[0], german) : null);
      const isEnglish = count === 1 && english?.some((meaning) => stemOf(meaning) === stemOf(phrase[0]));
      const key = run.slice(at, at + count).flatMap(({ parts }) => parts).map(stemOf).join(" ");
      const short = key.includes(" ") ? long.get(key) : null;
      const meant = count === 1 ? (abbreviations.get(phrase[0]) ?? []) : [];
      const same = [key, ...meant.map((long) => long.split(" ").map(stemOf).join(" "))].flatMap((one) => synonyms.get(one) ?? []);
      const add = (meanings, kind) => found.push({ at, count, meanings: meanings.map((meaning) => meaning.split(" ")), kind });
      if (english && !isEnglish) add(english, "german");
      else {
        if (short) add([short], "short");
        if (same.length) add(same, "same");
      }
      if (!found.length || found.at(-1).at !== at) continue;
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
