// Related papers in another order: nearest first, as the page is built, or newest first.

import { element } from "./dom.js";

for (const list of document.querySelectorAll("[data-related]")) {
  const nearest = [...list.children];
  const newest = [...nearest].sort((one, other) => other.dataset.date.localeCompare(one.dataset.date));
  const order = element("select", {}, element("option", {}, "Nearest first"), element("option", {}, "Newest first"));
  order.setAttribute("aria-label", "Order of the related papers");
  order.addEventListener("change", () => list.replaceChildren(...(order.selectedIndex ? newest : nearest)));
  list.before(element("p", { className: "order" }, order));
}
