// Filters papers by facets. A file has value indexes `of` each paper, or, if it has `through`, of each value of that
// facet. A selection is `{ in: [indexes], out: [indexes] }` for each facet. Pure functions.

/** Expand facets from their files: a map from name to facet. @param {FacetFile[]} files @returns {Map<string, Facet>} */
export function expandFacets(files) {
  const byName = new Map(files.map((facet) => [facet.name, facet]));
  return new Map(files.map((facet) => [facet.name, { name: facet.name, values: facet.values, indexes: indexesByPaper(facet, byName) }]));
}

/** The list of value indexes for each paper. Topics include their ancestors. @param {FacetFile} facet @param {Map<string, FacetFile>} byName */
function indexesByPaper(facet, byName) {
  /** @param {number | number[] | null} value */
  const list = (value) => (value === null ? [] : Array.isArray(value) ? value : [value]);
  const through = facet.through && byName.get(facet.through);
  if (through) return through.of.map((index) => list(facet.of[/** @type {number} */ (index)]));
  return facet.of.map((value) => {
    const indexes = new Set(list(value));
    for (const index of indexes) {
      const parent = facet.values[index][2];
      if (parent !== undefined && parent !== null) indexes.add(parent); // the loop includes added elements
    }
    return [...indexes];
  });
}

/** Whether a paper has one of the included values, and none of the excluded ones. @param {Facet} facet @param {InOut<number>} lists @param {number} number */
function allows(facet, { in: included, out: excluded }, number) {
  const indexes = facet.indexes[number];
  return (!included.length || included.some((index) => indexes.includes(index))) && !excluded.some((index) => indexes.includes(index));
}

/**
 * The papers of `numbers` that match the selection of all facets except `except`: the counts of a facet show what another
 * value would give, so they ignore its own selection.
 * @param {number[]} numbers @param {Map<string, Facet>} facets @param {Record<string, InOut<number>>} selection @param {string} except
 */
export function filterPapers(numbers, facets, selection, except = "") {
  const active = [...facets.values()].filter(({ name }) =>
    name !== except && (selection[name].in.length || selection[name].out.length));
  return numbers.filter((number) => active.every((facet) => allows(facet, selection[facet.name], number)));
}

/** The number of papers with each value of a facet. @param {number[]} numbers @param {Facet} facet */
export function countValues(numbers, facet) {
  const counts = facet.values.map(() => 0);
  for (const number of numbers) for (const index of facet.indexes[number]) counts[index]++;
  return counts;
}
