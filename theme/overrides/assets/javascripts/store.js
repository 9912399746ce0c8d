// Stored values of a reader, as JSON by key in this browser's local storage. Nothing is sent anywhere. scheme.js stores
// values, too. If storage is blocked or full, values last until the page is closed.

const PREFIX = "digest-"; // other sites may share the origin, as on GitHub Pages
/** Values that the browser refused to store, as JSON by key. @type {Map<string, string>} */
const unsaved = new Map();
/** @type {((key: string) => void)[]} */
const listeners = [];

/**
 * The value of `key`, or `fallback` if there is no valid one. `validate` returns the valid parts of any value, or null.
 * @template T
 * @param {string} key @param {(value: any) => T | null} validate @param {T} fallback
 * @returns {T}
 */
export function read(key, validate, fallback) {
  try {
    const text = unsaved.get(key) ?? localStorage.getItem(PREFIX + key);
    return text === null ? fallback : validate(JSON.parse(text)) ?? fallback;
  } catch { // storage is blocked, or the text is no JSON
    return fallback;
  }
}

/** Store a value under `key`; `undefined` removes it. @param {string} key @param {unknown} value */
export function write(key, value) {
  const text = JSON.stringify(value);
  try {
    if (text === undefined) localStorage.removeItem(PREFIX + key);
    else localStorage.setItem(PREFIX + key, text);
    unsaved.delete(key);
  } catch {
    unsaved.set(key, text ?? "null"); // null: as if removed
  }
  notify(key);
}

/** Whether the browser stored the value under `key`. @param {string} key */
export function isStored(key) {
  return !unsaved.has(key);
}

/** Call `listener` with the key after each change, also in other tabs. @param {(key: string) => void} listener */
export function onChange(listener) {
  listeners.push(listener);
}

/** Call the listeners. @param {string} key */
function notify(key) {
  for (const listener of listeners) listener(key);
}

// Browsers send this event to other tabs only; `write` calls the listeners of this one.
addEventListener("storage", ({ key }) => {
  if (key?.startsWith(PREFIX)) notify(key.slice(PREFIX.length));
});

// --- validation ---

const ID = /^[a-z0-9-]{1,80}$/;
const MAX_PAPERS = 2000; // imported files may contain any number, but browsers store 5 MB
const MAX_NOTE_LENGTH = 4000; // characters

/** The valid ids of papers in a value, each once, the latest last. @param {unknown} value @returns {string[]} */
export function validIds(value) {
  const ids = Array.isArray(value) ? value.filter((id) => typeof id === "string" && ID.test(id)) : [];
  return [...new Set(ids)].slice(-MAX_PAPERS);
}

/** The valid notes in a value, by id of a paper. @param {unknown} value @returns {Record<string, string>} */
export function validNotes(value) {
  const pairs = value && typeof value === "object" && !Array.isArray(value) ? Object.entries(value) : [];
  return Object.fromEntries(pairs.filter(([id, text]) => ID.test(id) && typeof text === "string" && text.trim())
    .slice(-MAX_PAPERS).map(([id, text]) => [id, text.slice(0, MAX_NOTE_LENGTH)]));
}
