// Shows a feed that is opened in a browser: its title, its URL to copy, and its papers with links. The feed itself
// loads this script (theme/exports/atom.xml.j2); feed readers ignore it. It uses text nodes only, and is not a module,
// because browsers do not load modules in XML.

const HTML = "http://www.w3.org/1999/xhtml";
const feed = document.documentElement;
const channel = feed.querySelector("channel") ?? feed;

/** Create an XHTML element: without the namespace, browsers show elements in XML as plain text. */
function element(name, properties = {}, ...children) {
  const node = Object.assign(document.createElementNS(HTML, name), properties);
  node.append(...children);
  return node;
}

/** The text of a child element of this name, or "". */
function text(parent, ...names) {
  const found = [...parent.children].find((child) => names.includes(child.localName) && child.namespaceURI !== HTML);
  return found?.textContent.trim() ?? "";
}

/** The URL of the web page of an entry or of the feed. Other schemes, such as `javascript:`, are dropped. */
function target(parent) {
  const links = [...parent.children].filter((child) => child.localName === "link");
  const link = links.find((child) => !child.hasAttribute("rel") || child.getAttribute("rel") === "alternate");
  const address = link?.getAttribute("href") ?? link?.textContent.trim() ?? "";
  return /^https?:/.test(address) ? address : "";
}

/** A button that copies the URL of the feed. */
function copier(say) {
  const button = element("button", { type: "button" }, say("feed.copy"));
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      button.textContent = say("copy.done");
    } catch {
      getSelection().selectAllChildren(document.querySelector("code"));
      button.textContent = say("copy.selected");
    }
  });
  button.setAttribute("aria-live", "polite");
  return button;
}

/** An entry of the feed as an article with title and summary. */
function entry(item) {
  return element("article", {}, element("h2", {}, element("a", { href: target(item) }, text(item, "title"))),
    element("p", {}, text(item, "summary", "description")));
}

import("./strings.js").then(({ say }) => {
  const main = element("main", {},
    element("h1", {}, text(channel, "title")),
    element("p", {}, text(channel, "subtitle", "description")),
    element("aside", {}, element("p", {}, say("feed.about")), element("p", {}, element("code", {}, location.href)),
      element("p", {}, copier(say), " ", element("a", { href: target(channel) }, say("feed.page")))),
    ...[...channel.children].filter((child) => ["entry", "item"].includes(child.localName)).map(entry));
  feed.replaceChildren(main);
});
