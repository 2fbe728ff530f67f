/** The message files of all parts of the product, joined under `part.key`. A new part is added here, once per language. */
import enUi from './en/ui.json' with { type: 'json' };
import enPages from './en/pages.json' with { type: 'json' };
import enForm from './en/form.json' with { type: 'json' };
import enPeople from './en/people.json' with { type: 'json' };
import enAccount from './en/account.json' with { type: 'json' };
import enAccounts from './en/accounts.json' with { type: 'json' };
import enRequests from './en/requests.json' with { type: 'json' };
import enUploads from './en/uploads.json' with { type: 'json' };
import enLetters from './en/letters.json' with { type: 'json' };
import enDesk from './en/desk.json' with { type: 'json' };
import enStaff from './en/staff.json' with { type: 'json' };
import enEmergencies from './en/emergencies.json' with { type: 'json' };
import enErrors from './en/errors.json' with { type: 'json' };
import enBilling from './en/billing.json' with { type: 'json' };
import enReadings from './en/readings.json' with { type: 'json' };
import esUi from './es/ui.json' with { type: 'json' };
import esPages from './es/pages.json' with { type: 'json' };
import esForm from './es/form.json' with { type: 'json' };
import esPeople from './es/people.json' with { type: 'json' };
import esAccount from './es/account.json' with { type: 'json' };
import esAccounts from './es/accounts.json' with { type: 'json' };
import esRequests from './es/requests.json' with { type: 'json' };
import esUploads from './es/uploads.json' with { type: 'json' };
import esLetters from './es/letters.json' with { type: 'json' };
import esDesk from './es/desk.json' with { type: 'json' };
import esStaff from './es/staff.json' with { type: 'json' };
import esEmergencies from './es/emergencies.json' with { type: 'json' };
import esErrors from './es/errors.json' with { type: 'json' };
import esBilling from './es/billing.json' with { type: 'json' };
import esReadings from './es/readings.json' with { type: 'json' };

/** English is the reference: a key exists when English has it. A house test keeps the other languages level. */
const en = {
  ...part('ui', enUi),
  ...part('pages', enPages),
  ...part('form', enForm),
  ...part('people', enPeople),
  ...part('account', enAccount),
  ...part('accounts', enAccounts),
  ...part('requests', enRequests),
  ...part('uploads', enUploads),
  ...part('letters', enLetters),
  ...part('desk', enDesk),
  ...part('staff', enStaff),
  ...part('emergencies', enEmergencies),
  ...part('errors', enErrors),
  ...part('billing', enBilling),
  ...part('readings', enReadings)
};
const es = {
  ...part('ui', esUi),
  ...part('pages', esPages),
  ...part('form', esForm),
  ...part('people', esPeople),
  ...part('account', esAccount),
  ...part('accounts', esAccounts),
  ...part('requests', esRequests),
  ...part('uploads', esUploads),
  ...part('letters', esLetters),
  ...part('desk', esDesk),
  ...part('staff', esStaff),
  ...part('emergencies', esEmergencies),
  ...part('errors', esErrors),
  ...part('billing', esBilling),
  ...part('readings', esReadings)
};

export type WordKey = keyof typeof en;

export const catalogue: Record<'en' | 'es', Partial<Record<WordKey, string>>> = { en, es };

type Prefixed<Part extends string, Messages> = {
  [Key in keyof Messages as `${Part}.${Key & string}`]: string;
};

function part<const Part extends string, Messages extends Record<string, string>>(
  name: Part,
  messages: Messages
) {
  const entries = Object.entries(messages).map(([key, message]) => [`${name}.${key}`, message]);
  // Object.fromEntries forgets the keys that the type just computed.
  return Object.fromEntries(entries) as Prefixed<Part, Messages>;
}
