// Alternatives for typed words: abbreviations and their long forms, synonyms, words of the same root, and British or
// American spelling. The tables come from the digest (`search/meanings.json`), with folded words.

import { fetchData } from "./search-data.js";
import { germanMeanings } from "./search-german.js";
import { stemOf } from "./search-index.js";
import { isStop } from "./search-stop.js";

/** @typedef {[phrase: string, meanings: string[]]} MeaningRow */
/** @typedef {(key: string) => string[]} MeaningsByKey the meanings of a phrase, by its key */
/** @typedef {{ longForms: Map<string, string[]>, abbreviations: MeaningsByKey, synonyms: MeaningsByKey }} MeaningTables */

const MAX_PHRASE_WORDS = 5; // words of the longest phrase in the tables
const MIN_ABBREVIATION_LENGTH = 4; // letters; shorter ones are ambiguous, so a long form does not find them
/** American forms of British endings, and vice versa. @type {[RegExp, string][]} */
const SPELLINGS = [
  [/isation(s?)$/u, "ization$1"], [/is(e[ds]?|ing|er|ers)$/u, "iz$1"], [/ys(e[ds]?|ing)$/u, "yz$1"], [/our(s|ed|ing|al|ally|less|able)?$/u, "or$1"],
  [/tre(s?)$/u, "ter$1"], [/ogue(s?)$/u, "og$1"], [/ell(ed|ing|er|ers)$/u, "el$1"], [/fence(s?)$/u, "fense$1"], [/grey/u, "gray"], [/programme(s?)$/u, "program$1"],
  [/ization(s?)$/u, "isation$1"], [/iz(e[ds]?|ing|er|ers)$/u, "is$1"], [/yz(e[ds]?|ing)$/u, "ys$1"], [/(?<=[^o])or(s|ed|ing|al|ally|less|able)?$/u, "our$1"],
];
/** Endings in which stems of one root differ (receiv, recept), replaced in order. @type {[RegExp, string][]} */
const ROOT_ENDINGS = [
  [/i$/u, ""], [/e$/u, ""], [/eiv$/u, "ept"], [/(?<=..)uc$/u, "uct"], [/bil$/u, "bl"], [/(?<=.{3})abl$/u, ""], [/oret$/u, "or"], [/(?<=...)aci?$/u, "at"],
  [/(?<=.{4})it$/u, ""], [/(?<=.{5})t$/u, ""], [/ain$/u, "an"], [/(?<=.{4})[eo]r$/u, ""], [/(?<=.{4})ment$/u, ""], [/(?<=...)y[stz]$/u, "y"],
];

/** The British or American variants of a word; wrong ones do no harm, because no paper contains them. @param {string} word */
export function spellings(word) {
  return SPELLINGS.filter(([ending]) => ending.test(word)).map(([ending, other]) => word.replace(ending, other));
}

/** The root that derived words share: privacy and private, explain and explanation. @param {string} word */
export function rootOf(word) {
  return ROOT_ENDINGS.reduce((root, [ending, other]) => root.replace(ending, other), stemOf(word));
}

/** The key of a phrase in the tables: its stems. @param {string[]} words */
function keyOf(words) {
  return words.map(stemOf).join(" ");
}

/** @type {Promise<MeaningTables> | null} */
let loading = null;

/** The tables: the long forms of each abbreviation, the abbreviation of a long form, and the synonyms of a phrase. */
function tables() {
  // `short` has the long forms of each abbreviation. A group in `same` is a list of synonyms, or a pair of lists: the
  // phrases that are typed and their meanings.
  /** @typedef {{ short: Record<string, string[]>, same: (string[] | [string[], string[]])[] }} MeaningsFile */
  loading ??= /** @type {Promise<MeaningsFile>} */ (fetchData("search/meanings.json")).then(({ short, same }) => {
    const longForms = Object.entries(short);
    const abbreviations = longForms.filter(([word]) => word.length >= MIN_ABBREVIATION_LENGTH)
      .flatMap(([word, phrases]) => phrases.map((phrase) => /** @type {MeaningRow} */ ([phrase, [word]])));
    const synonyms = same.map((group) => /** @type {[string[], string[]]} */ (Array.isArray(group[0]) ? group : [group, group]))
      .flatMap(([typed, meanings]) => typed.map((phrase) => /** @type {MeaningRow} */ ([phrase, meanings])));
    return { longForms: new Map(longForms), abbreviations: byKey(abbreviations), synonyms: byKey(synonyms) };
  });
  loading.catch(() => { loading = null; }); // the next query tries again
  return loading;
}

/**
 * Return a function that looks up the meanings of a phrase by its key. Stemming thousands of phrases takes longer than
 * a search, so only phrases with the first letter of the key are stemmed, on first use.
 * @param {MeaningRow[]} rows @returns {MeaningsByKey}
 */
function byKey(rows) {
  /** @type {Map<string, Map<string, string[]>>} */
  const stemmed = new Map();
  return (key) => {
    const letter = key[0];
    const meanings = stemmed.get(letter) ?? stemRows(rows.filter(([phrase]) => phrase[0] === letter));
    stemmed.set(letter, meanings);
    return meanings.get(key) ?? [];
  };
}

/** The meanings of each phrase by its key, without those that consist of words of the phrase. @param {MeaningRow[]} rows */
function stemRows(rows) {
  /** @type {Map<string, string[]>} */
  const meanings = new Map();
  for (const [phrase, all] of rows) {
    const stems = phrase.split(" ").map(stemOf);
    const key = stems.join(" ");
    const others = all.filter((meaning) => !meaning.split(" ").every((word) => stems.includes(stemOf(word))));
    meanings.set(key, [...new Set([...(meanings.get(key) ?? []), ...others])]);
  }
  return meanings;
}

/** The long forms of an abbreviation, also of its plural, as lists of words. @param {string} word */
export async function longForms(word) {
  const { longForms: table } = await tables();
  return (table.get(word) ?? table.get(word.replace(/s$/u, "")) ?? []).map((phrase) => phrase.split(" "));
}

/**
 * The meanings of phrases in `run`, the words between two operators of a query. `kind` is `german` for translations,
 * `short` for the abbreviation of a long form, and `same` for synonyms. Long queries (`isLong`) get no synonyms.
 * @param {TypedPiece[]} run @param {boolean} isLong @returns {Promise<Meaning[]>}
 */
export async function meaningsOf(run, isLong = false) {
  const words = run.map(({ parts, joined }) => (parts.length === 1 ? parts[0] : joined));
  const [{ longForms: forms, abbreviations, synonyms }, translate] = await Promise.all([tables(), germanMeanings(words)]);

  /** The meanings of `count` pieces from `start` on. @param {number} start @param {number} count @returns {[string[], Meaning["kind"]][]} */
  function meaningsAt(start, count) {
    const typed = words.slice(start, start + count);
    if (count === 1 && isStop(typed[0]) && !run[start].isAcronym) return [];
    const english = translate(typed);
    if (english) return [[english, "german"]];
    const key = keyOf(run.slice(start, start + count).flatMap(({ parts }) => parts));
    const typedLongForms = count === 1 ? forms.get(typed[0]) ?? [] : []; // an abbreviation has the synonyms of its long forms, too
    const keys = isLong ? [] : [key, ...typedLongForms.map((phrase) => keyOf(phrase.split(" ")))];
    const short = key.includes(" ") ? abbreviations(key).slice(-1) : []; // one abbreviation, even if there are several
    /** @type {[string[], Meaning["kind"]][]} */
    const kinds = [[short, "short"], [keys.flatMap(synonyms), "same"]];
    return kinds.filter(([phrases]) => phrases.length);
  }

  /** @type {Meaning[]} */
  const meanings = [];
  for (let start = 0; start < words.length; start++) {
    // The longest phrase first: "neural network" has another meaning than its words.
    for (let count = Math.min(MAX_PHRASE_WORDS, words.length - start); count > 0; count--) {
      const kinds = meaningsAt(start, count);
      if (!kinds.length) continue;
      meanings.push(...kinds.map(([phrases, kind]) => ({ start, count, phrases: phrases.map((phrase) => phrase.split(" ")), kind })));
      start += count - 1;
      break;
    }
  }
  return meanings;
}
