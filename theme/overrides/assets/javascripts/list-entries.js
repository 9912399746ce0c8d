// The papers of a list, for list-controls.js to sort and filter: the facts on each card, and the cards of the list's
// other pages, which are fetched on demand.

import { find, titleOf } from "./dom.js";
import { folded } from "./fold.js";

/** The text of the first element below `card` that matches, or "". @param {HTMLElement} card @param {string} selector */
const textOf = (card, selector) => card.querySelector(selector)?.textContent.trim() ?? "";

/** The paper of a card. Its `date` is an ISO date, or a year if the date is not known, or "". @param {HTMLElement} card */
function readCard(card) {
  const venue = textOf(card, ".badge-venue");
  const date = card.querySelector("time")?.dateTime || venue.match(/\b(?:19|20)\d\d\b/)?.[0] || "";
  return {
    card,
    title: titleOf(card)?.textContent.trim() ?? "",
    words: folded(card.textContent), // what readers see is what they can search
    date,
    venue,
    year: date.slice(0, 4),
    track: textOf(card, ".badge-track, .badge-highlight"),
    topic: textOf(card, ".badge-topic"),
    code: Boolean(card.querySelector(".badge-code")),
  };
}

/**
 * The URLs of all pages of a list, with null for `page` itself. The pager does not link every page, but pages are numbered
 * consecutively.
 * @param {Document} page @param {string} url
 */
function listPages(page, url) {
  const pager = page.querySelector(".listing .pager");
  if (!pager) return [null];
  const numbers = [...pager.querySelectorAll("a, strong")].map((link) => Number(link.textContent)); // "…" is plain text
  const current = Number(find(pager, "strong").textContent);
  const root = new URL(url).pathname.replace(/page\/\d+\/$/, "");
  return Array.from({ length: Math.max(...numbers) }, (_, index) => index + 1)
    .map((number) => (number === current ? null : new URL(number === 1 ? root : `${root}page/${number}/`, url).href));
}

/** Fetch a page of the site and parse it. @param {string} url */
async function fetchPage(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status}`);
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

/**
 * Copies of the cards of a page, without elements that scripts added. Links become absolute, because the copies are shown
 * on another page.
 * @param {Document} page @param {string} url
 */
function cardsOf(page, url) {
  return [.../** @type {NodeListOf<HTMLElement>} */ (page.querySelectorAll(".listing .card"))].map((card) => {
    const copy = document.importNode(card, true);
    for (const added of copy.querySelectorAll(".list-button, .read-mark")) added.remove();
    for (const node of copy.querySelectorAll("[id]")) node.removeAttribute("id"); // ids must be unique, and the original card has them
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (copy.querySelectorAll("a[href]"))) {
      link.href = new URL(link.getAttribute("href") ?? "", url).href;
    }
    return copy;
  });
}

/**
 * The cards of all pages of a list. `url` is that of one of its pages; `page` is the document of this page, if loaded.
 * @param {string} url @param {Document} [page]
 */
async function fetchList(url, page) {
  const loadedPage = page ?? await fetchPage(url);
  const cards = await Promise.all(listPages(loadedPage, url).map(async (other) =>
    (other ? cardsOf(await fetchPage(other), other) : cardsOf(loadedPage, url))));
  return cards.flat();
}

/**
 * All papers of this page's list, in its order. A list that shows only some papers links to the pages with all of them.
 */
export async function listedPapers() {
  const links = /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".list-sources a[href]"));
  const lists = links.length ? [...links].map((link) => fetchList(link.href)) : [fetchList(location.href, document)];
  return (await Promise.all(lists)).flat().map(readCard);
}
