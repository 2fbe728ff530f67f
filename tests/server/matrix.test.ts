/** Every address and every form of Hearth, tried by everybody on what is theirs, not theirs, and not there. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { serviceTypes } from '#lib/catalogue/all.ts';
import { publish } from '#lib/catalogue/server/catalogue.ts';
import { publishArticles, shippedArticles } from '#lib/help/server/publish.ts';
import {
  everybody,
  expected,
  type Line,
  opened,
  sent,
  type Subject,
  subjects,
  type Who
} from '../support/access.ts';
import { like, type Member, members, otherwise } from '../support/access-members.ts';
import { allThatMatters } from '../support/all-that-matters.ts';
import { type Answer, outcomeOf } from '../support/answers.ts';
import { freshDatabase } from '../support/database.ts';
import { makersOn, type Somebody } from '../support/makers.ts';
import { mounts, routes } from '../support/routes.ts';
import { signedIn, startSite } from '../support/site.ts';
import { subjectsOn, wellFormed } from '../support/subjects.ts';

const urls = await freshDatabase();
const { sql, aPerson, aServiceType, aRequest } = await makersOn(urls.owner);
await publish(urls.owner, serviceTypes);
await publishArticles(urls.owner, shippedArticles());
const site = await startSite(urls.web);

const { aBill, aCopy, aFile, anOrder, aPayment, anEmergency, aTeam, refills } = subjectsOn(sql, site.storage);
const town = await settle();
const forms = routes.flatMap(({ id, path, posts }) =>
  posts.map((name) => ({
    id: `${id}?${name}`,
    path,
    action: name === 'POST' || name === 'default' ? '' : `?/${name}`
  }))
);
const addresses = [
  ...routes.filter(({ get }) => get).map(({ id, path }) => ({ id, path })),
  ...mounts.map((mount) => ({ id: mount, path: pathOfMount(mount) }))
];

test('everything that can be reached from outside stands in the tables, and nothing else does', () => {
  expect(addresses.map(({ id }) => id).sort()).toEqual(Object.keys(opened).sort());
  expect(forms.map(({ id }) => id).sort()).toEqual(Object.keys(sent).sort());
});

test.each(addresses)('$id opens for those who may, and for nobody else', async ({ id, path }) => {
  const seen = await tried(opened[id], async (who, subject) => outcomeOf(await open(path, who, subject)));
  expect(seen.is).toEqual(seen.should);
});

test.each(forms)(
  '$id works for those who may, and changes nothing for anybody else',
  async ({ id, path, action }) => {
    const before = await everything();
    const seen = await tried(sent[id], async (who, subject, should) =>
      should === 'yes' ? 'yes' : outcomeOf(await send(path + action, who, subject))
    );
    expect(seen.is).toEqual(seen.should);
    expect(await everything()).toEqual(before);
  }
);

test.each(forms)('$id takes nothing from a page of another site', async ({ path, action }) => {
  const before = await everything();
  for (const who of everybody) {
    const answer = await send(path + action, who, 'own', 'http://elsewhere.example');
    expect([who, answer.status]).toEqual([who, path === '/emergency/heard' ? 200 : 403]);
  }
  expect(await everything()).toEqual(before);
});

test.each(addresses)(
  '$id opens for who else comes to the account by what they may do',
  async ({ id, path }) => {
    for (const who of members) {
      const outcome = otherwise[id]?.[who] ?? expected(opened[id] ?? '', like[who], 'own');
      expect([who, outcomeOf(await open(path, who, 'own'))]).toEqual([who, outcome]);
    }
  }
);

test.each(forms)('$id works for none of them beyond that', async ({ id, path, action }) => {
  const before = await everything();
  for (const who of members) {
    const outcome = otherwise[id]?.[who] ?? expected(sent[id] ?? '', like[who], 'own');
    if (outcome !== 'yes')
      expect([who, outcomeOf(await send(path + action, who, 'own'))]).toEqual([who, outcome]);
  }
  expect(await everything()).toEqual(before);
});

const withSubject = addresses.filter(
  ({ path }) => /\[|uploads|files/.test(path) && !/\[(code|slug|kind)\]/.test(path)
);
const outsiders = ['nobody', 'other', 'viewer', 'owner'] as const;

test.each(withSubject)('$id tells no customer whether what is not theirs is there', async ({ path }) => {
  for (const who of outsiders) {
    const [foreign, missing] = [await open(path, who, 'foreign'), await open(path, who, 'missing')];
    expect([who, foreign.status, told(foreign)]).toEqual([who, missing.status, told(missing)]);
  }
});

test('an agent who asks for another team’s request reads the same as for one that is not there', async () => {
  const path = '/desk/requests/[reference]';
  const [foreign, missing] = [await open(path, 'agent', 'foreign'), await open(path, 'agent', 'missing')];
  expect(told(foreign)).toBe(told(missing));
});

test.each(forms.filter(({ path }) => path.includes('[reference]')))(
  '$id tells no customer whether what is not theirs is there',
  async ({ path, action }) => {
    for (const who of outsiders) {
      const [foreign, missing] = [
        await send(path + action, who, 'foreign'),
        await send(path + action, who, 'missing')
      ];
      expect([who, foreign.status, told(foreign)]).toEqual([who, missing.status, told(missing)]);
    }
  }
);

type Try = (who: Who, subject: Subject, should: string) => Promise<string>;

/** Tries a line of a table for everybody on every subject. Both sides are lists that are easy to compare. */
async function tried(line: Line | undefined, attempt: Try) {
  const is: string[] = [];
  const should: string[] = [];
  for (const subject of typeof line === 'string' ? (['own'] as const) : subjects) {
    for (const who of everybody) {
      const outcome = expected(line ?? '', who, subject);
      should.push(`${who}, ${subject}: ${outcome}`);
      is.push(`${who}, ${subject}: ${await attempt(who, subject, outcome)}`);
    }
  }
  return { is, should };
}

async function open(path: string, who: Who | Member, subject: Subject): Promise<Answer> {
  // An upload that is under way is asked after with HEAD; and a stream never ends, so it is only begun.
  const method = path.startsWith('/uploads') ? 'HEAD' : 'GET';
  return ask(path, who, subject, { method, headers: { 'tus-resumable': '1.0.0' } });
}

function send(path: string, who: Who | Member, subject: Subject, origin = site.url) {
  const to = /assign|transfer/.test(path) ? `agent:${randomUUID()}` : 'acknowledged';
  const body = new URLSearchParams({ ...wellFormed, key: randomUUID(), slot: randomUUID(), to });
  return ask(path, who, subject, { method: 'POST', body, headers: { origin } });
}

async function ask(path: string, who: Who | Member, subject: Subject, init: RequestInit): Promise<Answer> {
  const ending = new AbortController();
  const answer = await fetch(site.url + town.addressOf(path, subject), {
    ...init,
    headers: { ...init.headers, cookie: `hearth.spoken=en; ${town.cookies[who]}`, accept: 'text/html' },
    redirect: 'manual',
    signal: ending.signal
  });
  const endless = answer.headers.get('content-type')?.startsWith('text/event-stream');
  const body = endless ? '' : await answer.text();
  ending.abort();
  return { status: answer.status, location: answer.headers.get('location') ?? '', body, subject };
}

/** What an answer tells, without what was asked for and what is new each time. */
function told({ body, location, subject }: Answer) {
  const asked = [
    town.references[subject],
    town.bills[subject],
    town.payments[subject],
    town.orders[subject],
    town.accounts[subject],
    town.emergencies[subject],
    town.uploads[subject],
    town.files[subject]
  ];
  return asked
    .reduce((text, name) => text.replaceAll(name, '·'), location + body)
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '·')
    .replace(/nonce="[^"]*"/g, '')
    .replace(/new Date\(\d+\)/g, '')
    .replace(/__sveltekit_\w+/g, '')
    .replace(/"?\b\d+\.\d+"?/g, '');
}

const everything = async () => (await sql(allThatMatters))[0];

function pathOfMount(mount: string) {
  return { uploadsPath: '/uploads/[upload]', filesPath: '/files/[file]/original' }[mount] ?? mount;
}

/** Ada asks, and so does somebody of whom she knows nothing; each with a file, and one on its way. */
async function settle() {
  const [billing, network] = [await aTeam('billing'), await aTeam('network')];
  const ada = await aPerson();
  const zoe = await aPerson('customer', { name: 'Zoe Quiet' });
  const viewer = await aPerson('customer', { name: 'Vera View' });
  const [notices, act] = [
    await aPerson('customer', { name: 'Nora Notices' }),
    await aPerson('customer', { name: 'Abe Act' })
  ];
  const people: Record<Exclude<Who, 'nobody'> | Member, Somebody> = {
    ...{ notices, act },
    owner: ada,
    other: await aPerson('customer', { name: 'Otto Other' }),
    viewer,
    agent: await aPerson('agent'),
    supervisor: await aPerson('supervisor'),
    admin: await aPerson('admin')
  };
  await sql(`update person set two_factor_enabled = true where role <> 'customer'`);
  await sql('update person set team_id = $1 where id = any($2)', [
    billing,
    [people.agent.id, people.supervisor.id]
  ]);
  const stranger = await aPerson('agent');
  await sql('update person set team_id = $1 where id = $2', [network, stranger.id]);
  const colleagues = { own: people.agent.id, foreign: stranger.id, missing: randomUUID() };
  const teams = { own: billing ?? '', foreign: network ?? '', missing: randomUUID() };

  const [account] = await sql<{ id: string }>(
    `insert into account (number, holder) values ('10000001', 'Ada Brook') returning id`
  );
  await sql(
    `insert into account_member (account_id, person_id, kind, scope) values ($1, $2, 'authorised', 'view'),
       ($1, $3, 'holder', 'act'), ($1, $4, 'nominee', 'notices'), ($1, $5, 'authorised', 'act')`,
    [account?.id, viewer.id, ada.id, notices.id, act.id]
  );

  const general = serviceTypes.find(({ code }) => code === 'GENERAL');
  for (const code of ['BILL-QUESTION', 'OLD-KIND']) await aServiceType(code, { ...general, code });
  await sql(`update service_type set offered = false where code = 'OLD-KIND'`);
  const own = await aRequest(ada);
  const foreign = await aRequest(zoe);
  await sql('update request set team_id = $1, account_id = $2 where id = $3', [billing, account?.id, own.id]);
  await sql('update request set team_id = $1 where id = $2', [network, foreign.id]);

  const cookies = { nobody: '' } as Record<Who | Member, string>;
  for (const [who, person] of Object.entries(people))
    cookies[who as Who | Member] = await signedIn({ sql }, person);
  const references = { own: own.reference, foreign: foreign.reference, missing: 'ZZZZ-2222' };
  const emergencies = { own: await anEmergency(ada), foreign: await anEmergency(zoe), missing: 'E-ZZZZZZ' };
  const files = {
    own: await aFile(ada, own.id),
    foreign: await aFile(zoe, foreign.id),
    missing: randomUUID()
  };
  const bills = { own: await aBill(account?.id), foreign: await aBill(), missing: 'NO-0000' };
  await sql(`update article set retired_at = now() where slug = 'moving-out'`);
  const slugs = { own: 'moving-in', foreign: 'moving-out', missing: 'no-such' };
  const payments = {
    own: await aPayment(ada, bills.own),
    foreign: await aPayment(zoe, bills.foreign),
    missing: 'P-ZZZZZZZZ'
  };
  const accounts = { own: '10000001', foreign: '10000002', missing: '10000009' };
  const members = { own: viewer.id, foreign: zoe.id, missing: randomUUID() };
  await sql(
    `with a as (insert into account (number, holder) values ('10000002', 'Zoe Quiet') returning id)
     insert into account_member (account_id, person_id, kind, scope) select id, $1, 'authorised', 'view' from a`,
    [zoe.id]
  );
  const kinds = { own: 'paperless', foreign: 'no-such', missing: 'none-such' };
  const orders = { own: await anOrder(ada, account?.id), foreign: await anOrder(zoe), missing: 'O-ZZZZZZZZ' };
  const plans = { own: await refills(ada, account?.id), foreign: await refills(zoe), missing: randomUUID() };
  const codes = { own: 'GENERAL', foreign: 'OLD-KIND', missing: 'NO-SUCH' };
  const customers = { own: ada.id, foreign: zoe.id, missing: randomUUID() };
  const copies = { own: await aCopy(ada), foreign: await aCopy(zoe), missing: files.missing };
  const uploads = { own: await aFile(ada), foreign: await aFile(zoe), missing: randomUUID() };
  const named = (path: string) =>
    Object.entries({ emergencies, payments, orders }).find(([at]) => path.includes(at))?.[1] ?? references;
  const addressOf = (path: string, subject: Subject) =>
    path
      .replace('[reference]', named(path)[subject])
      .replace('[code]', codes[subject])
      .replace('[slug]', slugs[subject])
      .replace('[kind]', kinds[subject])
      .replace('[number]', bills[subject])
      .replace('[account]', accounts[subject])
      .replace('[member]', members[subject])
      .replace('refills/[id]', `refills/${plans[subject]}`)
      .replace('data/[id]', `data/${copies[subject]}`)
      .replace('customers/[id]', `customers/${customers[subject]}`)
      .replace('teams/[id]', `teams/${teams[subject]}`)
      .replace('staff/[id]', `staff/${colleagues[subject]}`)
      .replace('[upload]', uploads[subject])
      .replace(/\[(id|file)\]/, files[subject]);
  return { cookies, references, accounts, bills, payments, orders, emergencies, files, uploads, addressOf };
}
