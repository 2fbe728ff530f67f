/**
 * The benchmark's data set, row by row, as lines for COPY: as many rows as the peers are measured on, filled with what
 * the product really writes. What is open falls due years from now, so that a running worker changes nothing.
 */
import { parseArgs } from 'node:util';
import { proseOf } from './prose.ts';

const { values: asked } = parseArgs({ options: { requests: { type: 'string' } } });
const usual = 1_000_000;
const total = Number(asked.requests ?? process.env.BENCH_REQUESTS ?? usual);

/** 100,000 customers; 1,000,000 requests within two years from 2024-01-01; ten entries each, three where there are more. */
export const size = {
  customers: Number(process.env.BENCH_CUSTOMERS ?? 100_000),
  requests: total,
  entries: total > usual ? 3 : 10
};

const start = Date.UTC(2024, 0, 1);
const minute = 60_000;
/** A minute apart, and closer where there are more: whatever a run creates is newer than all of them. */
const momentOf = (i: number) => start + Math.floor(i * minute * Math.min(1, usual / size.requests));
const codes = ['NEW-SVC', 'GENERAL', 'LPG-EXCH', 'BILL-HIGH', 'RELIGHT'] as const;

const teams = 4;
const agents = 8;
export const teamId = (number: number) => uuid(start, 0x7, number);
/** Agents 1 to 8, two in each team, then a supervisor and an admin. */
export const staffId = (number: number) => uuid(start, 0xa, size.customers + number);
export const staff = agents + 2;
export const roleOf = (number: number) =>
  number <= agents ? 'agent' : number === staff ? 'admin' : 'supervisor';
/** The team of a request, and of the member of staff with the number behind it. */
export const teamOf = (i: number) => 1 + (i % teams);
const agentOf = (i: number) => staffId(1 + (i % agents));
export const customerId = (number: number) => uuid(start, 0xc, number);
export const emailOf = (number: number) => `c${String(number).padStart(6, '0')}@customer.example`;
const requestId = (i: number) => uuid(momentOf(i), 0x4, i);

/** 55 requests each for customers 1…10,000, five each for the other 90,000; scaled down where the set is. */
export function customerOf(i: number): number {
  const busy = size.customers / 10;
  const others = size.customers - busy;
  const twenty = Math.floor(i / 20);
  const rest = i % 20;
  return rest < 11 ? ((twenty * 11 + rest) % busy) + 1 : busy + 1 + ((twenty * 9 + rest - 11) % others);
}

export function* people() {
  for (let number = 1; number <= size.customers; number += 1) {
    yield `${customerId(number)}\t${emailOf(number)}\tt\tCustomer No ${number}\tcustomer\t\\N\tf\n`;
  }
  for (let number = 1; number <= staff; number += 1) {
    yield `${staffId(number)}\ts${number}@staff.example\tt\tStaff No ${number}\t${roleOf(number)}\t${teamId(teamOf(number - 1))}\tt\n`;
  }
}

export function* signInMethods(passwordHash: string) {
  for (let number = 1; number <= size.customers; number += 1) {
    const id = customerId(number);
    yield `${uuid(start, 0xd, number)}\t${id}\tcredential\t${id}\t${passwordHash}\n`;
  }
}

export function* requests() {
  for (let i = 0; i < size.requests; i += 1) {
    const at = momentOf(i);
    const status = statusOf(i);
    const resolved =
      status === 'resolved' ? time(at + years) : status === 'closed' ? time(at + 2880 * minute) : '\\N';
    const closed = status === 'closed' ? resolved : '\\N';
    const due = isOpen(status) ? time(at + years) : 'infinity';
    const agent = status === 'submitted' ? '\\N' : agentOf(i);
    yield `${requestId(i)}\t${referenceOf(i)}\t${customerId(customerOf(i))}\t${codes[i % 5]}\t1\t${proseOf(i)}\tweb\t${status}\t${teamId(teamOf(i))}\t${agent}\t${1 + (i % 4)}\t${size.entries}\t${due}\t${time(at)}\t${time(at + 120 * minute)}\t${resolved}\t${closed}\n`;
  }
}

/** Two for each: an answer, and that it is done. */
export function* promises() {
  for (let i = 0; i < size.requests; i += 1) {
    const at = momentOf(i);
    const open = isOpen(statusOf(i));
    const state = open ? 'running\t' : 'kept\t';
    for (const [kind, days] of [
      ['first_response', 1],
      ['resolution', 3]
    ] as const) {
      const due = time(at + (open ? years : 0) + days * 1440 * minute);
      yield `${requestId(i)}\t${kind}\t${days * 600}\t${state}${time(at)}\t${due}\t${open ? '\\N' : time(at + 120 * minute)}\n`;
    }
  }
}

export function* references() {
  for (let i = 0; i < size.requests; i += 1) yield `${referenceOf(i)}\t${requestId(i)}\n`;
}

/** Odd entries by the customer, even ones by the agent, each a message of about a hundred characters. */
export function* events() {
  for (let i = 0; i < size.requests; i += 1) {
    const id = requestId(i);
    const customer = customerId(customerOf(i));
    for (let k = 1; k <= size.entries; k += 1) {
      const by = k % 2 === 1 ? `${customer}\tcustomer` : `${agentOf(i)}\tagent`;
      yield `${id}\t${k}\tmessage\tpublic\t${by}\t${entryTime(i, k)}\t{"message": "${messageId(i, k)}"}\n`;
    }
  }
}

export function* messages() {
  for (let i = 0; i < size.requests; i += 1) {
    const id = requestId(i);
    const customer = customerId(customerOf(i));
    const text = proseOf(i + 1, 90);
    for (let k = 1; k <= size.entries; k += 1) {
      const by = k % 2 === 1 ? `${customer}\tcustomer` : `${agentOf(i)}\tagent`;
      yield `${messageId(i, k)}\t${id}\t${by}\tpublic\tEntry ${k}: ${text}\t${entryTime(i, k)}\n`;
    }
  }
}

/** 32 letters for five bits each; multiplying by an odd number modulo 2^40 meets every reference once. */
export function referenceOf(i: number): string {
  const signs = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
  let number = (BigInt(i + 1) * 387_420_489_013n) & 0xff_ffff_ffffn;
  let reference = '';
  for (let place = 0; place < 8; place += 1) {
    reference += signs[Number(number & 31n)];
    if (place === 3) reference += '-';
    number >>= 5n;
  }
  return reference;
}

function statusOf(i: number) {
  if (i >= size.requests * 0.98) return 'submitted';
  if (i >= size.requests * 0.96) return 'open';
  // Few are resolved at any time: they are closed after two weeks.
  return i >= size.requests * 0.95 ? 'resolved' : 'closed';
}

const years = 5 * 365 * 1440 * minute;
const isOpen = (status: string) => status === 'submitted' || status === 'open';

const entryTime = (i: number, k: number) => time(momentOf(i) + k * 60 * minute);
const messageId = (i: number, k: number) => uuid(momentOf(i), k, i);
const time = (at: number) => new Date(at).toISOString();

/** A UUIDv7 of a given moment, kind and number: in order of time, and the same on every machine. */
function uuid(at: number, kind: number, number: number): string {
  const ms = at.toString(16).padStart(12, '0');
  const tail = number.toString(16).padStart(12, '0');
  return `${ms.slice(0, 8)}-${ms.slice(8)}-7${kind.toString(16).padStart(3, '0')}-8000-${tail}`;
}
