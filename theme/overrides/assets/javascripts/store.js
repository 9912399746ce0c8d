// What the site remembers of a reader: texts by key in this browser's storage, sent nowhere. The only module that
// touches the storage. Where storage is blocked or full, what is written lasts until the page is left.

const PREFIX = "digest-";
const unsaved = new Map();
const listeners = [];

/** The value under `key`, or `otherwise` if nothing valid is there. `valid` gives a sound value of whatever it is given. */
export function read(key, valid, otherwise) {
  try {
    const text = unsaved.get(key) ?? localStorage.getItem(PREFIX + key);
    return text === null ? otherwise : valid(JSON.parse(text)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

/** Keep a value under `key`; `undefined` removes it. */
export function write(key, value) {
  const text = JSON.stringify(value);
  try {
    if (text === undefined) localStorage.removeItem(PREFIX + key);
    else localStorage.setItem(PREFIX + key, text);
    unsaved.delete(key);
  } catch {
    unsaved.set(key, text ?? "null");
  }
  changed(key);
}

/** Whether the browser stored the value under `key`. */
export function isStored(key) {
  return !unsaved.has(key);
}

/** Call `listener` with the key after each change, also one that another tab makes. */
export function onChange(listener) {
  listeners.push(listener);
}

function changed(key) {
  for (const listener of listeners) listener(key);
}

addEventListener("storage", ({ key }) => {
  if (key?.startsWith(PREFIX)) changed(key.slice(PREFIX.length));
});

// --- forms of values ----------------------------------------------------------------------------------------------

const ID = /^[a-z0-9-]{1,80}$/;
const MOST = 2000;

/** Ids of papers, each once, the newest last. */
export function ids(value) {
  const found = Array.isArray(value) ? value.filter((id) => typeof id === "string" && ID.test(id)) : [];
  return [...new Set(found)].slice(-MOST);
}

/** Texts by the ids of papers. */
export function texts(value) {
  const pairs = value && typeof value === "object" && !Array.isArray(value) ? Object.entries(value) : [];
  return Object.fromEntries(pairs.filter(([id, text]) => ID.test(id) && typeof text === "string" && text.trim())
    .slice(-MOST).map(([id, text]) => [id, text.slice(0, 4000)]));
}
