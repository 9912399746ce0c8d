// Shows a feed that is opened in a browser: its title, its URL to copy, and its papers with links. The feed itself
// loads this script (theme/exports/atom.xml.j2); feed readers ignore it. It uses text nodes only, and is not a module,
// because browsers do not load modules in XML.

/** @typedef {(key: string) => string} Say */

const HTML = "http://www.w3.org/1999/xhtml";
const feed = document.documentElement;
const channel = feed.querySelector("channel") ?? feed; // RSS has a channel, Atom has none

/**
 * Create an XHTML element: without the namespace, browsers show elements in XML as plain text.
 * @param {string} name @param {object} properties @param {(Node | string)[]} children
 */
function element(name, properties = {}, ...children) {
  const node = Object.assign(document.createElementNS(HTML, name), properties);
  node.append(...children);
  return node;
}

/** The text of a child element with one of these names, or "". @param {Element} parent @param {string[]} names */
function textOf(parent, ...names) {
  // This script adds its XHTML elements to the same document.
  const match = [...parent.children].find((child) => names.includes(child.localName) && child.namespaceURI !== HTML);
  return match?.textContent.trim() ?? "";
}

/** The URL of the web page of an entry or of the feed; "" for other schemes, such as `javascript:`. @param {Element} parent */
function pageOf(parent) {
  const links = [...parent.children].filter((child) => child.localName === "link");
  const link = links.find((child) => !child.hasAttribute("rel") || child.getAttribute("rel") === "alternate");
  const url = link?.getAttribute("href") ?? link?.textContent.trim() ?? ""; // Atom has the URL in an attribute, RSS in the text
  return /^https?:/.test(url) ? url : "";
}

/** A button that copies the URL of the feed, or selects it if that is forbidden. @param {Say} say @param {Element} url */
function copyButton(say, url) {
  const button = element("button", { type: "button" }, say("feed.copy"));
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      button.textContent = say("copy.done");
    } catch {
      getSelection()?.selectAllChildren(url);
      button.textContent = say("copy.selected");
    }
  });
  button.setAttribute("aria-live", "polite");
  return button;
}

/** An entry of the feed as an article with title and summary. @param {Element} item */
function article(item) {
  return element("article", {}, element("h2", {}, element("a", { href: pageOf(item) }, textOf(item, "title"))),
    element("p", {}, textOf(item, "summary", "description")));
}

import("./strings.js").then(({ say }) => {
  const url = element("code", {}, location.href);
  const main = element("main", {},
    element("h1", {}, textOf(channel, "title")),
    element("p", {}, textOf(channel, "subtitle", "description")),
    element("aside", {}, element("p", {}, say("feed.about")), element("p", {}, url),
      element("p", {}, copyButton(say, url), " ", element("a", { href: pageOf(channel) }, say("feed.page")))),
    ...[...channel.children].filter((child) => ["entry", "item"].includes(child.localName)).map(article));
  feed.replaceChildren(main);
});
