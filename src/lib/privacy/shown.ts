/** How a row of a copy reads on paper: a line of its own, with what belongs to it below. Pure. */
import type { Words } from '#lib/platform/words.ts';
import { needs } from '#lib/accounts/priority.ts';
import { brandName } from '#lib/billing/card.ts';
import { statuses } from '#lib/requests/status.ts';
import type { KindName } from './summary.ts';

type Row = Record<string, unknown>;

/** A line, and below it facts, sentences or lines of its own. */
export interface Shown {
  line: string;
  below: string[];
}

export interface Teller {
  t: Words;
  /** A moment or a day, as the day it was. */
  day(at: unknown): string;
  money(minor: unknown, currency: unknown): string;
}

/** What is written out of a long text. All of it stands in the file beside. */
const longest = 600;
/** Messages of one request that are written out. */
const mostMessages = 20;

/** Null where a kind is for programs alone. */
export function shownOf(kind: KindName, row: Row, teller: Teller): Shown | null {
  return tellers[kind]?.(row, teller) ?? null;
}

const tellers: Partial<Record<KindName, (row: Row, teller: Teller) => Shown | null>> = {
  person: (row, { t, day }) =>
    below(text(row['name']), [
      fact(t('account.email'), row['email']),
      fact(t('account.phone'), row['phone']),
      fact(t('privacy.paper_since'), day(row['created_at']))
    ]),

  contacts: (row, { t }) =>
    row['kind'] === 'wishes'
      ? below(t('privacy.paper_wishes'), [
          fact(t('account.part_second_phone'), row['second_phone']),
          fact(t('account.part_street'), joined(row['street'], row['town'], row['postcode']))
        ])
      : below(t('billing.account', { number: text(row['account']) }), [
          fact(t('account.email'), row['email']),
          fact(t('account.phone'), row['phone'])
        ]),

  accounts: (row, { t, day }) =>
    below(t('billing.account', { number: text(row['number']) }), [
      fact(t('privacy.paper_holder'), row['holder']),
      fact(t('privacy.paper_since'), day(row['since']))
    ]),

  premises: (row, { t }) => {
    const registered = row['priority_services'] as Row | null;
    const listed = needs.filter((need) => (registered?.['needs'] as string[] | undefined)?.includes(need));
    return below(joined(row['line'], row['town'], row['postcode']), [
      fact(t('accounts.priority'), listed.map((need) => t(`accounts.need_${need}`)).join(', '))
    ]);
  },

  meters: (row, { day }) => line(joined(row['serial'], row['place']), day(row['installed_on'])),
  readings: (row, { day }) => line(day(row['read_on']), row['meter'], row['digits']),
  bills: (row, { day, money }) =>
    line(row['number'], day(row['issued_on']), money(row['total_minor'], row['currency'])),
  payments: (row, { t, day, money }) =>
    row['kind'] === 'card'
      ? cardLine(row, t)
      : line(
          row['reference'],
          day(row['paid_on'] ?? row['created_at']),
          money(row['amount_minor'], row['currency'])
        ),
  orders: (row, { day, money }) =>
    below(joinedBy(row['reference'], day(row['placed_on']), money(row['total_minor'], row['currency'])), [
      text(row['access_notes'])
    ]),

  requests: (row, { t, day }) => {
    const status = statuses.find((one) => one === row['status']);
    const messages = (row['messages'] as Row[] | undefined) ?? [];
    return below(
      joinedBy(row['reference'], day(row['submitted_at']), status ? t(`requests.status_${status}`) : ''),
      [
        cut(text(row['description'])),
        ...messages.slice(-mostMessages).map((message) => {
          const by = text(message['by']);
          const who =
            by === 'self'
              ? t('privacy.paper_you')
              : by === 'utility'
                ? t('privacy.paper_us')
                : t('privacy.paper_another');
          const said = cut(text(message['text']));
          return `${day(message['at'])}, ${who}: ${said || t('privacy.paper_theirs')}`;
        })
      ]
    );
  },

  files: (row) => line(row['name'], row['request']),
  chats: (row, { t, day }) => {
    const lines = (row['lines'] as Row[] | undefined) ?? [];
    return row['kind'] === 'talk'
      ? below(
          day(row['started_at']),
          lines.slice(-mostMessages).map((one) => cut(text(one['text'])))
        )
      : below(joinedBy(day(row['at']), t('privacy.paper_question')), [cut(text(row['question']))]);
  },
  emergencies: (row, { day }) =>
    below(joinedBy(row['reference'], day(row['received_at'])), [cut(text(row['text']))])
};

/** A kept card, as its owner knows it; null for one that never came to be kept, or is forgotten. */
const cardLine = ({ brand, last_four: last }: Row, t: Words): Shown | null =>
  (text(brand) && line(t('autopay.card', { brand: brandName(text(brand)), last: text(last) }))) || null;

const text = (value: unknown) =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
const cut = (said: string) => (said.length > longest ? `${said.slice(0, longest).trimEnd()} …` : said);
const fact = (label: string, value: unknown) => (text(value) ? `${label}: ${text(value)}` : '');
const joined = (...parts: unknown[]) => parts.map(text).filter(Boolean).join(', ');
const joinedBy = (...parts: unknown[]) => parts.map(text).filter(Boolean).join(' · ');
const line = (...parts: unknown[]): Shown => ({ line: joinedBy(...parts), below: [] });
const below = (first: string, rest: string[]): Shown => ({ line: first, below: rest.filter(Boolean) });
