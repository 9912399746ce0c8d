// The list of keys, shown by "?".

import { element } from "./dom.js";
import { OFF } from "./keys.js";
import { read, write } from "./store.js";
import { say } from "./strings.js";

const KEYS = ["j", "k", "o", "s", "/", "?"];
const NAMES = { "/": "keys.search", "?": "keys.help" };
let dialog = null;

function made() {
  const heading = element("h2", { id: "keys-heading" }, say("keys.title"));
  const rows = KEYS.flatMap((key) => [element("dt", {}, element("kbd", {}, key)), element("dd", {}, say(NAMES[key] ?? `keys.${key}`))]);
  const box = element("input", { type: "checkbox", checked: !read(OFF, (value) => value === true, false) });
  box.addEventListener("change", () => write(OFF, box.checked ? undefined : true));
  const close = element("button", { type: "button" }, say("keys.close"));
  const shown = element("dialog", { className: "keys" }, heading, element("dl", {}, ...rows),
    element("p", {}, element("label", {}, box, " ", say("keys.letters"))), element("p", {}, close));
  close.addEventListener("click", () => shown.close());
  shown.setAttribute("aria-labelledby", heading.id);
  document.body.append(shown);
  return shown;
}

export function showKeys() {
  dialog ??= made();
  dialog.showModal();
}
