/**
 * What the customers with the most requests are billed for: an account, a home, a meter that is read each month, and a bill
 * for each of two years. Made by SQL in a moment, also in a database that was filled before there were any.
 */
import type pg from 'pg';
import { step } from '#lib/platform/server/progress.ts';
import { size } from './data.ts';

const months = 24;

/** The newest bill of a customer, by their number. */
export const billOf = (number: number) => `B-${number}-1`;

export async function fillAccounts(client: pg.Client) {
  const { rows } = await client.query<{ full: boolean }>('select exists (select 1 from bill) as full');
  if (rows[0]?.full) return;
  await step('Loading accounts', async () => {
    await client.query('set session_replication_role = replica');
    for (const statement of everything) await client.query(statement);
    await client.query('set session_replication_role = origin');
    await client.query(
      'vacuum analyze account, account_member, premises, meter, reading, bill, bill_line, payment'
    );
  });
}

/** Which row is whose: ids are made of what they name and the number of the customer. */
const id = (what: string) => `md5('${what} ' || n)::uuid`;
const busy = `generate_series(1, ${size.customers / 10}) n`;
const each = `${busy}, generate_series(1, ${months}) k`;
const readOn = `current_date - 30 * k`;
const digits = (back: number) => `lpad((20000 - 100 * (k + ${back}))::text, 5, '0')`;

const everything = [
  `insert into account (id, number, holder)
   select ${id('account')}, (10000000 + n)::text, 'Customer No ' || n from ${busy}`,
  `insert into account_member (account_id, person_id, kind, scope)
   select ${id('account')}, p.id, 'holder', 'act'
   from ${busy} join person p on p.email = 'c' || lpad(n::text, 6, '0') || '@customer.example'`,
  `insert into premises (id, account_id, line, town, postcode)
   select ${id('premises')}, ${id('account')}, n || ' Mill Lane', 'Northgate', (10000 + n)::text from ${busy}`,
  `insert into meter (id, premises_id, serial, digits, installed_on)
   select ${id('meter')}, ${id('premises')}, 'M' || n, 5, current_date - 4000 from ${busy}`,
  `insert into reading (meter_id, read_on, digits, source)
   select ${id('meter')}, ${readOn}, ${digits(0)}, 'utility' from ${each}`,
  `insert into bill (id, account_id, number, currency, issued_on, due_on, period_from, period_to, total, quantity, unit,
                     meter_id, opening, closing)
   select md5('bill ' || n || ' ' || k)::uuid, ${id('account')}, 'B-' || n || '-' || k, 'USD', ${readOn} + 3, ${readOn} + 24,
          ${readOn} - 29, ${readOn}, 4200, 40, 'therm', ${id('meter')}, ${digits(1)}, ${digits(0)} from ${each}`,
  `insert into bill_line (bill_id, number, code, amount)
   select b.id, line.* from bill b, (values (1, 'standing', 1200), (2, 'gas', 2600), (3, 'tax', 400)) line`,
  `insert into payment (account_id, reference, amount, currency, method, paid_on, bill_id)
   select account_id, 'paid ' || number, 4200, 'USD', 'card', due_on - 2, id from bill where due_on < current_date`
];
