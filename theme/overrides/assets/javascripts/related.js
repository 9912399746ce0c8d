// Related papers in another order: nearest first, as the page is built, or newest first.

import { element } from "./dom.js";
import { say } from "./strings.js";

for (const list of document.querySelectorAll(".related")) {
  const nearest = [...list.children];
  const newest = [...nearest].sort((one, other) => other.dataset.date.localeCompare(one.dataset.date));
  const order = element("select", {}, element("option", {}, say("related.nearest")), element("option", {}, say("related.newest")));
  order.setAttribute("aria-label", say("related.order"));
  order.addEventListener("change", () => list.replaceChildren(...(order.selectedIndex ? newest : nearest)));
  list.before(element("p", { className: "order" }, order));
}
