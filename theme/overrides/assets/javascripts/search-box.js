// A search box with results while typing: a combobox with a listbox, after the ARIA Authoring Practices Guide. The
// focus stays in the box; arrow keys select an option, Enter opens it, or the search page if none is selected.

import { base, element } from "./dom.js";
import { wordsOf } from "./fold.js";
import { about, aboutPlace, address, titled } from "./search-hits.js";
import { say } from "./strings.js";

const [SHOWN, ON_A_PHONE] = [6, 4]; // papers that fit without scrolling
const PHONE = "(max-width: 30rem)";
const WAIT = 80; // milliseconds without a key press before a search
let boxes = 0;

/**
 * Add results while typing to a `form[data-search]`.
 * `answer(query, most)` returns `{ places, papers, count, changed, words }`. `prepare()` fetches the files of all
 * searches when the box gets the focus, and `expect(words)` those of words while the reader types more.
 */
export function searchBox(form, { answer, prepare, expect }) {
  const id = `search-box-${++boxes}`;
  const box = form.querySelector("input[type=search]");
  const key = element("kbd", {}, "/");
  const drop = element("div", { className: "search-drop", hidden: true });
  const status = element("p", { className: "visually-hidden", id: `${id}-status` });
  const list = element("div", { id: `${id}-list` });
  box.after(...(form.closest("[data-base]") ? [key] : []), drop, status);
  Object.assign(box, { autocomplete: "off", spellcheck: false, enterKeyHint: "search" });
  key.setAttribute("aria-hidden", "true");
  status.setAttribute("role", "status");
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", say("drop.results"));
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  box.setAttribute("aria-describedby", status.id);
  box.setAttribute("aria-expanded", "false");
  let turn = 0;
  let wait = 0;
  let at = -1;

  function close() {
    turn++;
    clearTimeout(wait);
    drop.hidden = true;
    choose(-1);
    box.setAttribute("aria-expanded", "false");
  }

  function open(...content) {
    drop.replaceChildren(...content);
    drop.hidden = false;
    choose(-1);
    box.setAttribute("aria-expanded", String(drop.contains(list)));
  }

  function choose(place) {
    at = place;
    for (const [number, option] of [...list.children].entries()) {
      option.setAttribute("aria-selected", String(number === at));
      option.classList.toggle("is-at", number === at);
    }
    if (at < 0) box.removeAttribute("aria-activedescendant");
    else {
      box.setAttribute("aria-activedescendant", list.children[at].id);
      list.children[at].scrollIntoView({ block: "nearest" });
    }
  }

  function option(href, className, ...children) {
    const node = element("a", { href, className, tabIndex: -1 }, ...children);
    node.setAttribute("role", "option");
    node.setAttribute("aria-selected", "false");
    return node;
  }

  function placeOption({ kind, name, path, count }) {
    return option(new URL(path, base).href, "drop-place", element("strong", {}, name), " ",
      element("span", {}, aboutPlace(kind, count)));
  }

  function paperOption(data, words) {
    const wanted = wordsOf(words);
    return option(address(data, words), "drop-paper", element("strong", {}, ...titled(data.meta, wanted)), " ",
      element("span", {}, about(data.meta, wanted)));
  }

  function show({ places, papers, count, words, changed }) {
    const options = [...places.map(placeOption), ...papers.map((data) => paperOption(data, words))];
    for (const [number, one] of options.entries()) one.id = `${id}-${number}`;
    list.replaceChildren(...options);
    open(...(changed ? [element("p", {}, say("drop.showing", { words }))] : []), ...(options.length ? [list] : []),
      element("p", {}, count ? say("drop.all", { count }) : say("drop.none")));
    status.textContent = count ? say("status.found", { count }) : say("status.none");
  }

  async function suggest() {
    const query = box.value;
    const mine = ++turn;
    if (!query.trim()) return close();
    if (drop.hidden) open(...Array.from({ length: 3 }, () => element("p", { className: "drop-skeleton" }, "\u00a0")));
    try {
      const found = await answer(query, matchMedia(PHONE).matches ? ON_A_PHONE : SHOWN);
      if (mine === turn) show(found);
    } catch {
      if (mine === turn) open(element("p", {}, say(navigator.onLine ? "status.failed" : "status.offline")));
    }
  }

  function follow(event) {
    const chosen = list.children[at];
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      const page = new URL(form.action);
      page.searchParams.set("q", box.value.trim());
      window.open(chosen ? chosen.href : page.href, "_blank", "noopener");
    } else if (chosen) {
      event.preventDefault();
      chosen.click();
    }
  }

  box.addEventListener("input", () => {
    clearTimeout(wait);
    turn++;
    choose(-1); // the listed results belong to the previous query
    if (!box.value.trim()) return close();
    wait = setTimeout(suggest, WAIT);
    expect(box.value.replace(/\S+$/u, "")).catch(() => {}); // the last word may be incomplete
  });
  box.addEventListener("focus", () => { prepare().catch(() => {}); }, { once: true });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // an input method handles these keys
    const last = list.children.length - 1;
    const shown = !drop.hidden && drop.contains(list);
    if (event.key === "Escape" && !drop.hidden) { event.preventDefault(); close(); }
    else if (event.key === "ArrowDown" && !shown && box.value.trim()) { event.preventDefault(); suggest(); }
    else if (event.key === "ArrowDown" && shown) { event.preventDefault(); choose(at >= last ? -1 : at + 1); }
    else if (event.key === "ArrowUp" && shown) { event.preventDefault(); choose(at < 0 ? last : at - 1); }
    else if (event.key === "Enter") follow(event);
    else if (event.key === "Tab") close();
  });
  document.addEventListener("click", (event) => { if (!form.contains(event.target)) close(); });
  return box;
}
