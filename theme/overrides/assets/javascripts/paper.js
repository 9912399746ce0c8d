// The buttons on a paper's page: copy and share. Share opens the device's menu, or copies the URL if there is none.

import "./copy.js";
import { find } from "./dom.js";
import { say } from "./strings.js";

const button = find(document, "[data-share]");
const label = button.textContent;
const MESSAGE_TIME = 2000; // milliseconds

async function share() {
  const canonical = /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=canonical]"));
  const url = canonical?.href ?? location.href.split("#")[0];
  if (navigator.share) return navigator.share({ title: find(document, "h1").textContent, url });
  await navigator.clipboard.writeText(url);
  button.textContent = say("share.done");
  setTimeout(() => { button.textContent = label; }, MESSAGE_TIME);
}

button.setAttribute("aria-live", "polite");
button.addEventListener("click", () => share().catch(() => {})); // closing the menu rejects the promise, too
