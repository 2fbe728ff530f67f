/** Whether somebody asks for a human being, in any language of the product. In doubt it says yes: a person is never denied. */

/** Short words are looked for alone, so that "person" in "personal details" is none. */
const asks = [
  /\b(human|humans|real person|live person|actual person|a person|someone real|representative|operator|live agent|an agent|customer service|speak to|speak with|talk to|talk with|call me|ring me)\b/,
  /\b(somebody|someone) (real|alive|there|from)\b/,
  /^(person|agent|human|operator|representative|persona|agente|humano)[.!?\s]*$/,
  /\b(una persona|persona real|ser humano|un humano|humana|agente|operador|operadora|representante|atencion al cliente|asesor|asesora|alguien real|hablar con|llamenme|llameme)\b/,
  /(इंसान|व्यक्ति से|किसी से बात|एजेंट|प्रतिनिधि|बात करनी|बात कराओ|बात करवा)/,
  /\b(insaan|kisi se baat|agent se)\b/,
  /\b(une personne|un humain|un conseiller|une conseillere|parler a|parler avec)\b/
];

export const wantsPerson = (text: string): boolean => asks.some((ask) => ask.test(plain(text)));

/** Without capitals and accents of Latin letters; other scripts keep their signs. */
const plain = (text: string) =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .trim();
