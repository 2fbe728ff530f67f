/**
 * Questions written from the list of articles and kinds of request alone, before reading what they say: what the bot answers
 * of them must be right. What it is not sure of it may offer guesses for, or leave to a person.
 */
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../../tests/support/database.ts';
import { serviceTypes } from '#lib/catalogue/all.ts';
import { publish } from '#lib/catalogue/server/catalogue.ts';
import { nobody } from '#lib/platform/actor.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { wordsFor } from '#lib/platform/words.ts';
import { answer } from './bot.ts';
import { publishArticles, shippedArticles } from './publish.ts';
import { currentSorter } from './teaching.ts';

const urls = await freshDatabase();
const database = openDatabase(urls.web, 'hearth_web');
await publish(urls.owner, serviceTypes);
await publishArticles(urls.owner, shippedArticles());
await currentSorter(database.as(nobody));
afterAll(() => database.close());

/** What would be right, then the question. `person` is right where nothing of ours answers. */
const asked = `
bill-higher-than-usual BILL-HIGH BILL-ADJ | why did my bill double since last winter
bill-higher-than-usual BILL-HIGH BILL-ADJ | this months charge is crazy, we were on vacation
cannot-pay PAY-ARR PAY-EXT | I lost my job and can't cover the gas this month
cannot-pay PAY-ARR PAY-EXT | can I split what I owe into smaller payments
PAY-EXT PAY-ARR cannot-pay | I need two more weeks to pay
carbon-monoxide | how do I know where to put a CO detector
complain COMPLAINT | I want to make a formal complaint about your staff
connect-my-account | how do I add my gas account to this website
estimated-bill METER-REREAD METER-READ give-a-reading cannot-reach-meter | my bill says E next to the reading, nobody read the meter
follow-my-request request change-a-request | I reported something on Monday, what's the status
give-a-reading METER-READ | how do I submit the numbers from my meter
pay-by-card how-to-pay owed | can I pay with a credit card
how-to-pay pay-by-card pay-automatically AUTOPAY | which ways can I pay you
AUTOPAY pay-automatically how-to-pay | take the money from my bank automatically every month
meter-test METER-TEST | I think the meter runs too fast, can you check it
moving-in MOVE-IN | I just bought a house and need gas in my name
moving-out MOVE-OUT | we are leaving our apartment at the end of the month
TRANSFER move-within-area moving-in moving-out MOVE-IN MOVE-OUT | I'm relocating across town and want to keep service
order-a-cylinder LPG-REFILL PREORDER | I need a new propane bottle delivered
LPG-EXCH order-a-cylinder | swap my empty cylinder for a full one
pilot-light RELIGHT | my water heater pilot went out
priority-services PSR | my mother is on oxygen at home, can you give her extra help
read-my-bill | what does the standing charge on my bill mean
visit-what-to-expect visit | will the engineer need to come inside
visit | what time is the guy coming today
reading | what number did you have for me last time
owed | is there any money left on my account that I should settle
REFUND money-in-your-favour mistake-on-bill owed | you charged me twice, I want my money back
PAPERLESS bill-format | stop mailing me paper bills
NEW-SVC new-connection moving-in | I want gas brought to my new building
person | who won the world cup
person | do you sell solar panels
person | do you hire apprentices
person | the worker left mud all over my lawn and broke a sprinkler
bill-higher-than-usual BILL-HIGH BILL-ADJ | por qué me llegó tan cara la factura
bill-higher-than-usual BILL-HIGH BILL-ADJ | me están cobrando demasiado este mes
cannot-pay PAY-ARR PAY-EXT | no me alcanza para pagar el gas
PAY-ARR cannot-pay PAY-EXT | puedo pagar en cuotas lo que debo
carbon-monoxide | dónde pongo el detector de monóxido
complain COMPLAINT | quiero poner una queja formal
connect-my-account | cómo vinculo mi cuenta a la página
estimated-bill METER-REREAD METER-READ give-a-reading | me facturaron una lectura estimada
follow-my-request request | cómo sé en qué va lo que pedí
give-a-reading METER-READ | cómo les mando los números del medidor
how-to-pay | dónde puedo pagar en efectivo
AUTOPAY pay-automatically how-to-pay | quiero domiciliar el pago en el banco
meter-test METER-TEST | creo que el medidor marca de más
moving-in MOVE-IN | me acabo de mudar y quiero el gas a mi nombre
moving-out MOVE-OUT | dejo el piso a fin de mes
order-a-cylinder LPG-REFILL PREORDER LPG-EXCH | necesito una bombona de gas
pilot-light RELIGHT | se apagó el piloto del calentador
priority-services PSR | mi padre es mayor y depende de una máquina, hay ayuda especial
read-my-bill | no entiendo los conceptos de mi factura
visit-what-to-expect visit | tengo que estar en casa cuando venga el técnico
visit | a qué hora viene hoy el técnico
reading | cuál fue el último número del medidor que tienen
owed | me falta algo por pagar este mes
REFUND money-in-your-favour mistake-on-bill | me cobraron dos veces, quiero la devolución
PAPERLESS bill-format | no quiero más facturas en papel
NEW-SVC new-connection moving-in | quiero que me instalen gas en una casa nueva
person | quién ganó el mundial
person | venden paneles solares
person | busco trabajo en su empresa
person | el obrero me rompió la valla del jardín
`;

test('what it answers is right, and it does not answer what it does not know', async () => {
  const t = wordsFor('en');
  const wrong: string[] = [];
  let right = 0;
  let left = 0;
  for (const line of asked.trim().split('\n')) {
    const [wanted = '', text = ''] = line.split(' | ');
    const { kind, topic, confidence } = await answer(database.as(nobody), nobody, { text, before: [] }, t);
    if (topic === null) left += 1;
    else if (wanted.split(' ').includes(topic.slice(topic.indexOf(':') + 1))) right += 1;
    else wrong.push(`${text} → ${kind} ${topic} ${confidence.toFixed(2)}`);
  }
  process.stdout.write(`right ${right}, left ${left}, wrong ${wrong.length}\n${wrong.join('\n')}\n`);
  expect(wrong.length / (right + left + wrong.length)).toBeLessThanOrEqual(0.03);
  expect(right).toBeGreaterThan(left);
});
