// The papers that were added last, from recent.json: ids, dates, and the site paths (`places`) of the lists that contain
// them, such as `topics/vision`. The first `news` papers were added later than the founding collection.

import { base, paperId, titleOf } from "./dom.js";
import { follows } from "./follows.js";
import { fetchFile } from "./records.js";

/** @type {Promise<RecentPaper[]> | null} */
let loading = null;

/** The latest papers, newest first. */
export function recent() {
  loading ??= /** @type {Promise<{ places: string[], news: number, papers: [string, string, ...number[]][] }>} */ (fetchFile("recent.json", "json"))
    .then(({ places, news, papers }) => papers.map(([id, added, ...numbers], index) =>
      ({ id, added, isNews: index < news, places: new Set(numbers.map((number) => places[number])) })))
    .catch((error) => { loading = null; throw error; });
  return loading;
}

/** The site paths that a card links to: the lists of a paper that is not among the latest. @param {Element} card */
function linkedPlaces(card) {
  const links = /** @type {NodeListOf<HTMLAnchorElement>} */ (card.querySelectorAll("a[href]"));
  return [...links].map((link) => decodeURI(new URL(link.href).pathname).slice(base.pathname.length).replace(/\/$/, ""));
}

/** Return a function that says whether a card's paper is in a followed list. Following a series includes its editions. */
export async function followedCards() {
  const followed = new Set(follows().map(({ place }) => place));
  const placesById = new Map((await recent().catch(() => [])).map(({ id, places }) => [id, places]));
  return (/** @type {Element} */ card) => {
    const places = placesById.get(paperId(titleOf(card))) ?? linkedPlaces(card);
    return [...places].some((place) => followed.has(place) || followed.has(place.replace(/^(venues\/[^/]+)\/.*/, "$1")));
  };
}
