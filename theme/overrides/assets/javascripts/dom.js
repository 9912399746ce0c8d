// What scripts of the site share: elements made of text nodes, never of HTML, and the site's root.

export const base = new URL(document.querySelector("[data-base]").dataset.base.replace(/\/?$/, "/"), location.href);

export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}
