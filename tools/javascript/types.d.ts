// Types that several scripts of the theme share. They are checked by `make lint` and never loaded by a page.

/** A paper's `index.json` (generator/exports/records.py), as far as scripts read it. */
interface PaperRecord {
  id: string;
  title: string;
  title_plain?: string;
  aliases?: string[];
  authors?: { id: string; name: string }[];
  venue: { name: string; track?: string };
  date?: string;
  topics?: { id: string; name: string }[];
  keywords?: string[];
  awards?: string[];
  links?: Record<string, string>;
  status?: string;
  texts?: { tldr?: string; tldr_plain?: string }[];
  text_writer?: { kind: string; reviewed_by?: string };
}

/** A followed page: its site path, such as `topics/vision`, its heading, and whether it has a feed. */
interface Follow {
  place: string;
  name: string;
  feed: boolean;
}

/**
 * A paper of `recent.json`: its id, the ISO date on which it was added, and the site paths of the lists that contain it.
 * `isNews` is false for papers of the founding collection, with which the digest began.
 */
interface RecentPaper {
  id: string;
  added: string;
  isNews: boolean;
  places: Set<string>;
}

/**
 * A paper as a card of a list shows it. `words` is the folded text of the card. `date` is an ISO date, or a year if the date is
 * not known, or "". `code` is true if the paper has code, `followed` if it is on a page that the reader follows.
 */
interface ListedPaper {
  card: HTMLElement;
  title: string;
  words: string;
  date: string;
  venue: string;
  year: string;
  track: string;
  topic: string;
  code: boolean;
  followed: boolean;
}

/** A paper on the map; `place` is the center of its dot, in coordinates of the picture. */
interface MapPaper {
  link: SVGAElement;
  title: string;
  venue: string;
  year: string;
  place: [number, number];
}

/** A word between spaces, folded: `parts` between hyphens and signs, and these `joined`. */
interface Piece {
  parts: string[];
  joined: string;
}

// --- search -------------------------------------------------------------------------------------------------------

/** A word or phrase of a query; `field` is a field to search in, or "". */
interface Unit {
  text: string;
  isPhrase: boolean;
  field: string;
}

/** A part of a query: papers must have at least one of the units, or none of them if it is excluded. */
interface Clause {
  isExcluded: boolean;
  units: Unit[];
}

/** A typed filter such as `author:zhang`. */
interface Filter {
  facet: string;
  value: string;
  isExcluded: boolean;
}

/** A query; `text` is the query without its filters. */
interface ParsedQuery {
  text: string;
  filters: Filter[];
  clauses: Clause[];
  unknownFields: string[];
}

/** Where a paper has a word: the positions of the word in each field of the index. */
type Positions = Record<string, number[]>;

/** The papers that have a word, by number. Papers are numbered from the newest. */
type Postings = Map<number, Positions>;

/**
 * A way to write a part of a query: words in sequence, found by their stems. `weight` is how much it counts, from 0 to 1.
 * `field` is the only field to search in, or "". `postings` are given if they are not those of the stems.
 */
interface Option {
  words: string[];
  stems: string[];
  weight: number;
  field?: string;
  postings?: Postings;
}

/**
 * A paper that has an option. `fit` is how well, from 0 to 1. `isInPaper` is false if only the description of its topic has the
 * option.
 */
interface Match {
  fit: number;
  option: Option;
  positions: Positions;
  isInPaper: boolean;
}

/**
 * One thing that a paper should contain. `typed` is what the reader typed for it. `isExplicit` marks quotes, fields, `OR`
 * and exclusions, which are not corrected. Papers need not contain a slot that `isVague`. `replacement` is what a
 * correction searches for instead, and `cost` how unlikely it is.
 */
interface Slot {
  typed: string;
  options: Option[];
  piece?: Piece;
  isExcluded?: boolean;
  isExplicit?: boolean;
  isStop?: boolean;
  isVague?: boolean;
  isIncomplete?: boolean;
  replacement?: string;
  cost?: number;
}

/** A slot with its papers; `count` leaves out papers of which only the description of their topic has it. */
interface FoundSlot extends Slot {
  papers: Map<number, Match>;
  count: number;
}

/** A piece of a query; `hasWildcard` if it ends with an asterisk, `isAcronym` if it is a stop word in capitals. */
interface TypedPiece extends Piece {
  hasWildcard: boolean;
  isAcronym: boolean;
}

/**
 * The meanings of `count` pieces from `start` on, each phrase as a list of words. `german` are English translations, `short`
 * is the abbreviation of a long form, and `same` are synonyms.
 */
interface Meaning {
  start: number;
  count: number;
  phrases: string[][];
  kind: "german" | "short" | "same";
}

/**
 * A part of a query and where a paper has it, if it has it. Papers need not contain a part that `isVague`. `replacement` is
 * what a correction searched for instead.
 */
interface WordMatch extends Partial<Match> {
  typed: string;
  isVague?: boolean;
  replacement?: string;
}

/**
 * The papers of a query, best first. The first `fullMatchCount` have all words. `usedText` is the query after corrections,
 * `missingWords` are those that no paper has.
 */
interface FoundPapers {
  numbers: number[];
  fullMatchCount: number;
  usedText: string;
  missingWords: string[];
  matchesIn: (number: number) => WordMatch[];
}

/**
 * The score of a paper. `hasAllWords` ignores vague words. `share` is the share of the words' weight that the paper or the
 * description of its topic has.
 */
interface Score {
  number: number;
  score: number;
  hasAllWords: boolean;
  share: number;
}

/**
 * Where a typed word is in titles and names: maps from number to exactness (0 to 1). `heads` are the papers whose title
 * begins with the word and a colon.
 */
interface TitleMatch {
  weight: number;
  titles: Map<number, number>;
  people: Map<number, number>;
  heads: number[];
  isVague?: boolean;
}

/** The number of a paper and its score. */
type Ranked = [number: number, score: number];

/**
 * The result data of a paper (generator/search/records.py). `edition`, `area` and `people` are the site paths of the pages of
 * the venue, the topic and the first authors. `rich` is the title with formulas as MathML.
 */
interface PaperData {
  url: string;
  meta: {
    title: string;
    rich?: string;
    authors?: string;
    people?: string;
    venue: string;
    edition: string;
    track?: string;
    topic?: string;
    area?: string;
    code?: string;
    date?: string;
    tldr?: string;
    writer?: string;
    status?: string;
  };
}

/** A value of a facet: its name, id, the index of its parent, and its other names. */
type FacetValue = [name: string, id?: string, parent?: number | null, names?: string[]];

/**
 * A facet as its file has it (generator/search/facets.py): `of` has the indexes of the values of each paper, or of each
 * value of the facet that `through` names.
 */
interface FacetFile {
  name: string;
  values: FacetValue[];
  of: (number | number[] | null)[];
  through?: string;
}

/** A facet with the indexes of the values of each paper. */
interface Facet {
  name: string;
  values: FacetValue[];
  indexes: number[][];
}

/** Included values (`in`) and excluded values (`out`) of a facet, as names or as indexes. */
interface InOut<T> {
  in: T[];
  out: T[];
}

/**
 * The state of the search page. With `exact`, spelling is not corrected. `sort` is one of the ORDERS of search-state.js, and
 * `chosen` has the selected values of each facet.
 */
interface SearchState {
  query: string;
  exact: boolean;
  sort: string;
  chosen: Record<string, InOut<string>>;
}

/** The values of a facet, and the number of papers with each of them. */
interface FacetCounts {
  values: FacetValue[];
  counts: number[];
}

/** A filter with the names of the values that it matches. */
interface UnderstoodFilter extends Filter {
  values: string[];
}

/** A filter that matches no value, with similar values. */
interface UnknownFilter extends Filter {
  similar: string[];
}

/**
 * The answer to a state of the search page. `text` is the query without its filters, `unfilteredCount` the number of papers that
 * match it, and `counts` has the numbers of papers by facet.
 */
interface Answer extends FoundPapers {
  text: string;
  filters: UnderstoodFilter[];
  unknownFilters: UnknownFilter[];
  unknownFields: string[];
  unfilteredCount: number;
  counts: Map<string, FacetCounts>;
}

/** A page that matches a query by its name; `count` is the number of papers that it lists. */
interface PageMatch {
  kind: string;
  name: string;
  path: string;
  count: number;
}

/** A page or paper that a search box suggests: its title and a line about it. */
interface Suggestion {
  href: string;
  className: string;
  title: (Node | string)[];
  text: string;
}

/** What a search box shows; `isChanged` if mistyped words were corrected. */
interface Suggestions {
  items: Suggestion[];
  count: number;
  usedText: string;
  isChanged: boolean;
}

/**
 * What the buttons of the search page do: change the state, include ("in") or exclude ("out") a value or neither, search without
 * corrections, and replace the value of a typed filter.
 */
interface SearchActions {
  change: (update: Partial<SearchState>) => void;
  choose: (facet: string, value: string, mode: "in" | "out" | "") => void;
  searchExactly: () => void;
  replaceFilter: (filter: Filter, value: string) => void;
}
