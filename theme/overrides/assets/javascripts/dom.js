// What scripts of the site share: elements made of text nodes, never of HTML, the site's root, and ids of papers.

export const base = new URL(/** @type {HTMLElement} */ (document.querySelector("[data-base]")).dataset.base.replace(/\/?$/, "/"), location.href);

/** The locale of dates: in English a day is written as on the pages, 23 April 2026. */
export const locale = document.documentElement.lang.replace(/^en$/, "en-GB");

export function element(name, properties = {}, ...children) {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
}

/** A button that does `act`. */
export function button(text, act, properties = {}) {
  const node = element("button", { type: "button", ...properties }, text);
  node.addEventListener("click", act);
  return node;
}

/** The id of the paper to whose page a link leads, or "". */
export function idOf(link) {
  return new URL(link.href).pathname.match(/\/papers\/([a-z0-9-]+)\/$/)?.[1] ?? "";
}
