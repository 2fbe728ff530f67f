/** The words of all modules in one language, under `part.key`. Written by `npm run words`, from the folders. */
import access from '#lib/accounts/words/es/access.json' with { type: 'json' };
import account from '#lib/people/words/es/account.json' with { type: 'json' };
import accounts from '#lib/accounts/words/es/accounts.json' with { type: 'json' };
import articles from '#lib/help/words/es/articles.json' with { type: 'json' };
import autopay from '#lib/payments/words/es/autopay.json' with { type: 'json' };
import billing from '#lib/billing/words/es/billing.json' with { type: 'json' };
import bot from '#lib/help/words/es/bot.json' with { type: 'json' };
import calls from '#lib/chat/words/es/calls.json' with { type: 'json' };
import chat from '#lib/chat/words/es/chat.json' with { type: 'json' };
import cylinders from '#lib/orders/words/es/cylinders.json' with { type: 'json' };
import desk from '#lib/desk/words/es/desk.json' with { type: 'json' };
import dunning from '#lib/programmes/words/es/dunning.json' with { type: 'json' };
import emergencies from '#lib/emergencies/words/es/emergencies.json' with { type: 'json' };
import errors from './es/errors.json' with { type: 'json' };
import form from '#lib/forms/words/es/form.json' with { type: 'json' };
import help from '#lib/help/words/es/help.json' with { type: 'json' };
import history from '#lib/accounts/words/es/history.json' with { type: 'json' };
import letters from '#lib/requests/words/es/letters.json' with { type: 'json' };
import noted from '#lib/payments/words/es/noted.json' with { type: 'json' };
import notices from '#lib/billing/words/es/notices.json' with { type: 'json' };
import orders from '#lib/orders/words/es/orders.json' with { type: 'json' };
import pages from '#lib/ui/words/es/pages.json' with { type: 'json' };
import paper from '#lib/billing/words/es/paper.json' with { type: 'json' };
import paying from '#lib/payments/words/es/paying.json' with { type: 'json' };
import people from '#lib/people/words/es/people.json' with { type: 'json' };
import prebuy from '#lib/prebuy/words/es/prebuy.json' with { type: 'json' };
import privacy from '#lib/privacy/words/es/privacy.json' with { type: 'json' };
import programmes from '#lib/programmes/words/es/programmes.json' with { type: 'json' };
import readings from '#lib/accounts/words/es/readings.json' with { type: 'json' };
import refills from '#lib/refills/words/es/refills.json' with { type: 'json' };
import replies from '#lib/desk/words/es/replies.json' with { type: 'json' };
import requests from '#lib/requests/words/es/requests.json' with { type: 'json' };
import slots from '#lib/slots/words/es/slots.json' with { type: 'json' };
import staff from '#lib/people/words/es/staff.json' with { type: 'json' };
import texts from './es/texts.json' with { type: 'json' };
import ui from '#lib/ui/words/es/ui.json' with { type: 'json' };
import uploads from '#lib/files/words/es/uploads.json' with { type: 'json' };
import usage from '#lib/usage/words/es/usage.json' with { type: 'json' };
import visits from '#lib/visits/words/es/visits.json' with { type: 'json' };
import waits from '#lib/requests/words/es/waits.json' with { type: 'json' };
import { part } from './part.ts';

export default {
  ...part('access', access),
  ...part('account', account),
  ...part('accounts', accounts),
  ...part('articles', articles),
  ...part('autopay', autopay),
  ...part('billing', billing),
  ...part('bot', bot),
  ...part('calls', calls),
  ...part('chat', chat),
  ...part('cylinders', cylinders),
  ...part('desk', desk),
  ...part('dunning', dunning),
  ...part('emergencies', emergencies),
  ...part('errors', errors),
  ...part('form', form),
  ...part('help', help),
  ...part('history', history),
  ...part('letters', letters),
  ...part('noted', noted),
  ...part('notices', notices),
  ...part('orders', orders),
  ...part('pages', pages),
  ...part('paper', paper),
  ...part('paying', paying),
  ...part('people', people),
  ...part('prebuy', prebuy),
  ...part('privacy', privacy),
  ...part('programmes', programmes),
  ...part('readings', readings),
  ...part('refills', refills),
  ...part('replies', replies),
  ...part('requests', requests),
  ...part('slots', slots),
  ...part('staff', staff),
  ...part('texts', texts),
  ...part('ui', ui),
  ...part('uploads', uploads),
  ...part('usage', usage),
  ...part('visits', visits),
  ...part('waits', waits)
};
