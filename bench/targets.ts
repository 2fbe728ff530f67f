/** The pieces of work, as targets for the load generator, and how to see that each really does its work. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { billOf } from './accounts.ts';
import { customerId, customerOf, emailOf, referenceOf, size } from './data.ts';
import { benchPassword } from './fill.ts';
import type { Colleague, Visitor } from './sessions.ts';

export type Work = Road | `${Road}-long` | Page | 'create' | 'chat' | 'sign-in' | DeskWork;
/** Pages that have a short road, and the same by the long one. */
type Road = 'list' | 'detail';
/** What else customers open: their first page, their bills, one of them, their usage, and a search for help. */
type Page = 'home' | 'bills' | 'bill' | 'usage' | 'help';
/** What staff look at: by agents, and under the names of their roles by those who see more. */
type DeskWork = Desk | `${Desk}-${'supervisor' | 'admin'}` | 'teams';
type Desk = (typeof atDesk)[number];
/** The queues with their counts, a search by a word and by a reference, an open request, a customer. */
const atDesk = ['queue', 'search', 'reference', 'desk', 'customer'] as const;

const description = 'My bill for October shows a reading that I did not send in. '.repeat(10).slice(0, 500);

/** What people look for, in the help and in the chat. */
const sought = ['how do I read my meter', 'why is my bill so high', 'pay by card', 'moving out'];

/** What no page asks for goes the long road. */
const long = '?long=1';

/** Writes one file of targets for each piece of work. Answers where they are. */
export function writeTargets(
  visitors: readonly Visitor[],
  staff: readonly Colleague[]
): Record<Work, string> {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-bench-'));
  const write = (name: Work, lines: string[]) => {
    const file = join(folder, name);
    writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
    return file;
  };
  const lists = (query: string) => visitors.map(({ cookie }) => `GET\t/requests${query}\t${cookie}\t`);
  const details = (query: string) =>
    visitors.flatMap(({ cookie, references }) =>
      references.map((one) => `GET\t/requests/${one}${query}\t${cookie}\t`)
    );
  const of = (path: (visitor: Visitor) => string) =>
    visitors.map((visitor) => `GET\t${path(visitor)}\t${visitor.cookie}\t`);
  const form = new URLSearchParams({
    subject: 'October bill',
    description,
    contact_by: 'email',
    contact_phone: '555 0142'
  });

  return {
    list: write('list', lists('')),
    'list-long': write('list-long', lists(long)),
    detail: write('detail', details('')),
    'detail-long': write('detail-long', details(long)),
    home: write(
      'home',
      of(() => '/')
    ),
    bills: write(
      'bills',
      of(() => '/bills')
    ),
    bill: write(
      'bill',
      of(({ number }) => `/bills/${billOf(number)}`)
    ),
    usage: write(
      'usage',
      of(() => '/usage')
    ),
    help: write(
      'help',
      sought.flatMap((words) => of(() => `/help?q=${encodeURIComponent(words)}`))
    ),
    // To the assistant, which looks for an answer: what it costs to talk, and not to leave a form.
    chat: write(
      'chat',
      sought.flatMap((words) =>
        visitors.map(({ cookie }) => {
          const said = new URLSearchParams({ text: words, seen: '9999' });
          return `POST\t/chat?/say\t${cookie}\tkey=@KEY@&${said}`;
        })
      )
    ),
    create: write(
      'create',
      visitors.map(({ cookie }) => `POST\t/requests/new/GENERAL?/send\t${cookie}\tkey=@KEY@&${form}`)
    ),
    ...(Object.fromEntries(
      atDesk.flatMap((look) =>
        (['agent', 'supervisor', 'admin'] as const).map((role) => {
          const work = role === 'agent' ? look : (`${look}-${role}` as const);
          const lookers = staff.filter((one) => one.role === role);
          return [
            work,
            write(
              work,
              lookers.flatMap((one) => seenBy(one, look))
            )
          ];
        })
      )
    ) as Record<Exclude<DeskWork, 'teams'>, string>),
    teams: write(
      'teams',
      staff.filter(({ role }) => role === 'admin').map(({ cookie }) => `GET\t/desk/staff/teams\t${cookie}\t`)
    ),
    // Each tries another account from another address, as a morning's customers do; the throttle is on.
    'sign-in': write(
      'sign-in',
      Array.from({ length: Math.min(20_000, size.customers) }, (_, index) => {
        const body = new URLSearchParams({ email: emailOf(index + 1), password: benchPassword });
        return `POST\t/sign-in\t\t${body}&bench=@KEY@`;
      })
    )
  };
}

function seenBy({ cookie, requests }: Colleague, look: Desk): string[] {
  const paths: Record<Desk, () => string[]> = {
    queue: () => ['team', 'mine', 'unassigned', 'all'].map((queue) => `/desk?queue=${queue}`),
    search: () =>
      ['boiler', 'Tamarind', 'meter cellar'].map((said) => `/desk?queue=all&search=${encodeURI(said)}`),
    reference: () => requests.map((i) => `/desk?search=${referenceOf(i)}`),
    desk: () => requests.map((i) => `/desk/requests/${referenceOf(i)}`),
    customer: () => requests.map((i) => `/desk/customers/${customerId(customerOf(i))}`)
  };
  return paths[look]().map((path) => `GET\t${path}\t${cookie}\t`);
}

/** The status each answer must have, and what must be on the page how often. */
const proof: Record<string, { status: number; mark?: RegExp; times?: number; location?: RegExp }> = {
  list: { status: 200, mark: /class="row[ "]/g, times: 20 },
  detail: { status: 200, mark: /id="event-\d+"/g, times: size.entries },
  home: { status: 200, mark: /class="card[ "]/g },
  bills: { status: 200, mark: /href="\/bills\/B-\d+-\d+"/g },
  bill: { status: 200, mark: /B-\d+-1/g },
  usage: { status: 200, mark: /<svg/g },
  help: { status: 200, mark: /href="\/help\/[a-z-]+"/g },
  chat: { status: 303, location: /^\/chat/ },
  queue: { status: 200 },
  search: { status: 200 },
  reference: { status: 303, location: /^\/desk\/requests\// },
  desk: { status: 200, mark: /id="request-title"/g, times: 1 },
  customer: { status: 200 },
  teams: { status: 200, mark: /href="\/desk\/staff\/teams\/[0-9a-f-]{36}"/g, times: 4 },
  create: { status: 303, location: /^\/requests\/[2-9A-Z]{4}-[2-9A-Z]{4}\/receipt$/ },
  'sign-in': { status: 303, location: /^\/$/ }
};

/** Looks at one answer before anything is measured: a fast wrong page is worth nothing. */
export async function prove(work: Work, base: string, targets: string) {
  const [method = '', path = '', cookie = '', body = ''] = (
    readFileSync(targets, 'utf8').split('\n')[0] ?? ''
  ).split('\t');
  const post = method === 'POST';
  const answer = await fetch(base + path, {
    method,
    redirect: 'manual',
    headers: {
      accept: 'text/html',
      origin: base,
      ...(cookie && { cookie }),
      ...(post && { 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-for': '10.1.2.3' })
    },
    ...(post && { body: body.replace('@KEY@', crypto.randomUUID()) })
  });
  const text = await answer.text();
  const { status, mark, times, location } = proof[work.replace(/-(supervisor|admin|long)$/, '')] ?? {
    status: 200
  };
  const went = answer.headers.get('location') ?? '';
  if (answer.status !== status)
    throw new Error(`${work}: answered ${answer.status} ${went}\n${text.slice(0, 600)}`);
  if (location && !location.test(went)) throw new Error(`${work}: led to ${went}`);
  const found = mark ? (text.match(mark)?.length ?? 0) : times;
  if (times === undefined ? found === 0 : found !== times)
    throw new Error(`${work}: the page shows ${found}, not ${times}`);
  return Buffer.byteLength(text);
}
