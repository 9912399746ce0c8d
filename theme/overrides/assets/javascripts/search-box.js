// A search box with results while typing: a combobox with a listbox, after the ARIA Authoring Practices Guide
// (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). The focus stays in the box; arrow keys select an option, Enter
// opens it, or the search page if none is selected.

import { element, find } from "./dom.js";
import { say } from "./strings.js";

/**
 * @typedef {object} BoxActions
 * @property {(query: string, limit: number) => Promise<Suggestions>} suggest finds pages and at most `limit` papers
 * @property {() => Promise<unknown>} prepare fetches what every search needs
 * @property {(words: string) => Promise<unknown>} prefetch fetches the files of complete words while the reader types more
 */

const [MAX_PAPERS, MAX_ON_PHONE] = [6, 4]; // as many fit without scrolling
const PHONE = "(max-width: 30rem)";
const DELAY = 80; // milliseconds without a key press before a search
let boxCount = 0;

/** Add results while typing to a `form[data-search]`. Returns the input. @param {HTMLFormElement} form @param {BoxActions} actions */
export function searchBox(form, { suggest, prepare, prefetch }) {
  const id = `search-box-${++boxCount}`;
  const box = find(form, "input[type=search]", HTMLInputElement);
  const keyHint = element("kbd", {}, "/");
  const menu = element("div", { className: "search-drop", hidden: true });
  const status = element("p", { className: "visually-hidden", id: `${id}-status` });
  const list = element("div", { id: `${id}-list` });
  const isInHeader = form.closest("[data-base]") !== null;
  box.after(...(isInHeader ? [keyHint] : []), menu, status);
  Object.assign(box, { autocomplete: "off", spellcheck: false, enterKeyHint: "search" });
  keyHint.setAttribute("aria-hidden", "true");
  status.setAttribute("role", "status");
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", say("drop.results"));
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  box.setAttribute("aria-describedby", status.id);
  box.setAttribute("aria-expanded", "false");
  let turn = 0; // counts queries, to ignore earlier answers
  let timer = 0;
  let selected = -1; // index of the selected option
  /** @type {HTMLAnchorElement[]} */
  let options = [];

  function close() {
    turn++;
    clearTimeout(timer);
    menu.hidden = true;
    select(-1);
    box.setAttribute("aria-expanded", "false");
  }

  /** @param {Node[]} content */
  function open(...content) {
    menu.replaceChildren(...content);
    menu.hidden = false;
    select(-1);
    box.setAttribute("aria-expanded", String(menu.contains(list)));
  }

  /** @param {number} index */
  function select(index) {
    selected = index;
    for (const [number, option] of options.entries()) {
      option.setAttribute("aria-selected", String(number === selected));
      option.classList.toggle("is-active", number === selected);
    }
    if (selected < 0) box.removeAttribute("aria-activedescendant");
    else {
      box.setAttribute("aria-activedescendant", options[selected].id);
      options[selected].scrollIntoView({ block: "nearest" });
    }
  }

  /** @param {Suggestion} suggestion @param {number} index */
  function createOption({ href, className, title, text }, index) {
    const option = element("a", { id: `${id}-${index}`, href, className, tabIndex: -1 },
      element("strong", {}, ...title), " ", element("span", {}, text));
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    return option;
  }

  /** @param {Suggestions} suggestions */
  function show({ items, count, usedText, isChanged }) {
    options = items.map(createOption);
    list.replaceChildren(...options);
    open(...(isChanged ? [element("p", {}, say("drop.showing", { words: usedText }))] : []), ...(options.length ? [list] : []),
      element("p", {}, count ? say("drop.all", { count }) : say("drop.none")));
    status.textContent = count ? say("status.found", { count }) : say("status.none");
  }

  async function search() {
    const query = box.value;
    const ownTurn = ++turn;
    if (!query.trim()) return close();
    if (menu.hidden) open(...Array.from({ length: 3 }, () => element("p", {}, "\u00a0")));
    try {
      const suggestions = await suggest(query, matchMedia(PHONE).matches ? MAX_ON_PHONE : MAX_PAPERS);
      if (ownTurn === turn) show(suggestions);
    } catch {
      if (ownTurn === turn) open(element("p", {}, say(navigator.onLine ? "status.failed" : "status.offline")));
    }
  }

  /** Open the selected option, in a new tab with Ctrl. Without one, the form opens the search page. @param {KeyboardEvent} event */
  function openSelected(event) {
    const option = options[selected];
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      const page = new URL(form.action);
      page.searchParams.set("q", box.value.trim());
      window.open(option ? option.href : page.href, "_blank", "noopener");
    } else if (option) {
      event.preventDefault();
      option.click();
    }
  }

  box.addEventListener("input", () => {
    clearTimeout(timer);
    turn++;
    select(-1); // the listed results belong to the previous query
    if (!box.value.trim()) return close();
    timer = setTimeout(search, DELAY);
    prefetch(box.value.replace(/\S+$/u, "")).catch(() => {}); // the last word may be incomplete
  });
  box.addEventListener("focus", () => { prepare().catch(() => {}); }, { once: true });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // an input method handles these keys
    const last = options.length - 1;
    const isListOpen = !menu.hidden && menu.contains(list);
    if (event.key === "Escape" && !menu.hidden) { event.preventDefault(); close(); } // else browsers would empty the box
    else if (event.key === "ArrowDown" && !isListOpen && box.value.trim()) { event.preventDefault(); search(); }
    else if (event.key === "ArrowDown" && isListOpen) { event.preventDefault(); select(selected >= last ? -1 : selected + 1); }
    else if (event.key === "ArrowUp" && isListOpen) { event.preventDefault(); select(selected < 0 ? last : selected - 1); }
    else if (event.key === "Enter") openSelected(event);
    else if (event.key === "Tab") close();
  });
  document.addEventListener("click", (event) => { if (!form.contains(/** @type {Node} */ (event.target))) close(); });
  return box;
}
