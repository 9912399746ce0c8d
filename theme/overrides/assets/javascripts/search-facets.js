// Filters papers by facets. A facet as its file has it becomes, for each paper, the places of its values; chosen values
// are `{ in: [places], out: [places] }` for each facet. Pure functions.

/** Facets of the files' form as a map from name to `{ name, values, of }`, `of` with a list of places a paper. */
export function expanded(files) {
  const byName = new Map(files.map((facet) => [facet.name, facet]));
  return new Map(files.map((facet) => [facet.name, { name: facet.name, values: facet.values, of: expandedPlaces(facet, byName) }]));
}

function expandedPlaces(facet, byName) {
  const list = (value) => (value === null ? [] : Array.isArray(value) ? value : [value]);
  if (facet.through) return byName.get(facet.through).of.map((place) => list(facet.of[place]));
  return facet.of.map((value) => {
    const places = new Set(list(value));
    for (const place of places) {
      const above = facet.values[place][2];
      if (above !== undefined && above !== null) places.add(above); // iteration over a set includes what is added meanwhile
    }
    return [...places];
  });
}

function allows(facet, { in: wanted, out }, number) {
  const own = facet.of[number];
  return (!wanted.length || wanted.some((place) => own.includes(place))) && !out.some((place) => own.includes(place));
}

/** Those of `numbers` that all chosen values allow; the facet named `except` does not narrow. */
export function narrowed(numbers, facets, chosen, except = "") {
  const active = Object.entries(chosen).filter(([name, { in: wanted, out }]) =>
    name !== except && facets.has(name) && (wanted.length || out.length));
  return numbers.filter((number) => active.every(([name, values]) => allows(facets.get(name), values, number)));
}

/** How many of `numbers` have each value of a facet, by place. */
export function counted(numbers, facet) {
  const counts = facet.values.map(() => 0);
  for (const number of numbers) for (const place of facet.of[number]) counts[place]++;
  return counts;
}
