// Translates German words to English with the digest's table (`search/german.json`), including inflected forms and
// compounds. The table is fetched only if a query has a word that no English text contains.

import { data } from "./search-data.js";
import { postings, stemOf } from "./search-index.js";
import { isStop } from "./search-stop.js";

const SHORTEST_PART = 3; // letters of a part of a compound
const LINKS = ["", "s", "es", "n", "en", "er", "e"]; // linking letters between the parts of a compound
const ENDING = /(?:ungen|enen|ende[mnrs]?|en|em|er|es|e|n|s)$/u;
const OTHER_LANGUAGES = "more"; // the field of papers' texts in other languages, among others

let table = null;

/** A German word without inflectional endings, with umlauts in any spelling. */
function withoutEnding(word) {
  let stemmed = word.replace(/([aou])e/gu, "$1");
  for (let turn = 0; turn < 2; turn++) {
    const shorter = stemmed.replace(ENDING, "");
    if (shorter.length > SHORTEST_PART) stemmed = shorter;
  }
  return stemmed;
}

/** The table, with stemmed words as keys. */
function tableByStem() {
  table ??= data("search/german.json").then((words) => new Map(Object.entries(words)
    .map(([phrase, meanings]) => [phrase.split(" ").map(withoutEnding).join(" "), meanings])));
  table.catch(() => { table = null; });
  return table;
}

/** Whether no paper has a word in an English field. */
async function isUnknown(word) {
  const papers = await postings(stemOf(word));
  return ![...papers.values()].some((places) => Object.keys(places).some((field) => field !== OTHER_LANGUAGES));
}

/**
 * Return a function that translates a list of consecutive folded words to English phrases, or to null. If all words of
 * the query are English, it always returns null.
 */
export async function germanMeanings(words) {
  const unknown = await Promise.all(words.filter((word) => !isStop(word)).map(isUnknown));
  if (!unknown.includes(true)) return () => null;
  const meanings = await tableByStem();
  return (phrase) => {
    const [word] = phrase;
    const found = meanings.get(phrase.map(withoutEnding).join(" ")) ?? (phrase.length === 1 ? compound(word, meanings) : null);
    const isEnglish = phrase.length === 1 && found?.some((meaning) => stemOf(meaning) === stemOf(word));
    return isEnglish ? null : found ?? null;
  };
}

/** Translate a compound whose parts are in the table (`Bildklassifikation`), or return null. */
function compound(word, meanings) {
  for (let cut = word.length - SHORTEST_PART; cut >= SHORTEST_PART; cut--) {
    const second = meanings.get(withoutEnding(word.slice(cut)));
    if (!second) continue;
    const head = word.slice(0, cut);
    for (const link of LINKS) {
      if (!head.endsWith(link) || head.length - link.length < SHORTEST_PART) continue;
      const part = head.slice(0, head.length - link.length);
      const first = meanings.get(withoutEnding(part)) ?? meanings.get(part);
      if (first) return first.slice(0, 2).flatMap((one) => second.slice(0, 2).map((other) => `${one} ${other}`));
    }
  }
  return null;
}
