// Translates German words to English with the digest's table (`search/german.json`), including inflected forms and
// compounds. The table is fetched only if a query has a word that no English text contains.

import { fetchData } from "./search-data.js";
import { postings, stemOf } from "./search-index.js";
import { isStop } from "./search-stop.js";

/** @typedef {Map<string, string[]>} Translations English phrases by the stems of German ones */

const MIN_PART_LENGTH = 3; // letters of a part of a compound
const LINKING_LETTERS = ["", "s", "es", "n", "en", "er", "e"]; // between the parts of a compound
const ENDING = /(?:ungen|enen|ende[mnrs]?|en|em|er|es|e|n|s)$/u;
const OTHER_LANGUAGES = "more"; // the field that contains, among others, papers' texts in other languages
const MAX_MEANINGS = 2; // meanings of each part of a compound, as each pair of them is searched

/** @type {Promise<Translations> | null} */
let table = null;

/** A German word without inflectional endings, with umlauts in any spelling. @param {string} word */
function withoutEnding(word) {
  let stemmed = word.replace(/([aou])e/gu, "$1"); // "ae" is ä, which is folded to "a"
  for (let pass = 0; pass < 2; pass++) { // a word may have two endings
    const shorter = stemmed.replace(ENDING, "");
    if (shorter.length > MIN_PART_LENGTH) stemmed = shorter;
  }
  return stemmed;
}

/** The table, with stemmed words as keys. */
function tableByStem() {
  table ??= /** @type {Promise<Record<string, string[]>>} */ (fetchData("search/german.json")).then((meanings) =>
    new Map(Object.entries(meanings).map(([phrase, english]) => [phrase.split(" ").map(withoutEnding).join(" "), english])));
  table.catch(() => { table = null; }); // the next query tries again
  return table;
}

/** Whether no paper has a word in an English field. @param {string} word */
async function isUnknown(word) {
  const papers = await postings(stemOf(word));
  return ![...papers.values()].some((positions) => Object.keys(positions).some((field) => field !== OTHER_LANGUAGES));
}

/**
 * Return a function that translates a list of consecutive folded words to English phrases, or returns null if it has no
 * translation. If all `words`, those of the query, are English, the function returns null for every list.
 * @param {string[]} words @returns {Promise<(phrase: string[]) => string[] | null>}
 */
export async function germanMeanings(words) {
  const unknown = await Promise.all(words.filter((word) => !isStop(word)).map(isUnknown));
  if (!unknown.includes(true)) return () => null;
  const translations = await tableByStem();
  return (phrase) => {
    const [word] = phrase;
    const meanings = translations.get(phrase.map(withoutEnding).join(" ")) ?? (phrase.length === 1 ? translateCompound(word, translations) : null);
    // A word with the same stem in both languages needs no translation: as typed, it finds the same papers.
    const isEnglish = phrase.length === 1 && meanings?.some((meaning) => stemOf(meaning) === stemOf(word));
    return isEnglish ? null : meanings;
  };
}

/** Translate a compound whose parts are in the table (`Bildklassifikation`), or return null. @param {string} word @param {Translations} translations */
function translateCompound(word, translations) {
  for (let cut = word.length - MIN_PART_LENGTH; cut >= MIN_PART_LENGTH; cut--) {
    const second = translations.get(withoutEnding(word.slice(cut)));
    if (!second) continue;
    const left = word.slice(0, cut);
    for (const link of LINKING_LETTERS) {
      if (!left.endsWith(link) || left.length - link.length < MIN_PART_LENGTH) continue;
      const part = left.slice(0, left.length - link.length);
      const first = translations.get(withoutEnding(part)) ?? translations.get(part);
      if (first) return first.slice(0, MAX_MEANINGS).flatMap((modifier) => second.slice(0, MAX_MEANINGS).map((noun) => `${modifier} ${noun}`));
    }
  }
  return null;
}
