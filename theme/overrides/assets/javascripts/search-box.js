// A search box with results while typing: a combobox with a list of options, after the pattern of the ARIA guide.
// The keyboard's place stays in the box; arrows name an option, Enter opens it or, without one, the search page.

import { element } from "./dom.js";
import { about, address } from "./search-hits.js";
import { say } from "./strings.js";

const SHOWN = 6;
const SHORTEST = 2;
const WAIT = 80; // milliseconds without a key before search is asked
let boxes = 0;

/** Make a `form[data-search]` instant. `answer(query)` gives `{ papers, count, used, words }`. */
export function searchBox(form, answer, prepare) {
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

  function option(data, words, number) {
    const made = element("a", { href: address(data, words), id: `${id}-${number}`, tabIndex: -1 },
      element("strong", {}, data.meta.title), " ", element("span", {}, about(data.meta)));
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", "false");
    return made;
  }

  async function suggest() {
    const query = box.value.trim();
    const mine = ++turn;
    if (query.length < SHORTEST) return close();
    let found;
    try {
      found = await answer(query, SHOWN);
    } catch {
      if (mine === turn) open(element("p", {}, say("status.failed")));
      return;
    }
    if (mine !== turn) return;
    list.replaceChildren(...found.papers.map((data, number) => option(data, found.words, number)));
    open(...(found.changed ? [element("p", {}, say("drop.showing", { words: found.words }))] : []),
      ...(found.count ? [list] : []),
      element("p", {}, found.count ? say("drop.all", { count: found.count }) : say("drop.none")));
    status.textContent = found.count ? say("status.found", { count: found.count }) : say("status.none");
  }

  box.addEventListener("input", () => {
    clearTimeout(wait);
    turn++;
    choose(-1); // what is listed answers the query before
    if (box.value.trim().length < SHORTEST) close();
    else wait = setTimeout(suggest, WAIT);
  });
  box.addEventListener("focus", () => { prepare().catch(() => {}); }, { once: true });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // the keys are those of an input method
    const last = list.children.length - 1;
    const shown = !drop.hidden && drop.contains(list);
    if (event.key === "Escape" && !drop.hidden) { event.preventDefault(); close(); }
    else if (event.key === "ArrowDown" && !shown && box.value.trim()) { event.preventDefault(); suggest(); }
    else if (event.key === "ArrowDown" && shown) { event.preventDefault(); choose(at >= last ? -1 : at + 1); }
    else if (event.key === "ArrowUp" && shown) { event.preventDefault(); choose(at < 0 ? last : at - 1); }
    else if (event.key === "Enter" && shown && at >= 0) { event.preventDefault(); list.children[at].click(); }
    else if (event.key === "Tab") close();
  });
  document.addEventListener("click", (event) => { if (!form.contains(event.target)) close(); });
  return box;
}
