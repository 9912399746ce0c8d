// Alternatives for typed words: abbreviations and their long forms, synonyms, words of the same root, and British or
// American spelling. The tables come from the digest (`search/meanings.json`), with folded words.

import { data } from "./search-data.js";
import { germanMeanings } from "./search-german.js";
import { stemOf } from "./search-index.js";
import { isStop } from "./search-stop.js";

const LONGEST = 5; // words of the longest phrase in the tables
const SHORTEST_FOR_LONG = 4; // letters; a shorter abbreviation does not replace its long form, since it is ambiguous
/** American forms of British endings, and vice versa. @type {[RegExp, string][]} */
const SPELLINGS = [
  [/isation(s?)$/u, "ization$1"], [/is(e[ds]?|ing|er|ers)$/u, "iz$1"], [/ys(e[ds]?|ing)$/u, "yz$1"], [/our(s|ed|ing|al|ally|less|able)?$/u, "or$1"],
  [/tre(s?)$/u, "ter$1"], [/ogue(s?)$/u, "og$1"], [/ell(ed|ing|er|ers)$/u, "el$1"], [/fence(s?)$/u, "fense$1"], [/grey/u, "gray"], [/programme(s?)$/u, "program$1"],
  [/ization(s?)$/u, "isation$1"], [/iz(e[ds]?|ing|er|ers)$/u, "is$1"], [/yz(e[ds]?|ing)$/u, "ys$1"], [/(?<=[^o])or(s|ed|ing|al|ally|less|able)?$/u, "our$1"],
];
/** Endings in which stems of one root differ; they are replaced in order. @type {[RegExp, string][]} */
const ROOT_ENDINGS = [
  [/i$/u, ""], [/e$/u, ""], [/eiv$/u, "ept"], [/(?<=..)uc$/u, "uct"], [/bil$/u, "bl"], [/(?<=.{3})abl$/u, ""], [/oret$/u, "or"], [/(?<=...)aci?$/u, "at"],
  [/(?<=.{4})it$/u, ""], [/(?<=.{5})t$/u, ""], [/ain$/u, "an"], [/(?<=.{4})[eo]r$/u, ""], [/(?<=.{4})ment$/u, ""], [/(?<=...)y[stz]$/u, "y"],
];

/** The British or American variants of a word. */
export function spellings(word) {
  return SPELLINGS.filter(([form]) => form.test(word)).map(([form, other]) => word.replace(form, other));
}

/** The root that derived words share: privacy and private, explain and explanation. */
export function rootOf(word) {
  return ROOT_ENDINGS.reduce((root, [form, other]) => root.replace(form, other), stemOf(word));
}

/** The key of a phrase in the tables: its stems. */
function keyOf(words) {
  return words.map(stemOf).join(" ");
}

let loading = null;

/**
 * The tables: the long forms of each abbreviation, and functions that return the abbreviation of a long form, and the
 * synonyms of a phrase, by the phrase's key.
 */
function tables() {
  loading ??= data("search/meanings.json").then(({ short, same }) => {
    const longForms = Object.entries(short);
    const abbreviations = longForms.filter(([word]) => word.length >= SHORTEST_FOR_LONG)
      .flatMap(([word, phrases]) => phrases.map((phrase) => [phrase, [word]]));
    const synonyms = same.map((group) => (Array.isArray(group[0]) ? group : [group, group]))
      .flatMap(([typed, meanings]) => typed.map((phrase) => [phrase, meanings]));
    return { longForms: new Map(longForms), abbreviations: byKey(abbreviations), synonyms: byKey(synonyms) };
  });
  loading.catch(() => { loading = null; });
  return loading;
}

/**
 * Return a function that looks up the meanings of a phrase by its key. Stemming thousands of phrases takes longer than
 * a search, so only phrases with the first letter of the key are stemmed, on first use.
 */
function byKey(rows) {
  const phrases = new Map();
  for (const row of rows) {
    const [letter] = row[0];
    if (!phrases.has(letter)) phrases.set(letter, []);
    phrases.get(letter).push(row);
  }
  const meanings = new Map();
  return (key) => {
    const [letter] = key;
    if (!meanings.has(letter)) meanings.set(letter, keyed(phrases.get(letter) ?? []));
    return meanings.get(letter).get(key) ?? [];
  };
}

/** The meanings of each phrase by its key, without those that consist of words of the phrase. */
function keyed(rows) {
  const meanings = new Map();
  for (const [phrase, others] of rows) {
    const stems = phrase.split(" ").map(stemOf);
    const key = stems.join(" ");
    const own = others.filter((meaning) => !meaning.split(" ").every((word) => stems.includes(stemOf(word))));
    meanings.set(key, [...new Set([...(meanings.get(key) ?? []), ...own])]);
  }
  return meanings;
}

/** The long forms of an abbreviation, as lists of words. */
export async function longForms(word) {
  const { longForms: table } = await tables();
  return (table.get(word) ?? table.get(word.replace(/s$/u, "")) ?? []).map((long) => long.split(" "));
}

/**
 * The meanings of consecutive pieces of `run`: `[{ start, count, phrases, kind }]`, each phrase as a list of words.
 * `kind` is `german` for translations, `short` for the abbreviation of a long form, and `same` for synonyms, which are
 * left out if `isLong`.
 */
export async function meaningsOf(run, isLong = false) {
  const words = run.map(({ parts, joined }) => (parts.length === 1 ? parts[0] : joined));
  const [{ longForms: forms, abbreviations, synonyms }, inEnglish] = await Promise.all([tables(), germanMeanings(words)]);

  /** The meanings of `count` pieces from `start` on. */
  function meaningsAt(start, count) {
    const typed = words.slice(start, start + count);
    if (count === 1 && isStop(typed[0]) && !run[start].isAcronym) return [];
    const english = inEnglish(typed);
    if (english) return [[english, "german"]];
    const key = keyOf(run.slice(start, start + count).flatMap(({ parts }) => parts));
    const keys = isLong ? [] : [key, ...(count === 1 ? forms.get(typed[0]) ?? [] : []).map((long) => keyOf(long.split(" ")))];
    const short = key.includes(" ") ? abbreviations(key).slice(-1) : [];
    return [[short, "short"], [keys.flatMap(synonyms), "same"]].filter(([phrases]) => phrases.length);
  }

  const meanings = [];
  for (let start = 0; start < words.length; start++) {
    for (let count = Math.min(LONGEST, words.length - start); count > 0; count--) {
      const kinds = meaningsAt(start, count);
      if (!kinds.length) continue;
      meanings.push(...kinds.map(([phrases, kind]) => ({ start, count, phrases: phrases.map((phrase) => phrase.split(" ")), kind })));
      start += count - 1;
      break;
    }
  }
  return meanings;
}
