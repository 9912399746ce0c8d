// Turns the words of a query into slots. A slot is one thing that a paper should contain, with `options`: the ways to
// write it. An option is one stem, or several in sequence. Vague slots affect the ranking, but papers need not contain
// them.

import { pieces, wordsOf } from "./fold.js";
import { searchIndex } from "./search-data.js";
import { phrasePostings, postings, stemOf } from "./search-index.js";
import { longForms, meaningsOf, spellings } from "./search-meaning.js";
import { fit } from "./search-ranking.js";
import { paperWithId } from "./search-identifiers.js";
import { acronyms, isStop, isVague } from "./search-stop.js";
import { completions, relatedWords } from "./search-words.js";

/** @typedef {{ isIncomplete?: boolean, isLong?: boolean }} Context whether a piece may be the beginning of a word, and whether the query is long */

/**
 * How much the kinds of options count. `short`, `same` and `german` are the kinds of a `Meaning`: an abbreviation, a
 * synonym and a translation. Measure a change with `make search-quality`.
 */
const OPTION_WEIGHTS = { typed: 1, spelling: 1, phrase: 0.95, meaning: 0.9, short: 0.9, same: 0.5, related: 0.9, completion: 0.8, german: 1 };
const [MAX_WIDENED, MAX_WIDENED_IN_LARGE] = [7, 3]; // words, the second for large digests; longer queries get no words of similar meaning
const [MAX_PIECES, MAX_PIECES_IN_LARGE] = [12, 9]; // words of a query to look up, the second for large digests
const MIN_WORD_LENGTH = 3; // letters; shorter parts belong to formulas
const TOPIC_FIELD = "scope"; // the descriptions of topics, which are not texts of the paper
const OTHER_FACTOR = 0.3; // for the fit of options other than the best
const WORD_AND_YEAR = /^(\p{L}{3,})((?:19|20)?\d{2})$/u; // "iclr24"
const WORD_2_WORD = /^(\p{L}{2,})[24](\p{L}{2,})$/u; // "text2image", "data4good"
const NAME_FIELDS = ["title", "keywords", "institutions", "topics"]; // fields for names in capitals that are also common words
const INVISIBLE_FIELDS = new Set(["asked"]); // the phrases of `asked_as`; readers do not see them, so exclusions ignore them

/** An option of words in sequence. @param {string[]} words @param {number} weight @param {string} field @returns {Option} */
export function option(words, weight, field = "") {
  return { words, stems: words.map(stemOf), weight, field };
}

/** The papers of a slot, each with the option that fits best. @param {Slot} slot @returns {Promise<Map<number, Match>>} */
async function papersOf({ options, isExcluded = false }) {
  /** @type {Map<number, Match>} */
  const papers = new Map();
  const postingsOf = await Promise.all(options.map((option) =>
    option.postings ?? (option.stems.length > 1 ? phrasePostings(option.stems) : postings(option.stems[0]))));
  for (const [index, option] of options.entries()) {
    for (const [number, allPositions] of postingsOf[index]) {
      const positions = option.field || isExcluded ? inFields(allPositions, option.field) : allPositions;
      if (!positions) continue;
      const ownFit = option.weight * fit(positions);
      const match = papers.get(number);
      const isInPaper = match?.isInPaper || Object.keys(positions).some((name) => name !== TOPIC_FIELD);
      // Fits combine like independent probabilities, so that they stay below 1.
      if (!match) papers.set(number, { fit: ownFit, option, positions, isInPaper });
      else if (match.fit < ownFit) papers.set(number, { fit: 1 - (1 - ownFit) * (1 - match.fit * OTHER_FACTOR), option, positions, isInPaper });
      else Object.assign(match, { fit: 1 - (1 - match.fit) * (1 - ownFit * OTHER_FACTOR), isInPaper });
    }
  }
  return papers;
}

/** Whether a paper contains the slot itself, not only the description of its topic. @param {Slot} slot */
async function isKnown(slot) {
  return [...(await papersOf(slot)).values()].some(({ isInPaper }) => isInPaper);
}

/** A slot with its papers. @template {Slot} S @param {S} slot @returns {Promise<S & FoundSlot>} */
export async function withPapers(slot) {
  const papers = await papersOf(slot);
  let count = 0;
  for (const { isInPaper } of papers.values()) if (isInPaper) count++;
  return { ...slot, papers, count };
}

/** The positions in one field, or in all visible fields; null if there are none. @param {Positions} positions @param {string} [field] */
function inFields(positions, field) {
  const entries = Object.entries(positions).filter(([name]) => (field ? name === field : !INVISIBLE_FIELDS.has(name)));
  return entries.length ? Object.fromEntries(entries) : null;
}

/**
 * The slots of `clauses`. Consecutive words without operators are a run, in which phrases may have a meaning of their
 * own.
 * @param {Clause[]} clauses @returns {Promise<Slot[]>}
 */
export async function slotsOf(clauses) {
  const slots = [];
  const inCapitals = new Set(acronyms(clauses.flatMap(({ units }) => units.map(({ text }) => text)).join(" ")));
  /** @param {Unit} unit @returns {TypedPiece[]} */
  const typedPieces = ({ text }) => pieces(text).map((piece) => ({ ...piece, hasWildcard: text.endsWith("*"), isAcronym: inCapitals.has(piece.joined) }));
  /** @type {TypedPiece[]} */
  let run = [];
  for (const clause of clauses) {
    const [unit] = clause.units;
    if (clause.units.length === 1 && !unit.isPhrase && !unit.field && !clause.isExcluded) run.push(...typedPieces(unit));
    else {
      slots.push(...await slotsOfRun(run), await slotOfClause(clause));
      run = [];
    }
  }
  slots.push(...await slotsOfRun(run, true));
  const words = slots.filter((slot) => !slot.isStop);
  const included = words.filter((slot) => !slot.isExcluded);
  if (!included.length) return slots; // only stop words: search for them
  // If all words are vague, papers must contain them.
  return included.some((slot) => !slot.isVague) ? words : words.map((slot) => ({ ...slot, isVague: false }));
}

/** The slot of a clause with quotes, a field, `OR` or an exclusion. @param {Clause} clause @returns {Promise<Slot>} */
async function slotOfClause({ isExcluded, units }) {
  /** @type {Option[][]} */
  const options = await Promise.all(units.map(async ({ text, isPhrase, field }) => {
    if (field === "id") {
      const number = await paperWithId(text);
      return number === null ? [] : [{ words: [text], stems: [], weight: 1, postings: new Map([[number, { title: [0] }]]) }];
    }
    const words = wordsOf(text);
    if (isPhrase || words.length > 1 || field) return indexedForms(text).map((form) => option(form, 1, field));
    return [option(words, 1), ...spellings(words[0]).map((variant) => option([variant], 1))];
  }));
  return { typed: units.map(({ text }) => text).join(" OR "), options: options.flat(), isExcluded, isExplicit: true };
}

/**
 * The forms of a phrase in the index. The index has a word with punctuation both joined (`Occam's` as `occams`) and in
 * parts, without single letters (`occam`). The parts of a word share a position.
 * @param {string} text
 */
function indexedForms(text) {
  const typed = pieces(text);
  /** @param {string[]} parts */
  const longParts = (parts) => (parts.some((part) => part.length > 1) ? parts.filter((part) => part.length > 1) : parts);
  const forms = [typed.flatMap(({ parts }) => longParts(parts)), typed.map(({ joined }) => joined)].filter((form) => form.length);
  return forms.filter((form, index) => index === 0 || form.join(" ") !== forms[0].join(" "));
}

/** The slots of a run. @param {TypedPiece[]} typed @param {boolean} isLast whether the query ends with it */
async function slotsOfRun(typed, isLast = false) {
  if (!typed.length) return [];
  const { isLarge } = await searchIndex();
  const run = longestPieces(typed, isLarge);
  const isLong = run.filter(({ joined }) => !isStop(joined)).length > (isLarge ? MAX_WIDENED_IN_LARGE : MAX_WIDENED);
  const meanings = await meaningsOf(run, isLong);
  const slots = (await Promise.all(run.map((piece, index) => {
    const ownMeanings = meanings.filter(({ start, count }) => start <= index && index < start + count);
    const german = ownMeanings.find(({ kind }) => kind === "german");
    if (german) return german.start === index ? [germanSlot(run.slice(index, index + german.count), german.phrases)] : [];
    return slotsWithMeanings(piece, ownMeanings, { isIncomplete: piece.hasWildcard || (isLast && index === run.length - 1), isLong });
  }))).flat();
  for (const [index, slot] of slots.entries()) {
    const next = slots[index + 1];
    if (next && isVague(slot.typed, next.typed)) slot.isVague = next.isVague = true;
  }
  return slots;
}

/**
 * The longest pieces of a run, in order. Long words are rare, so a dozen find any title.
 * @template {Piece} P @param {P[]} run @param {boolean} isLarge
 */
export function longestPieces(run, isLarge) {
  const limit = isLarge ? MAX_PIECES_IN_LARGE : MAX_PIECES;
  if (run.length <= limit) return run;
  const words = run.filter(({ joined }) => !isStop(joined)).sort((a, b) => b.joined.length - a.joined.length);
  const longest = new Set(words.slice(0, limit));
  return run.filter((piece) => longest.has(piece));
}

/** The slots of a piece, including the phrases of its `meanings`. @param {TypedPiece} piece @param {Meaning[]} meanings @param {Context} context */
async function slotsWithMeanings(piece, meanings, context) {
  const slots = await slotsOfPiece(piece, context);
  for (const slot of slots.filter((slot) => !slot.isStop)) {
    for (const { phrases, kind } of meanings) slot.options.push(...phrases.map((words) => option(words, OPTION_WEIGHTS[kind])));
  }
  return slots;
}

/** The slot of German words with their translations. @param {Piece[]} run @param {string[][]} phrases @returns {Slot} */
function germanSlot(run, phrases) {
  const words = run.map(({ parts, joined }) => (parts.length === 1 ? parts[0] : joined));
  return {
    typed: words.join(" "), piece: { parts: words, joined: words.join("") },
    options: [option(words, OPTION_WEIGHTS.typed), ...phrases.map((phrase) => option(phrase, OPTION_WEIGHTS.german))],
    isVague: phrases.some((phrase) => isVague(...phrase)),
  };
}

/** The slot of a piece; or the slots of its parts if no text has them joined. @param {TypedPiece} piece @param {Context} context @returns {Promise<Slot[]>} */
async function slotsOfPiece(piece, context) {
  const { parts, joined } = piece;
  const words = await wordsWithin(joined);
  // As in a long query, these words get no related words.
  if (words) return Promise.all(words.map((word) => slotOfWord(word, plainPiece(word), { isLong: true })));
  if (parts.length === 1 || isStop(joined)) return [await slotOfWord(joined, piece, context)];
  const isLight = !(await searchIndex()).isLarge || !parts.some(isStop); // nearly all papers have stop words, so their postings are large
  const slot = { typed: parts.join("-"), piece, options: [option([joined], OPTION_WEIGHTS.typed), ...(isLight ? [option(parts, OPTION_WEIGHTS.phrase)] : [])] };
  slot.options.push(...(await longForms(joined)).map((phrase) => option(phrase, OPTION_WEIGHTS.meaning)));
  if (await isKnown(slot)) return [slot];
  const slots = await Promise.all(parts.map((part) => slotOfWord(part, plainPiece(part), { isLong: context.isLong })));
  const hasWord = parts.some((part) => part.length >= MIN_WORD_LENGTH); // beside a word, single letters of a formula are vague
  return slots.map((part) => (hasWord && part.typed.length < MIN_WORD_LENGTH ? { ...part, isVague: true } : part));
}

/** A word as a piece. @param {string} word @returns {TypedPiece} */
function plainPiece(word) {
  return { parts: [word], joined: word, hasWildcard: false, isAcronym: false };
}

/** Split a word into letters and a year (`iclr24`: `iclr` and `2024`); null if it has another form. @param {string} word */
export function splitYear(word) {
  const [, letters, year] = WORD_AND_YEAR.exec(word) ?? [];
  return letters ? [letters, year.length > 2 ? year : `${year > "50" ? 19 : 20}${year}`] : null;
}

/**
 * Divide a word that no paper contains: `iclr24` into a venue and a year, `text2image` into the words around the digit.
 * Null if a paper contains it, if it has another form, or if its parts are not found either.
 * @param {string} word
 */
async function wordsWithin(word) {
  const edition = splitYear(word);
  const [, first, second] = WORD_2_WORD.exec(word) ?? [];
  const words = edition ?? (first ? [first, second] : null);
  if (!words) return null;
  const [joined, ...papers] = await Promise.all([word, ...words].map((part) => postings(stemOf(part))));
  if (joined.size) return null;
  const isFound = edition ? [...papers[0].values()].some((positions) => positions.venue) : papers.some(({ size }) => size);
  return isFound ? words : null;
}

/**
 * The slot of a word with its spellings, related words and long forms; with completions if it may be incomplete.
 * @param {string} word @param {TypedPiece} piece @param {Context} context @returns {Promise<Slot>}
 */
async function slotOfWord(word, piece, { isIncomplete = false, isLong = false }) {
  const typed = piece.isAcronym ? NAME_FIELDS.map((field) => option([word], OPTION_WEIGHTS.typed, field)) : [option([word], OPTION_WEIGHTS.typed)];
  const options = [...typed, ...spellings(word).map((variant) => option([variant], OPTION_WEIGHTS.spelling))];
  if (!isLong && !piece.isAcronym) {
    const related = await Promise.all([word, ...spellings(word)].map(relatedWords));
    options.push(...[...new Set(related.flat())].map((other) => option([other], OPTION_WEIGHTS.related)));
  }
  options.push(...(await longForms(word)).map((phrase) => option(phrase, OPTION_WEIGHTS.meaning)));
  /** @type {Slot} */
  const slot = { typed: word, options, piece, isStop: isStop(word) && !piece.isAcronym, isVague: isVague(word) };
  if (isIncomplete && !slot.isStop && (piece.hasWildcard || !await isKnown(slot))) {
    const words = await completions(word);
    slot.options.push(...words.map((other) => option([other], OPTION_WEIGHTS.completion)));
    slot.isIncomplete = words.length > 0;
  }
  return slot;
}
