// The page of the reading list: a row for each paper, and what can be done with all of them. Text nodes only.

import { base, element } from "./dom.js";
import { has, say } from "./strings.js";

async function fetched(path, kind) {
  const answer = await fetch(new URL(path, base));
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer[kind]();
}

// --- a paper ------------------------------------------------------------------------------------------------------

const SHOWN_PEOPLE = 3;

function people(authors) {
  const names = authors.map((author) => author.name);
  const first = names.slice(0, SHOWN_PEOPLE).join(", ");
  return names.length > SHOWN_PEOPLE ? say("people.more", { people: first, count: names.length - SHOWN_PEOPLE }) : first;
}

/** The row of a paper, there at once and filled when its record has come. An earlier id is given to `rename`. */
function row(id, { remove, rename }) {
  const title = element("a", { href: new URL(`papers/${id}/`, base).href });
  const about = element("p", { className: "hit-about" }, say("list.wait"));
  const tldr = element("p", { className: "hit-excerpt" });
  const button = element("button", { type: "button", className: "list-button list-remove" }, say("list.remove"));
  button.addEventListener("click", () => remove(id));

  function call(name) {
    title.textContent = name;
    button.setAttribute("aria-label", say("list.named", { action: say("list.remove"), title: name }));
  }

  function fill(record) {
    if (record.id !== id && record.aliases?.includes(id)) return rename(id, record.id);
    const standing = `standing.${record.status}`;
    const text = record.texts?.[0];
    call(record.title_plain ?? record.title);
    if (has(standing)) title.after(" ", element("strong", { className: "status" }, say(standing)));
    about.textContent = [people(record.authors ?? []), record.venue.name].filter(Boolean).join(" · ");
    tldr.textContent = text?.tldr_plain ?? text?.tldr ?? "";
  }

  call(id);
  fetched(`papers/${id}/index.json`, "json").then(fill).catch(() => { about.textContent = say("list.unknown"); });
  return element("article", { className: "hit" }, element("h2", { className: "hit-title" }, title), about, tldr,
    element("p", {}, button));
}

// --- the whole list -----------------------------------------------------------------------------------------------

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

async function saveCitations({ file, kind, type, joined }, list, status) {
  const answers = await Promise.allSettled(list.ids().map((id) => fetched(`papers/${id}/cite.${file}`, kind)));
  const found = answers.filter((one) => one.status === "fulfilled").map((one) => one.value);
  save(`papers.${file}`, type, joined(found));
  const lost = answers.length - found.length;
  status.textContent = lost ? say("list.lost", { count: lost }) : "";
}

async function take(file, list, status) {
  try {
    const read = JSON.parse(await file.text());
    const ids = list.valid(read?.papers);
    list.keep([...list.ids(), ...ids]);
    status.textContent = say("list.taken", { count: ids.length, file: file.name });
  } catch {
    status.textContent = say("list.bad", { file: file.name });
  }
}

function tools(list, status) {
  const cite = CITATIONS.map((format) => {
    const button = element("button", { type: "button" }, say(format.says));
    button.addEventListener("click", () => saveCitations(format, list, status));
    return button;
  });
  const keep = element("button", { type: "button" }, say("list.save"));
  keep.addEventListener("click", () => save("reading-list.json", "application/json", `${JSON.stringify({ papers: list.ids() }, null, 1)}\n`));
  const input = element("input", { type: "file", accept: "application/json,.json" });
  input.addEventListener("change", () => {
    if (input.files[0]) take(input.files[0], list, status);
    input.value = ""; // the same file may be read again
  });
  return element("p", { className: "list-tools" }, ...cite, keep, element("label", {}, say("list.read"), input), status);
}

/** Show on `page` the list, whose `ids()` are changed by `keep(ids)`. Gives what shows it anew after a change. */
export function listPage(page, list) {
  const status = element("span", { className: "hit-about" });
  const empty = element("p", {}, say("list.empty"));
  const place = element("div");
  const rows = new Map(); // a row for each paper that was on the list since the page was opened
  status.setAttribute("role", "status");

  /** Take a paper off the list; the keyboard's place goes to the next one, or to the heading. */
  function remove(id) {
    const gone = rows.get(id);
    const near = gone.nextElementSibling ?? gone.previousElementSibling;
    const heading = document.querySelector("h1");
    heading.tabIndex = -1; // so that it can be given the focus
    list.keep(list.ids().filter((other) => other !== id));
    (near?.querySelector("button") ?? heading).focus();
    status.textContent = "";
  }

  function rename(id, now) {
    list.keep(list.ids().map((other) => (other === id ? now : other)));
  }

  function rowOf(id) {
    if (!rows.has(id)) rows.set(id, row(id, { remove, rename }));
    return rows.get(id);
  }

  /** Bring the rows in line with the list, the newest first. Those that stay are not touched, so they keep the focus. */
  function draw() {
    const wanted = new Set(list.ids().reverse().map(rowOf));
    for (const shown of [...place.children]) if (!wanted.has(shown)) shown.remove();
    for (const [at, shown] of [...wanted].entries()) {
      if (place.children[at] !== shown) place.insertBefore(shown, place.children[at] ?? null);
    }
    empty.hidden = wanted.size > 0;
    page.dataset.shown = String(wanted.size);
  }

  page.replaceChildren(tools(list, status), empty, place);
  draw();
  return draw;
}
