// Filters papers by facets. The files of facets are expanded to a list of value indexes per paper. A selection is
// `{ in: [indexes], out: [indexes] }` for each facet. Pure functions.

/**
 * Expand facets from their files: a map from name to `{ name, values, of }`, with a list of indexes per paper in `of`.
 */
export function expanded(files) {
  const byName = new Map(files.map((facet) => [facet.name, facet]));
  return new Map(files.map((facet) => [facet.name, { name: facet.name, values: facet.values, of: expandedPlaces(facet, byName) }]));
}

/** The list of value indexes for each paper. Topics include their ancestors. */
function expandedPlaces(facet, byName) {
  const list = (value) => (value === null ? [] : Array.isArray(value) ? value : [value]);
  if (facet.through) return byName.get(facet.through).of.map((place) => list(facet.of[place]));
  return facet.of.map((value) => {
    const places = new Set(list(value));
    for (const place of places) {
      const above = facet.values[place][2];
      if (above !== undefined && above !== null) places.add(above); // iterating over a set includes elements that are added meanwhile
    }
    return [...places];
  });
}

/** Whether a paper has one of the included values, and none of the excluded ones. */
function allows(facet, { in: wanted, out }, number) {
  const own = facet.of[number];
  return (!wanted.length || wanted.some((place) => own.includes(place))) && !out.some((place) => own.includes(place));
}

/** The papers of `numbers` that match the selection of all facets, or of all except one. */
export function narrowed(numbers, facets, chosen, except = "") {
  const active = Object.entries(chosen).filter(([name, { in: wanted, out }]) =>
    name !== except && facets.has(name) && (wanted.length || out.length));
  return numbers.filter((number) => active.every(([name, values]) => allows(facets.get(name), values, number)));
}

/** The number of papers with each value of a facet. */
export function counted(numbers, facet) {
  const counts = facet.values.map(() => 0);
  for (const number of numbers) for (const place of facet.of[number]) counts[place]++;
  return counts;
}
