/** The words of all modules in one language, under `part.key`. Written by `npm run words`, from the folders. */
import access from '#lib/accounts/words/en/access.json' with { type: 'json' };
import account from '#lib/people/words/en/account.json' with { type: 'json' };
import accounts from '#lib/accounts/words/en/accounts.json' with { type: 'json' };
import articles from '#lib/help/words/en/articles.json' with { type: 'json' };
import autopay from '#lib/payments/words/en/autopay.json' with { type: 'json' };
import billing from '#lib/billing/words/en/billing.json' with { type: 'json' };
import bot from '#lib/help/words/en/bot.json' with { type: 'json' };
import calls from '#lib/chat/words/en/calls.json' with { type: 'json' };
import chat from '#lib/chat/words/en/chat.json' with { type: 'json' };
import cylinders from '#lib/orders/words/en/cylinders.json' with { type: 'json' };
import desk from '#lib/desk/words/en/desk.json' with { type: 'json' };
import dunning from '#lib/programmes/words/en/dunning.json' with { type: 'json' };
import emergencies from '#lib/emergencies/words/en/emergencies.json' with { type: 'json' };
import errors from './en/errors.json' with { type: 'json' };
import form from '#lib/forms/words/en/form.json' with { type: 'json' };
import help from '#lib/help/words/en/help.json' with { type: 'json' };
import history from '#lib/accounts/words/en/history.json' with { type: 'json' };
import letters from '#lib/requests/words/en/letters.json' with { type: 'json' };
import noted from '#lib/payments/words/en/noted.json' with { type: 'json' };
import notices from '#lib/billing/words/en/notices.json' with { type: 'json' };
import orders from '#lib/orders/words/en/orders.json' with { type: 'json' };
import pages from '#lib/ui/words/en/pages.json' with { type: 'json' };
import paper from '#lib/billing/words/en/paper.json' with { type: 'json' };
import paying from '#lib/payments/words/en/paying.json' with { type: 'json' };
import people from '#lib/people/words/en/people.json' with { type: 'json' };
import prebuy from '#lib/prebuy/words/en/prebuy.json' with { type: 'json' };
import privacy from '#lib/privacy/words/en/privacy.json' with { type: 'json' };
import programmes from '#lib/programmes/words/en/programmes.json' with { type: 'json' };
import readings from '#lib/accounts/words/en/readings.json' with { type: 'json' };
import refills from '#lib/refills/words/en/refills.json' with { type: 'json' };
import replies from '#lib/desk/words/en/replies.json' with { type: 'json' };
import requests from '#lib/requests/words/en/requests.json' with { type: 'json' };
import slots from '#lib/slots/words/en/slots.json' with { type: 'json' };
import staff from '#lib/people/words/en/staff.json' with { type: 'json' };
import texts from './en/texts.json' with { type: 'json' };
import ui from '#lib/ui/words/en/ui.json' with { type: 'json' };
import uploads from '#lib/files/words/en/uploads.json' with { type: 'json' };
import usage from '#lib/usage/words/en/usage.json' with { type: 'json' };
import visits from '#lib/visits/words/en/visits.json' with { type: 'json' };
import waits from '#lib/requests/words/en/waits.json' with { type: 'json' };
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
