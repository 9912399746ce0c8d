// Actions on the papers of the reading list: export citations, compare, save to a file, and share by a link, for
// another browser. They apply to the selected papers, or to all if none is selected.

import { base, button, element } from "./dom.js";
import { follows, keepFollows } from "./follows.js";
import { add, keepNotes, listed, notes } from "./reading-list.js";
import { file } from "./records.js";
import { ids, texts } from "./store.js";
import { say } from "./strings.js";

const COMPARED = 4;
const LONGEST_LINK = 30000; // characters; browsers and messengers cut longer links
const FORMATS = [
  { says: "list.bibtex", ending: "bib", kind: "text", type: "application/x-bibtex", joined: (found) => `${found.map((text) => text.trim()).join("\n\n")}\n` },
  { says: "list.ris", ending: "ris", kind: "text", type: "application/x-research-info-systems", joined: (found) => found.join("") },
  { says: "list.csl", ending: "json", kind: "json", type: "application/vnd.citationstyles.csl+json", joined: (found) => `${JSON.stringify(found.flat(), null, 1)}\n` },
];

/** Download a text as a file. */
export function save(name, type, text) {
  const link = element("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  link.click();
  URL.revokeObjectURL(link.href);
}

// --- the list as a value: in a file, or in a link -------------------------------------------------------------------

/** The reading list, notes and follows as a value. */
function packed() {
  return { papers: listed(), notes: notes(), follows: follows() };
}

/** Parse the value in a file or a link; invalid parts are dropped. */
function unpacked(text) {
  const value = JSON.parse(text);
  return { papers: ids(value?.papers), notes: texts(value?.notes), follows: Array.isArray(value?.follows) ? value.follows : [] };
}

/** Merge a value with the stored lists. Existing notes are kept. */
function take({ papers, notes: noted, follows: followed }) {
  keepNotes({ ...noted, ...notes() });
  keepFollows([...followed, ...follows()]);
  add(papers);
}

/** Encode a value as base64url, for the fragment of a link. */
function toLink(value) {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  return btoa(Array.from(bytes, (byte) => String.fromCodePoint(byte)).join("")).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** Decode a value from the fragment of a link. */
function fromLink(text) {
  const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.codePointAt(0));
  return unpacked(new TextDecoder().decode(bytes));
}

// --- the tools ------------------------------------------------------------------------------------------------------

/** Download the citations of papers as one file; return how many could not be fetched. */
async function saveCitations({ ending, kind, type, joined }, papers) {
  const answers = await Promise.allSettled(papers.map((id) => file(`papers/${id}/cite.${ending}`, kind)));
  const found = answers.filter((one) => one.status === "fulfilled").map((one) => one.value);
  save(`papers.${ending}`, type, joined(found));
  return answers.length - found.length;
}

/**
 * The bar above the list. `picked` returns the selected papers; the `draw` of the result updates the bar after a
 * change.
 */
export function tools({ picked }) {
  const status = element("span", { className: "list-status" });
  const compare = element("a", { className: "control list-compare" }, say("list.compare"));
  const hint = element("span", { className: "list-status" }, say("list.compare.choose", { most: COMPARED }));
  const link = element("input", { readOnly: true, hidden: true, className: "list-link" });
  const selection = () => (picked().length ? picked() : listed());
  status.setAttribute("role", "status");
  link.setAttribute("aria-label", say("list.link"));

  const cite = FORMATS.map((format) => button(say(format.says), async () => {
    const lost = await saveCitations(format, selection());
    status.textContent = lost ? say("list.lost", { count: lost }) : "";
  }));

  async function share() {
    link.value = `${new URL("reading-list/", base).href}#list=${toLink(packed())}`;
    link.hidden = false;
    link.select();
    if (link.value.length > LONGEST_LINK) status.textContent = say("list.long");
    else await navigator.clipboard.writeText(link.value).then(() => { status.textContent = say("list.copied"); }, () => {});
  }

  async function fromFile(input) {
    const [chosen] = input.files;
    input.value = ""; // allows choosing the same file again
    if (!chosen) return;
    try {
      const value = unpacked(await chosen.text());
      take(value);
      status.textContent = say("list.taken", { count: value.papers.length, file: chosen.name });
    } catch {
      status.textContent = say("list.bad", { file: chosen.name });
    }
  }

  const input = element("input", { type: "file", accept: "application/json,.json" });
  input.addEventListener("change", () => fromFile(input));
  const outward = [...cite, button(say("list.share"), share),
    button(say("list.save"), () => save("reading-list.json", "application/json", `${JSON.stringify(packed(), null, 1)}\n`))];
  const place = element("div", { className: "list-tools" }, compare, hint, ...outward,
    element("label", {}, say("list.read"), input), link, status);
  const offered = arrived();
  if (offered) place.prepend(offered);

  function draw() {
    const papers = selection();
    compare.hidden = papers.length < 2 || papers.length > COMPARED;
    hint.hidden = !compare.hidden || listed().length < 2;
    compare.href = `${new URL("compare/", base).href}?papers=${papers.join(",")}`;
    link.hidden = true;
    for (const one of outward) one.hidden = listed().length === 0;
  }

  return { place, draw };
}

/** A notice for a link with a list: it shows the number of papers, and adds them only if the reader agrees. */
function arrived() {
  const text = location.hash.match(/^#list=([\w-]+)$/)?.[1];
  if (!text) return null;
  const leave = () => { history.replaceState(null, "", location.pathname); notice.remove(); };
  const notice = element("div", { className: "notice" });
  try {
    const value = fromLink(text);
    notice.append(element("p", {}, say("list.arrived", { count: value.papers.length })), element("p", { className: "list-tools" },
      button(say("list.take"), () => { take(value); leave(); }), button(say("list.leave"), leave)));
  } catch {
    notice.append(element("p", {}, say("list.broken")));
  }
  return notice;
}
