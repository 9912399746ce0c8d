// Actions of the reading list. Citations and the comparison are of the selected papers, or of all if none is selected.
// A file or a link contains the whole list, with notes and follows.

import { button, element, urlOf } from "./dom.js";
import { follows, saveFollows } from "./follows.js";
import { add, notes, readingList, saveNotes } from "./reading-list.js";
import { fetchFile, successes } from "./records.js";
import { validIds, validNotes } from "./store.js";
import { say } from "./strings.js";

const MAX_COMPARED = 4; // papers; MAX_COLUMNS of compare-page.js
const MAX_LINK_LENGTH = 30000; // characters; browsers and messengers cut longer links

/** @typedef {{ papers: string[], notes: Record<string, string>, follows: unknown[] }} SharedList the form of files and links */
/** @typedef {{ label: string, extension: string, format: "json" | "text", type: string, join: (citations: any[]) => string }} CitationFormat */

/** @type {CitationFormat[]} */
const FORMATS = [
  { label: "list.bibtex", extension: "bib", format: "text", type: "application/x-bibtex", join: (citations) => `${citations.map((text) => text.trim()).join("\n\n")}\n` },
  { label: "list.ris", extension: "ris", format: "text", type: "application/x-research-info-systems", join: (citations) => citations.join("") },
  { label: "list.csl", extension: "json", format: "json", type: "application/vnd.citationstyles.csl+json", join: (citations) => `${JSON.stringify(citations.flat(), null, 1)}\n` },
];

/** Download a text as a file. @param {string} name @param {string} type @param {string} text */
export function download(name, type, text) {
  const link = element("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  link.click();
  URL.revokeObjectURL(link.href);
}

// --- the list in a file or a link ---

/** The reading list, notes and follows. @returns {SharedList} */
function sharedList() {
  return { papers: readingList(), notes: notes(), follows: follows() };
}

/** Parse a file or the value in a link; invalid parts are dropped. @param {string} text @returns {SharedList} */
function parseList(text) {
  const value = JSON.parse(text);
  return { papers: validIds(value?.papers), notes: validNotes(value?.notes), follows: Array.isArray(value?.follows) ? value.follows : [] };
}

/** Merge a list with the stored one. Existing notes are kept. @param {SharedList} list */
function merge({ papers, notes: newNotes, follows: newFollows }) {
  saveNotes({ ...newNotes, ...notes() });
  saveFollows([...newFollows, ...follows()]);
  add(papers);
}

/** Encode a list as base64url, for the fragment of a link: fragments are not sent to the server. @param {SharedList} list */
function encode(list) {
  const bytes = new TextEncoder().encode(JSON.stringify(list));
  return btoa(Array.from(bytes, (byte) => String.fromCodePoint(byte)).join("")).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** Decode a list from the fragment of a link. @param {string} text */
function decode(text) {
  const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
  return parseList(new TextDecoder().decode(bytes));
}

// --- the tools ---

/**
 * Download the citations of papers as one file. Returns the number of papers whose citation could not be fetched.
 * @param {CitationFormat} citationFormat @param {string[]} ids
 */
async function downloadCitations({ extension, format, type, join }, ids) {
  const citations = await successes(ids.map((id) => fetchFile(`papers/${id}/cite.${extension}`, format)));
  download(`papers.${extension}`, type, join(citations));
  return ids.length - citations.length;
}

/**
 * Return the bar above the list and a function that updates it. `selected` returns the selected papers.
 * @param {{ selected: () => string[] }} options
 */
export function tools({ selected }) {
  const status = element("span");
  const compare = element("a", { className: "control list-compare" }, say("list.compare"));
  const hint = element("span", {}, say("list.compare.choose", { most: MAX_COMPARED }));
  const link = element("input", { readOnly: true, hidden: true, className: "list-link" });
  const papers = () => (selected().length ? selected() : readingList());
  status.setAttribute("role", "status");
  link.setAttribute("aria-label", say("list.link"));

  const citationButtons = FORMATS.map((format) => button(say(format.label), async () => {
    const failures = await downloadCitations(format, papers());
    status.textContent = failures ? say("list.failed", { count: failures }) : "";
  }));

  async function share() {
    link.value = `${urlOf("reading-list/")}#list=${encode(sharedList())}`;
    link.hidden = false;
    link.select(); // the reader can copy it if the browser refuses to, as without HTTPS
    if (link.value.length > MAX_LINK_LENGTH) status.textContent = say("list.long");
    else await navigator.clipboard?.writeText(link.value).then(() => { status.textContent = say("list.copied"); }, () => {});
  }

  /** @param {HTMLInputElement} input */
  async function importFile(input) {
    const file = input.files?.[0];
    input.value = ""; // allows choosing the same file again
    if (!file) return;
    try {
      const list = parseList(await file.text());
      merge(list);
      status.textContent = say("list.imported", { count: list.papers.length, file: file.name });
    } catch {
      status.textContent = say("list.invalid", { file: file.name });
    }
  }

  const input = element("input", { type: "file", accept: "application/json,.json" });
  input.addEventListener("change", () => importFile(input));
  const exportButtons = [...citationButtons, button(say("list.share"), share),
    button(say("list.export"), () => download("reading-list.json", "application/json", `${JSON.stringify(sharedList(), null, 1)}\n`))];
  const bar = element("div", { className: "list-tools" }, compare, hint, ...exportButtons,
    element("label", {}, say("list.import"), input), link, status);
  const offer = () => offerSharedList(bar);
  offer();
  addEventListener("hashchange", offer); // a link that is opened in this tab changes only the fragment

  function draw() {
    const ids = papers();
    compare.hidden = ids.length < 2 || ids.length > MAX_COMPARED;
    hint.hidden = !compare.hidden || readingList().length < 2;
    compare.href = `${urlOf("compare/")}?papers=${ids.join(",")}`;
    link.hidden = true; // it contains the previous list
    for (const control of exportButtons) control.hidden = readingList().length === 0;
  }

  return { element: bar, draw };
}

/** Offer the list in the URL, if any, in a notice: its papers are added only if the reader agrees. @param {HTMLElement} bar */
function offerSharedList(bar) {
  const text = location.hash.match(/^#list=([\w-]+)$/)?.[1];
  if (!text) return;
  bar.querySelector(".notice")?.remove(); // that of an earlier link
  // Without the fragment, a reload does not ask again.
  const close = () => { history.replaceState(null, "", location.pathname); notice.remove(); };
  const notice = element("div", { className: "notice" });
  try {
    const list = decode(text);
    notice.append(element("p", {}, say("list.offered", { count: list.papers.length })), element("p", { className: "list-tools" },
      button(say("list.accept"), () => { merge(list); close(); }), button(say("list.decline"), close)));
  } catch {
    notice.append(element("p", {}, say("list.broken")));
  }
  bar.prepend(notice);
  notice.scrollIntoView({ block: "nearest" });
}
