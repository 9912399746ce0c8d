// A button beside everything that is meant to be copied. Without it the text can still be selected.

import { say } from "./strings.js";

for (const place of document.querySelectorAll("[data-copy]")) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "copy" });
  const says = document.createTextNode(say("copy.do"));
  const what = document.createElement("span");
  what.className = "visually-hidden";
  what.textContent = ` ${place.dataset.copy ? place.textContent : place.previousElementSibling?.textContent ?? ""}`;
  button.append(says, what);
  button.setAttribute("aria-live", "polite");
  const text = (place.dataset.copy || place.textContent).trim();
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
      says.data = say("copy.done");
    } catch {
      getSelection().selectAllChildren(place);
      says.data = say("copy.selected");
    }
    setTimeout(() => { says.data = say("copy.do"); }, 2000);
  });
  if (place.tagName === "DD") place.append(" ", button);
  else place.after(button);
}
