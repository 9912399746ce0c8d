// A feed that is opened in a browser: what it is, its address to copy, and its papers with links. Loaded by the feed
// itself (theme/exports/atom.xml.j2); feed readers ignore it. Text nodes only. It is no module: no browser loads one in XML.

const HTML = "http://www.w3.org/1999/xhtml";
const feed = document.documentElement;
const channel = feed.querySelector("channel") ?? feed;

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

/** Where an entry or the feed leads: the web page only, never a script. */
function target(parent) {
  const links = [...parent.children].filter((child) => child.localName === "link");
  const link = links.find((child) => !child.hasAttribute("rel") || child.getAttribute("rel") === "alternate");
  const address = link?.getAttribute("href") ?? link?.textContent.trim() ?? "";
  return /^https?:/.test(address) ? address : "";
}

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
