// Normalizes text for search. `generator/search/folding.py` does exactly the same; a test compares them.

/** @type {Record<string, string>} */
const LETTERS = {
  ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", þ: "th", ħ: "h", ı: "i", ł: "l",
  "∞": " infinity ", "∇": " nabla ", "∂": " partial ", ς: "σ", ϵ: "ε", ϕ: "φ", ϑ: "θ", ϱ: "ρ",
};
const GREEK = Object.fromEntries("alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi psi omega"
  .split(" ").map((name, index) => ["αβγδεζηθικλμνξοπρστυφχψω"[index], name]));
const SPECIAL_LETTERS = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "gu");
const MAX_JOINED_LENGTH = 30; // letters; the index has no longer words

/** `text` in lower case, without accents, and with single Greek letters as their names. @param {string} text */
export function folded(text) {
  return text.normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "").replace(SPECIAL_LETTERS, (letter) => LETTERS[letter])
    .replace(/(?<![α-ω])[α-ω](?![α-ω])/gu, (letter) => GREEK[letter] ?? letter);
}

/**
 * The words of `text` between spaces, folded: the `parts` between hyphens or signs, and the parts `joined`, because
 * readers type "pre-training" or "pretraining".
 * @param {string} text @returns {Piece[]}
 */
export function pieces(text) {
  return folded(text).split(/\s+/u).map((piece) => /** @type {string[]} */ (piece.match(/[\p{L}\p{N}]+/gu) ?? []))
    .filter((parts) => parts.length).map((parts) => ({ parts, joined: parts.join("").slice(0, MAX_JOINED_LENGTH) }));
}

/** All words of `text`, folded; words with a hyphen become several. @param {string} text @returns {string[]} */
export function wordsOf(text) {
  return folded(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}
