// What a reader may have meant: words that the digest does not have, replaced by near ones that it has.

const SHORTEST = 4; // shorter words have too many neighbours
const LONGEST = 24;
const files = new Map();

/** Lower case without accents, as the lists of words are folded. */
export function folded(text) {
  return text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
}

/** How many letters must be deleted, added, changed or swapped to make `a` into `b`; more than `most` gives most + 1. */
export function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [before, last] = [[], Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[b.length];
}

async function words(base, length) {
  if (length < 3 || length > LONGEST) return {};
  if (!files.has(length)) {
    const asked = fetch(new URL(`search/words/${length}.json`, base)).then((answer) => (answer.ok ? answer.json() : {}));
    files.set(length, asked.catch(() => ({})));
  }
  return files.get(length);
}

/** The nearest word that the digest has, the more frequent of two equally near; `word` itself if none is near. */
async function nearest(base, word) {
  const known = await words(base, word.length);
  if (Object.hasOwn(known, word)) return word;
  const lists = await Promise.all([word.length - 1, word.length + 1].map((length) => words(base, length)));
  let best = { word, distance: 2, count: Infinity };
  for (const list of [known, ...lists]) {
    for (const [candidate, count] of Object.entries(list)) {
      const off = distance(word, candidate, 1);
      if (off < best.distance || (off === best.distance && count > best.count)) best = { word: candidate, distance: off, count };
    }
  }
  // A word that is still being typed is no mistake: search finds what begins like it.
  return best.word.startsWith(word) ? word : best.word;
}

/** `query` with mistyped words replaced, or `query` itself. What stands in quotes or after a colon is left alone. */
export async function meant(base, query) {
  if (query.includes('"')) return query;
  const pieces = query.split(/([\p{L}\p{M}\p{N}]{4,})/u);
  const replaced = await Promise.all(pieces.map(async (piece, at) => {
    const word = folded(piece);
    if (at % 2 === 0 || word.length < SHORTEST || word.length > LONGEST || pieces[at - 1].endsWith(":")) return piece;
    const near = await nearest(base, word);
    return near === word ? piece : near;
  }));
  return replaced.join("");
}
