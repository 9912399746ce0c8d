// Copy buttons beside citations, blocks of code, elements with [data-copy], and links with [data-copy-file], which copy
// the file. Without scripts, the text can be selected and the file downloaded.

import { say } from "./strings.js";

/** Copy a file's text. The clipboard gets a promise, because some browsers forbid copying after an `await`. */
function copyFile(address) {
  const text = fetch(address).then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(String(answer.status)))));
  const blob = text.then((copied) => new Blob([copied], { type: "text/plain" }));
  return navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
}

const places = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".cite dd, [data-copy], [data-copy-file], .hand .highlight pre > code"));
for (const place of places) {
  const isFile = "copyFile" in place.dataset;
  const button = Object.assign(document.createElement("button"), { type: "button", className: "copy" });
  const says = document.createTextNode(say("copy.do"));
  const what = document.createElement("span");
  what.className = "visually-hidden";
  what.textContent = ` ${place.dataset.copy || isFile ? place.textContent : place.previousElementSibling?.textContent ?? ""}`;
  button.append(says, what);
  button.setAttribute("aria-live", "polite");
  const text = (place.dataset.copy || place.textContent).trim();
  button.addEventListener("click", async () => {
    try {
      await (isFile ? copyFile(/** @type {HTMLAnchorElement} */ (place).href) : navigator.clipboard.writeText(text));
      says.data = say("copy.done");
    } catch {
      if (isFile) return place.click();
      getSelection().selectAllChildren(place);
      says.data = say("copy.selected");
    }
    setTimeout(() => { says.data = say("copy.do"); }, 2000);
  });
  if (place.tagName === "DD") place.append(" ", button);
  else place.after(button);
}
