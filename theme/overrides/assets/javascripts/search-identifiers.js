// Recognizes identifiers and pasted URLs: arXiv id (with or without version), DOI, OpenReview id, ACL id, entry id.

import { shard } from "./search-words.js";

/** Forms of identifiers and URLs, each with the group that holds the identifier. @type {[RegExp, number][]} */
const FORMS = [
  // https://arxiv.org/pdf/2401.01234v2.pdf
  [/^(?:https?:\/\/)?(?:www\.|export\.)?(?:arxiv\.org|alphaxiv\.org|huggingface\.co|ar5iv\.(?:labs\.)?(?:arxiv\.)?org|scholar\.archive\.org)\/(?:\w+\/)?((?:[a-z-]+(?:\.[a-z]{2})?\/)?[\d.]{7,10})(?:v\d+)?(?:\.pdf)?\/?(?:[?#].*)?$/iu, 1],
  [/^(?:arxiv:?\s*)?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?\/\d{7})(?:v\d+)?$/iu, 1], // arXiv:2401.01234v2
  [/^(?:https?:\/\/)?(?:dx\.)?doi\.org\/(10\.\S+?)\/?$/iu, 1], // doi.org/10.1/a
  [/^(?:doi:?\s*)?(10\.\d{4,9}\/\S+)$/iu, 1], // doi:10.1234/a
  [/^(?:https?:\/\/)?(?:www\.)?openreview\.net\/\w+\?(?:.*&)?id=([\w-]+)/iu, 1], // openreview.net/forum?id=a
  [/^openreview:?\s*([\w-]+)$/iu, 1], // openreview:a
  [/^(?:https?:\/\/)?(?:www\.)?(?:aclanthology\.org|aclweb\.org\/anthology)\/([\w.-]+?)(?:v\d+)?(?:\.pdf|\.bib)?\/?$/iu, 1], // aclanthology.org/a.pdf
  [/^acl:?\s*([\w.-]+)$/iu, 1], // acl:a
  [/^https?:\/\/.*\/papers\/([a-z0-9-]+)\/?(?:[?#].*)?$/iu, 1], // https://a.example/papers/a/
  [/^[\w.-]{6,80}$/u, 0], // any word may be the id of an entry; the index decides
];
const PUNCTUATION = /^[<({["']+|[>)}\]"'.,;]+$/gu; // punctuation around an identifier
const MAX_IDENTIFIERS = 20; // identifiers to look up in a text
/** DOIs that contain an identifier of arXiv or of the ACL Anthology. @type {[RegExp, string][]} */
const NESTED = [[/^10\.48550\/arxiv\.(.+?)(?:v\d+)?$/u, "$1"], [/^10\.18653\/v1\/(.+)$/u, "$1"]];

/** The possible ids in `typed`, in lower case. @param {string} typed */
export function idsIn(typed) {
  const text = decoded(typed.trim()).replace(PUNCTUATION, "");
  const ids = FORMS.flatMap(([form, group]) => form.exec(text)?.[group] ?? []).map((id) => id.toLowerCase());
  return [...new Set(ids.flatMap((id) => [id, ...NESTED.filter(([form]) => form.test(id)).map(([form, nested]) => id.replace(form, nested))]))];
}

/** Decode percent-encoded characters of a pasted URL; invalid ones stay. @param {string} text */
function decoded(text) {
  try {
    return /%[0-9a-f]{2}/iu.test(text) ? decodeURIComponent(text) : text;
  } catch {
    return text;
  }
}

/** The number of the paper with the identifier `typed`, or null. @param {string} typed @returns {Promise<number | null>} */
export async function paperWithId(typed) {
  for (const id of idsIn(typed)) {
    const file = await shard("ids", id, true);
    if (file && Object.hasOwn(file, id)) return file[id];
  }
  return null;
}

/** The identifiers and URLs among the words of a text, such as a citation or a BibTeX entry. @param {string} text */
export function idsWithin(text) {
  /** @param {string} word */
  const isCertain = (word) => FORMS.slice(0, -1).some(([form]) => form.test(word.replace(PUNCTUATION, "")));
  return text.split(/[\s{}<>|,;"]+/u).filter((word) => /\d/u.test(word) && isCertain(word)).slice(0, MAX_IDENTIFIERS);
}

/** The numbers of the papers that `text` identifies, as a whole or by the identifiers in it. @param {string} text */
export async function papersWithIds(text) {
  const number = await paperWithId(text);
  const numbers = number === null ? await Promise.all(idsWithin(text).map(paperWithId)) : [number];
  return [...new Set(numbers.filter((other) => other !== null))];
}
