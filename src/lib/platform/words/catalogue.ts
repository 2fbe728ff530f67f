/** The words of all modules, joined under `part.key`. The list is written by `npm run words`, from the folders. */
import enAccess from '#lib/accounts/words/en/access.json' with { type: 'json' };
import enAccount from '#lib/people/words/en/account.json' with { type: 'json' };
import enAccounts from '#lib/accounts/words/en/accounts.json' with { type: 'json' };
import enArticles from '#lib/help/words/en/articles.json' with { type: 'json' };
import enAutopay from '#lib/billing/words/en/autopay.json' with { type: 'json' };
import enBilling from '#lib/billing/words/en/billing.json' with { type: 'json' };
import enBot from '#lib/help/words/en/bot.json' with { type: 'json' };
import enCalls from '#lib/chat/words/en/calls.json' with { type: 'json' };
import enChat from '#lib/chat/words/en/chat.json' with { type: 'json' };
import enCylinders from '#lib/orders/words/en/cylinders.json' with { type: 'json' };
import enDesk from '#lib/requests/words/en/desk.json' with { type: 'json' };
import enDunning from '#lib/billing/words/en/dunning.json' with { type: 'json' };
import enEmergencies from '#lib/emergencies/words/en/emergencies.json' with { type: 'json' };
import enErrors from './en/errors.json' with { type: 'json' };
import enForm from '#lib/forms/words/en/form.json' with { type: 'json' };
import enHelp from '#lib/help/words/en/help.json' with { type: 'json' };
import enHistory from '#lib/accounts/words/en/history.json' with { type: 'json' };
import enLetters from '#lib/requests/words/en/letters.json' with { type: 'json' };
import enNoted from '#lib/billing/words/en/noted.json' with { type: 'json' };
import enNotices from '#lib/billing/words/en/notices.json' with { type: 'json' };
import enOrders from '#lib/orders/words/en/orders.json' with { type: 'json' };
import enPages from '#lib/ui/words/en/pages.json' with { type: 'json' };
import enPaper from '#lib/billing/words/en/paper.json' with { type: 'json' };
import enPaying from '#lib/billing/words/en/paying.json' with { type: 'json' };
import enPeople from '#lib/people/words/en/people.json' with { type: 'json' };
import enPrebuy from '#lib/orders/words/en/prebuy.json' with { type: 'json' };
import enPrivacy from '#lib/privacy/words/en/privacy.json' with { type: 'json' };
import enProgrammes from '#lib/billing/words/en/programmes.json' with { type: 'json' };
import enReadings from '#lib/accounts/words/en/readings.json' with { type: 'json' };
import enRefills from '#lib/orders/words/en/refills.json' with { type: 'json' };
import enReplies from '#lib/requests/words/en/replies.json' with { type: 'json' };
import enRequests from '#lib/requests/words/en/requests.json' with { type: 'json' };
import enStaff from '#lib/people/words/en/staff.json' with { type: 'json' };
import enUi from '#lib/ui/words/en/ui.json' with { type: 'json' };
import enUploads from '#lib/files/words/en/uploads.json' with { type: 'json' };
import enUsage from '#lib/usage/words/en/usage.json' with { type: 'json' };
import enVisits from '#lib/visits/words/en/visits.json' with { type: 'json' };
import enWaits from '#lib/requests/words/en/waits.json' with { type: 'json' };
import esAccess from '#lib/accounts/words/es/access.json' with { type: 'json' };
import esAccount from '#lib/people/words/es/account.json' with { type: 'json' };
import esAccounts from '#lib/accounts/words/es/accounts.json' with { type: 'json' };
import esArticles from '#lib/help/words/es/articles.json' with { type: 'json' };
import esAutopay from '#lib/billing/words/es/autopay.json' with { type: 'json' };
import esBilling from '#lib/billing/words/es/billing.json' with { type: 'json' };
import esBot from '#lib/help/words/es/bot.json' with { type: 'json' };
import esCalls from '#lib/chat/words/es/calls.json' with { type: 'json' };
import esChat from '#lib/chat/words/es/chat.json' with { type: 'json' };
import esCylinders from '#lib/orders/words/es/cylinders.json' with { type: 'json' };
import esDesk from '#lib/requests/words/es/desk.json' with { type: 'json' };
import esDunning from '#lib/billing/words/es/dunning.json' with { type: 'json' };
import esEmergencies from '#lib/emergencies/words/es/emergencies.json' with { type: 'json' };
import esErrors from './es/errors.json' with { type: 'json' };
import esForm from '#lib/forms/words/es/form.json' with { type: 'json' };
import esHelp from '#lib/help/words/es/help.json' with { type: 'json' };
import esHistory from '#lib/accounts/words/es/history.json' with { type: 'json' };
import esLetters from '#lib/requests/words/es/letters.json' with { type: 'json' };
import esNoted from '#lib/billing/words/es/noted.json' with { type: 'json' };
import esNotices from '#lib/billing/words/es/notices.json' with { type: 'json' };
import esOrders from '#lib/orders/words/es/orders.json' with { type: 'json' };
import esPages from '#lib/ui/words/es/pages.json' with { type: 'json' };
import esPaper from '#lib/billing/words/es/paper.json' with { type: 'json' };
import esPaying from '#lib/billing/words/es/paying.json' with { type: 'json' };
import esPeople from '#lib/people/words/es/people.json' with { type: 'json' };
import esPrebuy from '#lib/orders/words/es/prebuy.json' with { type: 'json' };
import esPrivacy from '#lib/privacy/words/es/privacy.json' with { type: 'json' };
import esProgrammes from '#lib/billing/words/es/programmes.json' with { type: 'json' };
import esReadings from '#lib/accounts/words/es/readings.json' with { type: 'json' };
import esRefills from '#lib/orders/words/es/refills.json' with { type: 'json' };
import esReplies from '#lib/requests/words/es/replies.json' with { type: 'json' };
import esRequests from '#lib/requests/words/es/requests.json' with { type: 'json' };
import esStaff from '#lib/people/words/es/staff.json' with { type: 'json' };
import esUi from '#lib/ui/words/es/ui.json' with { type: 'json' };
import esUploads from '#lib/files/words/es/uploads.json' with { type: 'json' };
import esUsage from '#lib/usage/words/es/usage.json' with { type: 'json' };
import esVisits from '#lib/visits/words/es/visits.json' with { type: 'json' };
import esWaits from '#lib/requests/words/es/waits.json' with { type: 'json' };

/** English is the reference: a key exists when English has it. A house test keeps the other languages level. */
const en = {
  ...part('access', enAccess),
  ...part('account', enAccount),
  ...part('accounts', enAccounts),
  ...part('articles', enArticles),
  ...part('autopay', enAutopay),
  ...part('billing', enBilling),
  ...part('bot', enBot),
  ...part('calls', enCalls),
  ...part('chat', enChat),
  ...part('cylinders', enCylinders),
  ...part('desk', enDesk),
  ...part('dunning', enDunning),
  ...part('emergencies', enEmergencies),
  ...part('errors', enErrors),
  ...part('form', enForm),
  ...part('help', enHelp),
  ...part('history', enHistory),
  ...part('letters', enLetters),
  ...part('noted', enNoted),
  ...part('notices', enNotices),
  ...part('orders', enOrders),
  ...part('pages', enPages),
  ...part('paper', enPaper),
  ...part('paying', enPaying),
  ...part('people', enPeople),
  ...part('prebuy', enPrebuy),
  ...part('privacy', enPrivacy),
  ...part('programmes', enProgrammes),
  ...part('readings', enReadings),
  ...part('refills', enRefills),
  ...part('replies', enReplies),
  ...part('requests', enRequests),
  ...part('staff', enStaff),
  ...part('ui', enUi),
  ...part('uploads', enUploads),
  ...part('usage', enUsage),
  ...part('visits', enVisits),
  ...part('waits', enWaits)
};
const es = {
  ...part('access', esAccess),
  ...part('account', esAccount),
  ...part('accounts', esAccounts),
  ...part('articles', esArticles),
  ...part('autopay', esAutopay),
  ...part('billing', esBilling),
  ...part('bot', esBot),
  ...part('calls', esCalls),
  ...part('chat', esChat),
  ...part('cylinders', esCylinders),
  ...part('desk', esDesk),
  ...part('dunning', esDunning),
  ...part('emergencies', esEmergencies),
  ...part('errors', esErrors),
  ...part('form', esForm),
  ...part('help', esHelp),
  ...part('history', esHistory),
  ...part('letters', esLetters),
  ...part('noted', esNoted),
  ...part('notices', esNotices),
  ...part('orders', esOrders),
  ...part('pages', esPages),
  ...part('paper', esPaper),
  ...part('paying', esPaying),
  ...part('people', esPeople),
  ...part('prebuy', esPrebuy),
  ...part('privacy', esPrivacy),
  ...part('programmes', esProgrammes),
  ...part('readings', esReadings),
  ...part('refills', esRefills),
  ...part('replies', esReplies),
  ...part('requests', esRequests),
  ...part('staff', esStaff),
  ...part('ui', esUi),
  ...part('uploads', esUploads),
  ...part('usage', esUsage),
  ...part('visits', esVisits),
  ...part('waits', esWaits)
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
