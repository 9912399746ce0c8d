// Copy buttons beside citations, blocks of code on hand-written pages (.hand), elements with [data-copy], and links with
// [data-copy-file], which copy the file. Without scripts, the text can be selected and the file downloaded.

import { button, element } from "./dom.js";
import { say } from "./strings.js";

const MESSAGE_TIME = 2000; // milliseconds

/** Copy a file's text. The clipboard gets a promise, because Safari forbids copying after an `await`. @param {string} url */
function copyFile(url) {
  const text = fetch(url).then((response) => (response.ok ? response.text() : Promise.reject(new Error(String(response.status)))));
  const blob = text.then((content) => new Blob([content], { type: "text/plain" }));
  return navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
}

const sources = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".cite dd, [data-copy], [data-copy-file], .hand .highlight pre > code"));
for (const source of sources) {
  const fileUrl = source instanceof HTMLAnchorElement && "copyFile" in source.dataset ? source.href : "";
  // What the button copies, for screen readers: the text of the link itself, or the term before a citation (`dt`).
  const copiedName = source.dataset.copy || fileUrl ? source.textContent : source.previousElementSibling?.textContent ?? "";
  const text = (source.dataset.copy || source.textContent).trim();
  const label = document.createTextNode(say("copy.do"));
  const copyButton = button("", async () => {
    try {
      await (fileUrl ? copyFile(fileUrl) : navigator.clipboard.writeText(text));
      label.data = say("copy.done");
    } catch {
      if (fileUrl) return source.click();
      getSelection()?.selectAllChildren(source);
      label.data = say("copy.selected");
    }
    setTimeout(() => { label.data = say("copy.do"); }, MESSAGE_TIME);
  }, { className: "copy", ariaLive: "polite" });
  copyButton.append(label, element("span", { className: "visually-hidden" }, ` ${copiedName}`));
  if (source.tagName === "DD") source.append(" ", copyButton);
  else source.after(copyButton);
}
