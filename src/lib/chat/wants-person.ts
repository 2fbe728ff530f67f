/** Whether somebody asks for a human being, in any language of the product. In doubt it says yes: a person is never denied. */

/** Who can be asked for, and who is wanted only where they are: a manager may be the one of the building. */
const anyone = {
  en: 'person|human|agent|rep|supervisor|manager|advis[oe]r|employee|staff|clerk|boss|colleague',
  es: 'persona|humano|agente|encargad[oa]|gerente|supervisora?|emplead[oa]|ejecutiv[oa]|jef[ea]|responsable|asesora?',
  fr: 'conseillere?|responsable|employee?|superviseur|directeur|directrice|gerante?|operat(?:eur|rice)|humain'
};
const who = `(?<!\\b(?:my|our|his|her|their|property|building|site|mi|mis|nuestro|mon|ma|notre) )(?:${Object.values(anyone).join('|')})`;
const some =
  "(?:a|an|the|your|any|one|real|live|un|una|el|la|al|su|unos|une|le|votre|member of|someone|somebody|alguien|quelqu'un)";
const please = "(?:please|pls|plz|now|here|por favor|porfa|ya|svp|s'il vous plait|chahiye)";

/** Words that stand before whom they want. */
const want = {
  en: "i want|i need|i demand|i prefer|i would like|i'd like|i'd rather have|get|give|bring|find|connect|transfer|put|pass|switch|ask for|reach|is there|are there",
  es: 'quiero|quisiera|necesito|deme|dame|denme|paseme|pasame|pongame|ponme|comuniqueme|comunicame|busco|solicito|exijo|prefiero|atienda|atiendan|ayude|conteste|hay',
  fr: "je veux|je voudrais|j'aimerais|il me faut|besoin d'un|besoin d'une|passez[- ]moi|donnez[- ]moi|mettez[- ]moi"
};

const asks = [
  // These words mean one wherever they stand.
  /\b(humans?|human being|real person|live person|actual person|a person|someone real|representative|operator|live agent|an agent|customer (service|support|care)|live chat|speak to|speak with|talk to|talk with|chat with (a|an|some(one|body)))\b/,
  /\b(some|any)(body|one) (real|alive|there|here|from)\b/,
  /\b(some|any)(body|one) (who|to|that) (can |could )?(help|assist)\b/,
  /\b(put me through|pass me on|hand me over|escalate)\b|\btransfer me( to\b| please\b|[.!? ]{0,9}$)/,
  /\b(una persona|persona real|ser humano|un humano|humana|agente|operador|operadora|representante|(atencion|servicio) al cliente|asesor|asesora|alguien (real|ahi|de verdad)|hablar con)\b/,
  /\b(une personne|vraie personne|un (etre )?humain|un conseiller|une conseillere|service client|parler a|parler avec)\b/,
  /(इंसान|व्यक्ति से|किसी से बात|एजेंट|प्रतिनिधि|बात करनी|बात करना|बात कराओ|बात करा|बात करवा|ग्राहक सेवा|कस्टमर केयर)/,
  /(मैनेजर|सुपरवाइज\u093c?र|अधिकारी|कर्मचारी|स्टाफ|ऑपरेटर|सलाहकार|आदमी) (से|चाहिए|को बुला|दीजिए|दो)/,
  /\b(insaan|kisi se baat|baat kar(ni|na|ao|wao|a do|ana))\b|\b(agent|manager|supervisor|adhikari|aadmi|staff) (se|chahiye|ko bula\w{0,3})\b/,
  /\b(no|not|stop|enough|without|hate)( [\w']+){0,3} (ro|chat)?bots?\b/,
  // These do alone, with a "please", or after a word that wants somebody.
  new RegExp(`^(${some} ){0,3}(${who}|persona|operador|personne)([,.!?]? ${please}){0,2}[,.!? ]{0,9}$`),
  new RegExp(`\\b(${who}),? ${please}\\b`),
  new RegExp(`\\b(${Object.values(want).join('|')})( [\\w'-]+){0,4}? (${who})\\b`)
];

export const wantsPerson = (text: string): boolean => asks.some((ask) => ask.test(plain(text)));

/** Without capitals and accents of Latin letters; other scripts keep their signs. */
const plain = (text: string) =>
  text
    .toLowerCase()
    .replaceAll('’', "'")
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .trim();
