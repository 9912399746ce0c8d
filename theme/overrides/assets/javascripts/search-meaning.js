// Other words for what was typed: abbreviations and their long forms, synonyms, words of the same root, and British and
// American spelling. The tables are the digest's (`search/meanings.json`); their words are folded.

import { data } from "./search-data.js";
import { germanMeanings } from "./search-german.js";
import { stemOf } from "./search-index.js";
import { isStop } from "./search-stop.js";

const LONGEST = 5; // words of a phrase that is looked up
const SHORTEST_FOR_LONG = 4; // letters of an abbreviation that stands for its long form
/** American forms of British endings, and the other way round. @type {[RegExp, string][]} */
const SPELLINGS = [
  [/isation(s?)$/u, "ization$1"], [/is(e[ds]?|ing|er|ers)$/u, "iz$1"], [/ys(e[ds]?|ing)$/u, "yz$1"], [/our(s|ed|ing|al|ally|less|able)?$/u, "or$1"],
  [/tre(s?)$/u, "ter$1"], [/ogue(s?)$/u, "og$1"], [/ell(ed|ing|er|ers)$/u, "el$1"], [/fence(s?)$/u, "fense$1"], [/grey/u, "gray"], [/programme(s?)$/u, "program$1"],
  [/ization(s?)$/u, "isation$1"], [/iz(e[ds]?|ing|er|ers)$/u, "is$1"], [/yz(e[ds]?|ing)$/u, "ys$1"], [/(?<=[^o])or(s|ed|ing|al|ally|less|able)?$/u, "our$1"],
];
/** Endings of stems by which words of one root differ; each is replaced in turn. @type {[RegExp, string][]} */
const ROOT_ENDINGS = [
  [/i$/u, ""], [/e$/u, ""], [/eiv$/u, "ept"], [/(?<=..)uc$/u, "uct"], [/bil$/u, "bl"], [/(?<=.{3})abl$/u, ""], [/oret$/u, "or"], [/(?<=...)aci?$/u, "at"],
  [/(?<=.{4})it$/u, ""], [/(?<=.{5})t$/u, ""], [/ain$/u, "an"], [/(?<=.{4})[eo]r$/u, ""], [/(?<=.{4})ment$/u, ""], [/(?<=...)y[stz]$/u, "y"],
];

/** The British or American spellings that a word may also have. */
export function spellings(word) {
  return SPELLINGS.filter(([form]) => form.test(word)).map(([form, other]) => word.replace(form, other));
}

/** What words have in common whose endings make other words of them: privacy and private, explain and explanation. */
export function rootOf(word) {
  return ROOT_ENDINGS.reduce((root, [form, other]) => root.replace(form, other), stemOf(word));
}

/** The stems of a phrase, by which tables are looked up. */
function keyOf(words) {
  return words.map(stemOf).join(" ");
}

let loading = null;

/** The long forms of each abbreviation, the abbreviation of each long form, and the synonyms of each phrase. */
function tables() {
  loading ??= data("search/meanings.json").then(({ short, same }) => {
    const abbreviations = new Map();
    for (const [word, longForms] of Object.entries(short)) {
      if (word.length < SHORTEST_FOR_LONG) continue;
      for (const long of longForms) abbreviations.set(keyOf(long.split(" ")), word);
    }
    return { longForms: new Map(Object.entries(short)), abbreviations, synonyms: synonymsByPhrase(same) };
  });
  loading.catch(() => { loading = null; });
  return loading;
}

/** The synonyms of each phrase. A phrase whose words the other has anyway is none. */
function synonymsByPhrase(groups) {
  const synonyms = new Map();
  for (const group of groups) {
    const [typed, meanings] = Array.isArray(group[0]) ? group : [group, group];
    for (const phrase of typed) {
      const stems = phrase.split(" ").map(stemOf);
      const others = meanings.filter((meaning) => !meaning.split(" ").every((word) => stems.includes(stemOf(word))));
      const key = stems.join(" ");
      synonyms.set(key, [...new Set([...(synonyms.get(key) ?? []), ...others])]);
    }
  }
  return synonyms;
}

/** The long forms of an abbreviation, each as its words. */
export async function longForms(word) {
  const { longForms: table } = await tables();
  return (table.get(word) ?? table.get(word.replace(/s$/u, "")) ?? []).map((long) => long.split(" "));
}

/**
 * What the pieces of `run` mean that stand together: `[{ start, count, phrases, kind }]`, each phrase as its words. `kind`
 * is `german` for German words with their English ones, `short` for long forms with their abbreviation, and `same` for
 * synonyms, which are left out if `isLong`.
 */
export async function meaningsOf(run, isLong = false) {
  const words = run.map(({ parts, joined }) => (parts.length === 1 ? parts[0] : joined));
  const [{ longForms: forms, abbreviations, synonyms }, inEnglish] = await Promise.all([tables(), germanMeanings(words)]);

  /** What `count` pieces from the one at `start` mean. */
  function meaningsAt(start, count) {
    const typed = words.slice(start, start + count);
    if (count === 1 && isStop(typed[0])) return [];
    const english = inEnglish(typed);
    if (english) return [[english, "german"]];
    const key = keyOf(run.slice(start, start + count).flatMap(({ parts }) => parts));
    const keys = isLong ? [] : [key, ...(count === 1 ? forms.get(typed[0]) ?? [] : []).map((long) => keyOf(long.split(" ")))];
    const short = key.includes(" ") && abbreviations.has(key) ? [abbreviations.get(key)] : [];
    return [[short, "short"], [keys.flatMap((one) => synonyms.get(one) ?? []), "same"]].filter(([phrases]) => phrases.length);
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
