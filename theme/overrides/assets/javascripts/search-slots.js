// Turns the words of a query into slots. A slot is one thing that a paper should contain, with `options`: the ways to
// write it. An option is `{ stems, weight, words, field }`, with one stem, or several in sequence.

import { pieces, wordsOf } from "./fold.js";
import { start } from "./search-data.js";
import { phrase, postings, stemOf } from "./search-index.js";
import { longForms, meaningsOf, spellings } from "./search-meaning.js";
import { fit } from "./search-ranking.js";
import { identified } from "./search-identifiers.js";
import { acronyms, isStop, isVague } from "./search-stop.js";
import { begun, kin } from "./search-words.js";

export const LIKE = { own: 1, spelling: 1, phrase: 0.95, meaning: 0.9, short: 0.9, same: 0.5, kin: 0.9, begun: 0.8 };
const [MOST_WIDENED, WIDENED_OF_MANY] = [7, 3]; // words; in longer queries, no words of similar meaning are looked up
const [MOST_PIECES, PIECES_OF_MANY] = [12, 9]; // words of a query to look up; fewer in large digests
const SHORTEST_WORD = 3; // letters; shorter parts belong to formulas
const AROUND = "scope"; // the field of topic descriptions, which are not texts of the paper
const ALSO = 0.3; // the factor for the fit of further options beside the best one
const GLUED = /^(\p{L}{3,})((?:19|20)?\d{2})$/u;
const READ_DIGIT = /^(\p{L}{2,})[24](\p{L}{2,})$/u;
const NAMING = ["title", "keywords", "institutions", "topics"]; // fields for names in capitals that are also common words
const UNSEEN = new Set(["asked"]); // invisible fields: exclusions ignore them

/** An option of words in sequence. */
export function option(words, weight, field = "") {
  return { words, stems: words.map(stemOf), weight, field };
}

/**
 * Return the papers of a slot: a map from number to `{ fits, option, places, isOwn }`, with the option that fits best.
 */
export async function papersOf({ options, out = false }) {
  const found = new Map();
  const lists = await Promise.all(options.map(({ numbers, stems }) => numbers ?? (stems.length > 1 ? phrase(stems) : postings(stems[0]))));
  for (const [at, one] of options.entries()) {
    for (const [number, all] of lists[at]) {
      const places = one.field || out ? only(all, one.field) : all;
      if (!places) continue;
      const fits = one.weight * fit(places);
      const before = found.get(number);
      const isOwn = before?.isOwn || Object.keys(places).some((name) => name !== AROUND);
      if (!before) found.set(number, { fits, option: one, places, isOwn });
      else if (before.fits < fits) found.set(number, { fits: 1 - (1 - fits) * (1 - before.fits * ALSO), option: one, places, isOwn });
      else Object.assign(before, { fits: 1 - (1 - before.fits) * (1 - fits * ALSO), isOwn });
    }
  }
  return found;
}

/** Whether a paper contains the word itself, not only the description of its topic. */
function isKnown(papers) {
  return [...papers.values()].some(({ isOwn }) => isOwn);
}

/** Add its papers to a slot, and the number of papers that contain it themselves. */
export function withPapers(slot, papers) {
  let count = 0;
  for (const { isOwn } of papers.values()) if (isOwn) count++;
  return { ...slot, papers, count };
}

/** The places in one field, or in all visible fields; null if there are none. */
function only(places, field) {
  const shown = Object.entries(places).filter(([name]) => (field ? name === field : !UNSEEN.has(name)));
  return shown.length ? Object.fromEntries(shown) : null;
}

/**
 * Return the slots of `clauses`: `{ typed, options, out, piece, at }`. Only plain words are corrected; `at` is their
 * position in the text.
 */
export async function slotsOf(clauses) {
  const slots = [];
  const names = new Set(acronyms(clauses.flatMap(({ any }) => any.map(({ text }) => text)).join(" ")));
  const typed = ({ text }) => pieces(text).map((piece) => ({ ...piece, isBegun: text.endsWith("*"), isAcronym: names.has(piece.joined) }));
  let run = [];
  for (const clause of clauses) {
    const [unit] = clause.any;
    if (clause.any.length === 1 && !unit.isPhrase && !unit.field && !clause.out) run.push(...typed(unit));
    else {
      slots.push(...await ofRun(run), await ofClause(clause));
      run = [];
    }
  }
  slots.push(...await ofRun(run, true));
  const telling = slots.filter((slot) => !slot.isStop);
  if (!telling.some((slot) => !slot.out)) return slots;
  return telling.some((slot) => !slot.out && !slot.isVague) ? telling : telling.map((slot) => ({ ...slot, isVague: false }));
}

/** The slot of a clause with quotes, a field, `OR` or an exclusion. */
async function ofClause({ out, any }) {
  const options = await Promise.all(any.map(async ({ text, isPhrase, field }) => {
    if (field === "id") {
      const number = await identified(text);
      return number === null ? [] : [{ words: [text], stems: [], weight: 1, numbers: new Map([[number, { title: [0] }]]) }];
    }
    const words = wordsOf(text);
    if (isPhrase || words.length > 1 || field) return asStored(text).map((way) => option(way, 1, field));
    return [option(words, 1), ...spellings(words[0]).map((other) => option([other], 1))];
  }));
  return { typed: any.map(({ text }) => text).join(" OR "), options: options.flat(), out, isGiven: true };
}

/**
 * The forms of a phrase in the index: words with signs in parts, which share a place and lack single letters
 * (`Occam's`), or joined.
 */
function asStored(text) {
  const typed = pieces(text);
  const long = (parts) => (parts.some((part) => part.length > 1) ? parts.filter((part) => part.length > 1) : parts);
  const ways = [typed.flatMap(({ parts }) => long(parts)), typed.map(({ joined }) => joined)].filter((way) => way.length);
  return ways.filter((way, at) => at === 0 || way.join(" ") !== ways[0].join(" "));
}

/** The slots of consecutive words without quotes. */
async function ofRun(typed, isLast = false) {
  if (!typed.length) return [];
  const { isLarge } = await start();
  const run = longest(typed, isLarge);
  const isLong = run.filter(({ joined }) => !isStop(joined)).length > (isLarge ? WIDENED_OF_MANY : MOST_WIDENED);
  const meanings = await meaningsOf(run, isLong);
  const slots = (await Promise.all(run.map((piece, at) => {
    const here = meanings.filter(({ start, count }) => start <= at && at < start + count);
    const german = here.find(({ kind }) => kind === "german");
    if (german) return german.start === at ? [germanSlot(run.slice(at, at + german.count), german.phrases)] : [];
    return widened(piece, here, { isOpen: piece.isBegun || (isLast && at === run.length - 1), isLong });
  }))).flat();
  for (const [at, slot] of slots.entries()) {
    const next = slots[at + 1];
    if (next && isVague(slot.typed, next.typed)) slot.isVague = next.isVague = true;
  }
  return slots;
}

/** The longest pieces of a run, in order. Long words are rare, so a dozen words of a title are enough to find it. */
export function longest(run, isLarge) {
  const most = isLarge ? PIECES_OF_MANY : MOST_PIECES;
  if (run.length <= most) return run;
  const pieces = run.filter(({ joined }) => !isStop(joined)).sort((a, b) => b.joined.length - a.joined.length);
  const chosen = new Set(pieces.slice(0, most));
  return run.filter((piece) => chosen.has(piece));
}

/** The slots of a piece, including the phrases of its `meanings`. */
async function widened(piece, meanings, query) {
  const slots = await ofPiece(piece, query);
  for (const slot of slots.filter(({ isStop: links }) => !links)) {
    for (const { phrases, kind } of meanings) slot.options.push(...phrases.map((words) => option(words, LIKE[kind])));
  }
  return slots;
}

/** The slot of German words with their translations. */
function germanSlot(run, phrases) {
  const words = run.map(({ parts, joined }) => (parts.length === 1 ? parts[0] : joined));
  return {
    typed: words.join(" "), piece: { parts: words, joined: words.join("") },
    options: [option(words, LIKE.own), ...phrases.map((phrase) => option(phrase, LIKE.own))],
    isVague: phrases.some((phrase) => isVague(...phrase)),
  };
}

/** The slot of a piece; or the slots of its parts if no text has them joined. */
async function ofPiece(piece, query) {
  const { parts, joined } = piece;
  const words = await wordsWithin(joined);
  if (words) return Promise.all(words.map((word) => ofWord(word, { parts: [word], joined: word }, { isLong: true })));
  if (parts.length === 1 || isStop(joined)) return [await ofWord(joined, piece, query)];
  const isLight = !(await start()).isLarge || !parts.some(isStop); // nearly all papers have the words that link others
  const slot = { typed: parts.join("-"), piece, options: [option([joined], LIKE.own), ...(isLight ? [option(parts, LIKE.phrase)] : [])] };
  slot.options.push(...(await longForms(joined)).map((long) => option(long, LIKE.meaning)));
  if (isKnown(await papersOf(slot))) return [slot];
  const slots = await Promise.all(parts.map((part) => ofWord(part, { parts: [part], joined: part }, { isLong: query.isLong })));
  const isFormula = parts.some((part) => part.length >= SHORTEST_WORD); // single letters of a formula are vague beside a word
  return slots.map((slot) => (isFormula && slot.typed.length < SHORTEST_WORD ? { ...slot, isVague: true } : slot));
}

/** Split a word into letters and a year (`iclr24`: `iclr` and `2024`); null if it has another form. */
export function divided(word) {
  const [, letters, year] = GLUED.exec(word) ?? [];
  return letters ? [letters, year.length > 2 ? year : `${year > "50" ? 19 : 20}${year}`] : null;
}

/** The words within a word that no paper has: a venue and a year (`iclr24`), or words around a digit (`text2image`). Else null. */
async function wordsWithin(word) {
  const edition = divided(word);
  const [, first, second] = READ_DIGIT.exec(word) ?? [];
  const words = edition ?? (first ? [first, second] : null);
  if (!words) return null;
  const [whole, ...papers] = await Promise.all([word, ...words].map((one) => postings(stemOf(one))));
  if (whole.size) return null;
  const isOne = edition ? [...papers[0].values()].some((places) => places.venue) : papers.some(({ size }) => size);
  return isOne ? words : null;
}

/** The slot of a word with its spellings, related words and long forms; with completions if it may be incomplete. */
async function ofWord(word, piece, { isOpen = false, isLong = false }) {
  const own = piece.isAcronym ? NAMING.map((field) => option([word], LIKE.own, field)) : [option([word], LIKE.own)];
  const options = [...own, ...spellings(word).map((other) => option([other], LIKE.spelling))];
  if (!isLong && !piece.isAcronym) {
    const related = await Promise.all([word, ...spellings(word)].map(kin));
    options.push(...[...new Set(related.flat())].map((other) => option([other], LIKE.kin)));
  }
  options.push(...(await longForms(word)).map((long) => option(long, LIKE.meaning)));
  const slot = { typed: word, options, piece, isStop: isStop(word) && !piece.isAcronym, isVague: isVague(word) };
  if (isOpen && !slot.isStop && (piece.isBegun || !isKnown(await papersOf(slot)))) {
    const ends = await begun(word);
    slot.options.push(...ends.map((other) => option([other], LIKE.begun)));
    slot.isOpen = ends.length > 0;
  }
  return slot;
}
