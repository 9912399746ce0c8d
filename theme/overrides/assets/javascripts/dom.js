// Functions that all scripts of the site share. Elements are made of text nodes, never of HTML, so that text cannot
// become markup.

/**
 * The first element below `root` that matches `selector`. Throws if it is missing or of another class, because
 * then a template and its script do not fit.
 * @template {Element} [E=HTMLElement]
 * @param {ParentNode} root @param {string} selector @param {new () => E} [type]
 * @returns {E}
 */
export function find(root, selector, type = /** @type {any} */ (HTMLElement)) {
  const match = root.querySelector(selector);
  if (!(match instanceof type)) throw new TypeError(`${selector} is missing`);
  return match;
}

/** The URL of the site's root. A site may be published in a folder of its host, so scripts build all URLs from this one. */
export const base = new URL(`${find(document, "[data-base]").dataset.base}`.replace(/\/?$/, "/"), location.href);

/** The URL of a page or file of the site. @param {string} path */
export function urlOf(path) {
  return new URL(path, base).href;
}

/** The locale of dates: `en-GB` for English, which writes days as the built pages do, 23 April 2026. */
export const locale = document.documentElement.lang.replace(/^en$/, "en-GB");

/**
 * Create an element with properties (not attributes) and children.
 * @template {keyof HTMLElementTagNameMap} N
 * @param {N} name @param {Partial<HTMLElementTagNameMap[N]>} properties @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[N]}
 */
export function element(name, properties = {}, ...children) {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children); // strings become text nodes
  return node;
}

/**
 * Create a button that calls `act`.
 * @param {string} text @param {(event: MouseEvent) => unknown} act @param {Partial<HTMLButtonElement>} properties
 */
export function button(text, act, properties = {}) {
  const node = element("button", { type: "button", ...properties }, text); // the default type would submit a form
  node.addEventListener("click", act);
  return node;
}

/** The selector of the link in the title of each card. */
export const TITLE = ".card-title a";

/** The link in the title of a card, or null. @param {ParentNode} card @returns {HTMLAnchorElement | null} */
export function titleOf(card) {
  return card.querySelector(TITLE);
}

/** The id of the paper that a link leads to, or "". @param {HTMLAnchorElement | null} link */
export function paperId(link) {
  return (link && new URL(link.href).pathname.match(/\/papers\/([a-z0-9-]+)\/$/)?.[1]) ?? "";
}

/** How many of `total` people a card names: `limit`, or all if at most one more remains. @param {number} total @param {number} limit */
export function shownPeople(total, limit) {
  return total <= limit + 1 ? total : limit;
}
