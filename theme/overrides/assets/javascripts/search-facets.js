// By what papers are narrowed. A facet as its file tells it becomes, for each paper, the places of its values; chosen
// values are `{ in: [places], out: [places] }` a facet. Pure but for nothing: no page, no network.

/** Facets of the files' form as a map from name to `{ name, values, of }`, `of` with a list of places a paper. */
export function expanded(told) {
  const byName = new Map(told.map((facet) => [facet.name, facet]));
  return new Map(told.map((facet) => [facet.name, { name: facet.name, values: facet.values, of: expandedPlaces(facet, byName) }]));
}

function expandedPlaces(facet, byName) {
  const list = (held) => (held === null ? [] : Array.isArray(held) ? held : [held]);
  if (facet.through) return byName.get(facet.through).of.map((place) => list(facet.of[place]));
  return facet.of.map((held) => {
    const found = new Set(list(held));
    for (const place of found) {
      const above = facet.values[place][2];
      if (above !== undefined && above !== null) found.add(above); // a set goes on to what is added while it is walked
    }
    return [...found];
  });
}

function allows(facet, { in: wanted, out }, number) {
  const held = facet.of[number];
  return (!wanted.length || wanted.some((place) => held.includes(place))) && !out.some((place) => held.includes(place));
}

/** Those of `numbers` that all chosen values allow; the facet named `except` does not narrow. */
export function narrowed(numbers, facets, chosen, except = "") {
  const asked = Object.entries(chosen).filter(([name, { in: wanted, out }]) =>
    name !== except && facets.has(name) && (wanted.length || out.length));
  return numbers.filter((number) => asked.every(([name, values]) => allows(facets.get(name), values, number)));
}

/** How many of `numbers` have each value of a facet, by place. */
export function counted(numbers, facet) {
  const counts = facet.values.map(() => 0);
  for (const number of numbers) for (const place of facet.of[number]) counts[place]++;
  return counts;
}
