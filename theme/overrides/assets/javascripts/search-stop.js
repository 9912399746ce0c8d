// Words that say little of a paper, English and German. What only links others narrows nothing, unless a query has nothing
// else. What says a little helps to order papers, but a paper may lack it.

const LINKING = words(`a about after against all also am among an and another any are as at be became because been before
being between both but by can cannot could did do does doing done each either else et al etc ever every for from had has
have having he her here him his how however i if in instead into is it its itself just may me might more most much must
my no nor not now of off on one only or other our out over own per please really s same says see she should since so
some still such t than that the their them themselves then there these they this those through to too toward towards
under up upon us very via was we were what when where whether which while who whom whose why will with within without
would yet you your
aber alle als am an auch auf aus bei beim bin bis da damit dann das dass dem den der des die dies diese dieser dieses doch
durch ein eine einem einen einer eines er es für fuer gegen gibt hat haben hier ich ihr im in ist ja jede jeder kann können
koennen kein keine man mehr mit nach nicht noch nur ob oder ohne sehr sein seine sich sie sind so über ueber um und uns
unter vom von vor war warum was wenn wer werden wie wieso wir wird wo zu zum zur zwischen`);
const VAGUE = words(`approach approaches article articles artikel arbeit arbeiten bad best better came come does gets get
give given gives go good help helps improve improved improving latest let lets like made make makes making many
method methods need needs neue neu new paper papers recent research show shows use used
uses using way ways well work works`);
const VAGUE_TOGETHER = new Set(["machine learning", "deep learning", "language model", "language models", "large language", "neural network", "neural networks"]); // what nearly every paper of the field is about

function words(text) {
 return new Set(text.normalize("NFKD").replace(/\p{M}/gu, "").split(/\s+/u));
}

/** Whether a folded word only links others. */
export function isStop(word) {
 return LINKING.has(word);
}

/** Whether folded words, one or several that stand together, say so little that a paper may lack them. */
export function isVague(...together) {
 return together.length === 1 ? VAGUE.has(together[0]) : VAGUE_TOGETHER.has(together.join(" "));
}
