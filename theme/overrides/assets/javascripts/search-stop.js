// Words that say little about a paper, in English and German. Stop words are ignored unless a query has nothing else. Vague words affect the ranking, but papers need not contain them.

const STOP = words(`a about after aka against all also am among an and another any are as at be became because been before
being between both but by can cannot could did do does doing done each eg either else et al etc ever every for from had has
have having he her here him his how however i ie if in instead into is it its itself just may me might more most much must
my no nor not now of off on one only or other our out over own per please really s same says see she should since so
some still such t than that the their them themselves then there these they this those through to too toward towards
under up upon us versus very via vs was we were what when where whether which while who whom whose why will with within without
would wrt yet you your
aber alle als am an auch auf aus bei beim bin bis bzw da damit dann das dass dem den der des dh die dies diese dieser dieses doch
durch ein eine einem einen einer eines er es für fuer gegen gibt hat haben hier ich ihr im in ist ja jede jeder kann können
koennen kein keine man mehr mit nach nicht noch nur ob oder ohne sehr sein seine sich sie sind so über ueber um und uns
unter usw vom von vor war warum was welche welchem welchen welcher welches wenn wer werden wie wieso wir wird wo zb zu zum zur zwischen`);
const VAGUE = words(`approach approaches article articles artikel ansatz ansätze arbeit arbeiten author authors autor autoren bad best beste besten bester better came come difference differences does geht gets get
give given gives go good help helps improve improved improving introduced introduces introducing latest let lets like made make makes making many
method methoden methods möglichkeit möglichkeiten need needs neue neuen neueste neuesten neu new paper papers proposed proposes published recent research
show shows sota unterschied use used uses using verfahren way ways weg wege well work works written wrote zeigen zeigt`);
const SURNAMES = words("an bin das do he im may she so you"); // the stop words that are also names
const VAGUE_PHRASES = new Set(["machine learning", "deep learning", "language model", "language models", "large language", "neural network", "neural networks"]); // nearly every paper has them

/** The words of a list, folded. @param {string} text */
function words(text) {
  return new Set(text.normalize("NFKD").replace(/\p{M}/gu, "").split(/\s+/u));
}

/** Whether a folded word is a stop word. @param {string} word */
export function isStop(word) {
  return STOP.has(word);
}

/** Names in capitals in `text` that would be stop words in lower case: `MIT`, `WER`. @param {string} text */
export function acronyms(text) {
  const typed = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  if (typed.length > 1 && !/\p{Ll}/u.test(text)) return []; // the whole text is in capitals
  return typed.filter((word) => /^\p{Lu}{2,}$/u.test(word)).map((word) => word.toLowerCase()).filter(isStop);
}

/** Stop words in `text` that may be names: `he` anywhere, others only if capitalized and not the first word. @param {string} text */
export function surnames(text) {
  return text.split(/\s+/u).filter((word, index) => /^he$/iu.test(word) || (index > 0 && /^\p{Lu}/u.test(word)))
    .map((word) => word.toLowerCase()).filter((word) => SURNAMES.has(word));
}

/** Whether a folded word, or several in sequence, are so vague that papers need not contain them. @param {string[]} sequence */
export function isVague(...sequence) {
  return sequence.length === 1 ? VAGUE.has(sequence[0]) : VAGUE_PHRASES.has(sequence.join(" "));
}
