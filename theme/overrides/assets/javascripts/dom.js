// Functions that all scripts of the site share. Elements are made of text nodes, never of HTML, so that text cannot
// become markup.

/** The root of the site. */
export const base = new URL(/** @type {HTMLElement} */ (document.querySelector("[data-base]")).dataset.base.replace(/\/?$/, "/"), location.href);

/** The locale of dates: `en-GB` for English, so that days are written as on the pages, 23 April 2026. */
export const locale = document.documentElement.lang.replace(/^en$/, "en-GB");

/** Create an element with properties (not attributes) and children. */
export function element(name, properties = {}, ...children) {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
}

/** Create a button that calls `act`. */
export function button(text, act, properties = {}) {
  const node = element("button", { type: "button", ...properties }, text);
  node.addEventListener("click", act);
  return node;
}

/** The id of the paper that a link leads to, or "". */
export function idOf(link) {
  return new URL(link.href).pathname.match(/\/papers\/([a-z0-9-]+)\/$/)?.[1] ?? "";
}
