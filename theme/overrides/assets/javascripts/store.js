// Stored values of a reader, as JSON by key in this browser's local storage. Nothing is sent anywhere. Only this module
// uses the storage. If storage is blocked or full, values last until the page is closed.

const PREFIX = "digest-";
const unsaved = new Map();
const listeners = [];

/**
 * The value of `key`, or `otherwise` if there is no valid one. `valid` returns the valid parts of any value, or null.
 */
export function read(key, valid, otherwise) {
  try {
    const text = unsaved.get(key) ?? localStorage.getItem(PREFIX + key);
    return text === null ? otherwise : valid(JSON.parse(text)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

/** Store a value under `key`; `undefined` removes it. */
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

/** Call `listener` with the key after each change, also after changes in other tabs. */
export function onChange(listener) {
  listeners.push(listener);
}

/** Call the listeners. */
function changed(key) {
  for (const listener of listeners) listener(key);
}

addEventListener("storage", ({ key }) => {
  if (key?.startsWith(PREFIX)) changed(key.slice(PREFIX.length));
});

// --- forms of values ----------------------------------------------------------------------------------------------

const ID = /^[a-z0-9-]{1,80}$/;
const MOST = 2000;

/** The valid ids of papers in a value, each once, the latest last. */
export function ids(value) {
  const found = Array.isArray(value) ? value.filter((id) => typeof id === "string" && ID.test(id)) : [];
  return [...new Set(found)].slice(-MOST);
}

/** The valid texts in a value, by id of a paper. */
export function texts(value) {
  const pairs = value && typeof value === "object" && !Array.isArray(value) ? Object.entries(value) : [];
  return Object.fromEntries(pairs.filter(([id, text]) => ID.test(id) && typeof text === "string" && text.trim())
    .slice(-MOST).map(([id, text]) => [id, text.slice(0, 4000)]));
}
