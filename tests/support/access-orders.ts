/** Who may get what of the orders. Part of the tables of `access.ts`. */
import type { Line } from './access.ts';

const theDesk = 'door none none none yes  yes  yes';
const supervisors = 'door none none none none yes  yes';
const nothing = 'door none none none none none none';
const atAnyDesk = { own: theDesk, foreign: theDesk, missing: nothing };
const ownPages = 'door yes  yes  yes  none none none';
const orderOfCustomer = { own: 'door yes  none yes  none none none', foreign: nothing, missing: nothing };
const whoeverActs = { own: 'door yes  none none none none none', foreign: nothing, missing: nothing };
/** Without anything chosen, or without an account, they are led to the catalogue. */
const nothingChosen = 'door away away away none none none';

/** What comes back when an address is opened. */
export const ordersOpened: Record<string, Line> = {
  '/(desk)/desk/deliveries': theDesk,
  '/(desk)/desk/deliveries/sheet': theDesk,
  '/(desk)/desk/orders': theDesk,
  '/(desk)/desk/orders/[reference]': atAnyDesk,
  '/(desk)/desk/orders/new': theDesk,
  '/(desk)/desk/depots': supervisors,
  '/(desk)/desk/products': supervisors,
  '/(desk)/desk/stock': theDesk,
  '/(home)/orders': ownPages,
  '/(home)/orders/[reference]': orderOfCustomer,
  '/(home)/orders/[reference]/time': whoeverActs,
  '/(home)/orders/prebuy': ownPages,
  '/(home)/orders/refills': ownPages,
  '/(home)/orders/refills/[id]': orderOfCustomer,
  '/(home)/orders/refills/new': ownPages,
  '/(home)/orders/new': ownPages,
  // What is ordered ahead is asked for by name; here nothing is named.
  '/(home)/orders/new/ahead': nothing,
  '/(home)/orders/new/time': nothingChosen
};

/** What comes back when a form is sent. */
export const ordersSent: Record<string, Line> = {
  '/(desk)/desk/deliveries?send': theDesk,
  '/(desk)/desk/deliveries?deliver': theDesk,
  '/(desk)/desk/deliveries?miss': theDesk,
  '/(desk)/desk/deliveries?gone': theDesk,
  '/(desk)/desk/orders?refunded': theDesk,
  '/(desk)/desk/orders?deposit': theDesk,
  '/(desk)/desk/orders?prebuy': theDesk,
  // Which purchase is asked first: here none is named.
  '/(desk)/desk/customers/[id]?prebuy': { own: nothing, foreign: nothing, missing: nothing },
  '/(desk)/desk/customers/[id]?cylinders': atAnyDesk,
  '/(desk)/desk/customers/[id]?refills': atAnyDesk,
  '/(desk)/desk/customers/[id]?ahead': atAnyDesk,
  '/(desk)/desk/customers/[id]?supply': atAnyDesk,
  '/(desk)/desk/customers/[id]?gone': atAnyDesk,
  '/(desk)/desk/depots?add': supervisors,
  '/(desk)/desk/depots?retire': supervisors,
  '/(desk)/desk/depots?save': supervisors,
  '/(desk)/desk/orders/[reference]?pack': atAnyDesk,
  '/(desk)/desk/orders/[reference]?door': atAnyDesk,
  '/(desk)/desk/orders/[reference]?unpack': atAnyDesk,
  '/(desk)/desk/orders/[reference]?send': atAnyDesk,
  '/(desk)/desk/orders/[reference]?cancel': atAnyDesk,
  '/(desk)/desk/orders/[reference]?gone': atAnyDesk,
  '/(desk)/desk/orders/[reference]?move': atAnyDesk,
  '/(desk)/desk/orders/new?find': theDesk,
  '/(desk)/desk/orders/new?place': theDesk,
  ...Object.fromEntries(
    ['save', 'add', 'price', 'unprice', 'retire', 'offer'].map((action) => [
      `/(desk)/desk/products?${action}`,
      supervisors
    ])
  ),
  // Which offer is asked first: here none is named.
  '/(desk)/desk/products?withdraw': nothing,
  '/(desk)/desk/stock?change': theDesk,
  '/(desk)/desk/stock?expect': theDesk,
  '/(desk)/desk/stock?rule': theDesk,
  '/(home)/orders/[reference]?cancel': whoeverActs,
  '/(home)/orders/[reference]?code': whoeverActs,
  '/(home)/orders/[reference]?door': whoeverActs,
  '/(home)/orders/[reference]?rate': whoeverActs,
  // Here nobody takes payments.
  '/(home)/orders/[reference]?pay': { own: nothing, foreign: nothing, missing: nothing },
  '/(home)/orders/prebuy?buy': nothing,
  '/(home)/orders/prebuy?pay': nothing,
  '/(home)/orders/[reference]/time?default': whoeverActs,
  ...Object.fromEntries(
    ['skip', 'pause', 'resume', 'end', 'change'].map((action) => [
      `/(home)/orders/refills/[id]?${action}`,
      whoeverActs
    ])
  ),
  '/(home)/orders/refills/new?default': 'door yes  none none none none none',
  '/(home)/orders/new/ahead?default': nothing,
  '/(home)/orders/new/time?default': nothingChosen
};
