// The reading list: ids of papers, kept in this browser alone, and the page that shows them.

import { base, element } from "./dom.js";
import { say } from "./strings.js";

const KEY = "digest-reading-list";
const ID = /^[a-z0-9-]{1,80}$/;
const MOST = 2000;

let unsaved = null; // the list of a browser that stores nothing, or no more: it lasts until the page is left

/** The ids on the list, the newest last. Whatever else stands in the store is ignored. */
function stored() {
  if (unsaved) return [...unsaved];
  try {
    return valid(JSON.parse(localStorage.getItem(KEY) ?? "[]"));
  } catch {
    return [];
  }
}

function valid(found) {
  const ids = Array.isArray(found) ? found.filter((id) => typeof id === "string" && ID.test(id)) : [];
  return [...new Set(ids)].slice(-MOST);
}

function store(ids) {
  const kept = valid(ids);
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
    unsaved = null;
  } catch {
    unsaved = kept;
  }
  refresh();
}

function toggle(id) {
  const ids = stored();
  store(ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id]);
}

// --- marks: a button for each paper of a page --------------------------------------------------------------------

const buttons = new Map();

function addButton(id, title, place) {
  const button = element("button", { type: "button", className: "list-button" });
  button.addEventListener("click", () => toggle(id));
  buttons.set(button, { id, title });
  place.append(button);
}

function idOf(link) {
  return new URL(link.href).pathname.match(/\/papers\/([a-z0-9-]+)\/$/)?.[1] ?? "";
}

function addButtons() {
  const paper = document.querySelector("[data-paper]");
  if (paper) addButton(paper.dataset.paper, document.querySelector("h1").textContent, paper);
  for (const card of document.querySelectorAll(".card")) {
    const link = card.querySelector(".card-title a");
    const marks = card.querySelector(".card-marks");
    if (link && marks && idOf(link)) addButton(idOf(link), link.textContent, marks);
  }
}

function refresh() {
  const ids = stored();
  const isHeld = say(unsaved ? "list.unsaved" : "list.held");
  for (const [button, { id, title }] of buttons) {
    const held = ids.includes(id);
    button.setAttribute("aria-pressed", String(held));
    button.textContent = held ? isHeld : say("list.add");
    button.setAttribute("aria-label", say("list.named", { action: button.textContent, title }));
  }
  for (const count of document.querySelectorAll("[data-reading-list-count]")) {
    count.textContent = ids.length ? String(ids.length) : "";
  }
}

// --- the page -----------------------------------------------------------------------------------------------------

const page = document.querySelector("[data-reading-list-page]");

async function fetched(path, kind) {
  const answer = await fetch(new URL(path, base));
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer[kind]();
}

const SHOWN_PEOPLE = 3;

function people(authors) {
  const names = authors.map((author) => author.name);
  const first = names.slice(0, SHOWN_PEOPLE).join(", ");
  return names.length > SHOWN_PEOPLE ? say("people.more", { people: first, count: names.length - SHOWN_PEOPLE }) : first;
}

function row(id, record) {
  const title = record?.title_plain ?? record?.title ?? id;
  const link = element("a", { href: new URL(`papers/${id}/`, base).href }, title);
  const remove = element("button", { type: "button", className: "list-button list-remove", ariaLabel: say("list.named", { action: say("list.remove"), title }) },
    say("list.remove"));
  remove.addEventListener("click", () => { toggle(id); show(); });
  const about = record ? [people(record.authors), record.venue.name].filter(Boolean).join(" · ")
    : say("list.unknown");
  return element("article", { className: "hit" }, element("h2", { className: "hit-title" }, link),
    element("p", { className: "hit-about" }, about),
    element("p", { className: "hit-excerpt" }, record?.texts?.[0]?.tldr ?? ""), element("p", {}, remove));
}

function save(name, type, text) {
  const link = element("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  link.click();
  URL.revokeObjectURL(link.href);
}

const CITATIONS = [
  { says: "list.bibtex", file: "bib", kind: "text", type: "application/x-bibtex",
    joined: (found) => `${found.map((text) => text.trim()).join("\n\n")}\n` },
  { says: "list.csl", file: "json", kind: "json", type: "application/vnd.citationstyles.csl+json",
    joined: (found) => `${JSON.stringify(found.flat(), null, 1)}\n` },
];

async function saveCitations({ file, kind, type, joined }, status) {
  const answers = await Promise.allSettled(stored().map((id) => fetched(`papers/${id}/cite.${file}`, kind)));
  const found = answers.filter((one) => one.status === "fulfilled").map((one) => one.value);
  save(`papers.${file}`, type, joined(found));
  const lost = answers.length - found.length;
  status.textContent = lost ? say("list.lost", { count: lost }) : "";
}

async function take(file) {
  try {
    const read = JSON.parse(await file.text());
    const ids = valid(read?.papers);
    store([...stored(), ...ids]);
    show(say("list.taken", { count: ids.length, file: file.name }));
  } catch {
    show(say("list.bad", { file: file.name }));
  }
}

function tools(message) {
  const status = element("span", { className: "hit-about" }, message ?? "");
  status.setAttribute("role", "status");
  const cite = CITATIONS.map((format) => {
    const button = element("button", { type: "button" }, say(format.says));
    button.addEventListener("click", () => saveCitations(format, status));
    return button;
  });
  const keep = element("button", { type: "button" }, say("list.save"));
  keep.addEventListener("click", () => save("reading-list.json", "application/json", `${JSON.stringify({ papers: stored() }, null, 1)}\n`));
  const input = element("input", { type: "file", accept: "application/json,.json" });
  input.addEventListener("change", () => { if (input.files[0]) take(input.files[0]); });
  return element("p", { className: "list-tools" }, ...cite, keep, element("label", {}, say("list.read"), input), status);
}

async function show(message) {
  const ids = stored().reverse();
  const records = await Promise.all(ids.map((id) => fetched(`papers/${id}/index.json`, "json").catch(() => null)));
  const rows = ids.map((id, at) => row(id, records[at]));
  if (!rows.length) rows.push(element("p", {}, say("list.empty")));
  page.replaceChildren(tools(message), ...rows);
  page.dataset.shown = String(ids.length);
}

addButtons();
refresh();
if (page) show();
addEventListener("storage", (event) => {
  if (event.key !== KEY) return;
  refresh();
  if (page) show();
});
