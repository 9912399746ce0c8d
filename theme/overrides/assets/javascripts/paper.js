// What the page of a paper needs beside what every page has: buttons that copy, and one that shares the page with the
// device's own menu where there is one, else by copying the address.

import "./copy.js";
import { say } from "./strings.js";

const button = /** @type {HTMLElement} */ (document.querySelector("[data-share]"));
const label = button.textContent;

async function share() {
  const url = /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=canonical]"))?.href ?? location.href.split("#")[0];
  if (navigator.share) return navigator.share({ title: document.querySelector("h1").textContent, url });
  await navigator.clipboard.writeText(url);
  button.textContent = say("share.done");
  setTimeout(() => { button.textContent = label; }, 2000);
}

button.setAttribute("aria-live", "polite");
button.addEventListener("click", () => share().catch(() => {})); // also when the reader closes the menu
