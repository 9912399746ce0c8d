// The words a reader searched for, marked on the page that was opened.

import { wordsOf } from "./fold.js";
import { marked } from "./search-hits.js";

const SHORTEST = 3;

export function markWords(place) {
  const wanted = wordsOf(new URLSearchParams(location.search).get("h") ?? "").filter((word) => word.length >= SHORTEST);
  if (!wanted.length) return;
  const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest("math, nav, svg")) nodes.push(walker.currentNode);
  for (const node of nodes) {
    const made = marked(node.data, wanted);
    if (made.some((piece) => typeof piece !== "string")) node.replaceWith(...made);
  }
}
