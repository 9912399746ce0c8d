// The papers that were added last, from recent.json: ids, dates, and the places of the lists that contain them.

import { idOf, base } from "./dom.js";
import { follows } from "./follows.js";
import { file } from "./records.js";

let loading = null;

/**
 * The latest papers, newest first: `{ id, added, isNews, places }`, with `places` as a set. Papers of the founding
 * collection have `isNews` false.
 */
export function recent() {
  loading ??= file("recent.json", "json")
    .then(({ places, news, papers }) => papers.map(([id, added, ...numbers], index) => ({ id, added, isNews: index < news, places: new Set(numbers.map((number) => places[number])) })))
    .catch((error) => { loading = null; throw error; });
  return loading;
}

/** The places that a card links to, for papers that are not among the latest. */
function linked(card) {
  return [...card.querySelectorAll("a[href]")].map((link) => decodeURI(new URL(link.href).pathname).slice(base.pathname.length).replace(/\/$/, ""));
}

/** A function that tells whether a card's paper is in a followed place. Following a series includes its editions. */
export async function followedCards() {
  const followed = new Set(follows().map(({ place }) => place));
  const known = new Map((await recent().catch(() => [])).map(({ id, places }) => [id, places]));
  return (card) => {
    const places = known.get(idOf(card.querySelector(".card-title a"))) ?? linked(card);
    return [...places].some((place) => followed.has(place) || followed.has(place.replace(/^(venues\/[^/]+)\/.*/, "$1")));
  };
}
