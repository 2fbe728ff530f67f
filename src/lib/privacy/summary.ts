/** The readable part of a copy: what stands on its paper, gathered row by row while they pass by. Pure. */
import { writeDate } from '#lib/platform/dates.ts';
import type { Words } from '#lib/platform/words.ts';
import { formatMoney } from '#lib/billing/money.ts';
import { type Shown, shownOf, type Teller } from './shown.ts';

type Row = Record<string, unknown>;

export interface Issuer {
  jurisdiction: string;
  utilityName: string;
  utilityPhone: string;
}

export interface SummaryPaper {
  title: string;
  lang: string;
  sheet: 'us-letter' | 'a4';
  utility: { name: string; phone: string };
  lead: string[];
  contents: { title: string; head: string[]; rows: string[][] };
  sections: { title: string; more: string | null; entries: Shown[] }[];
  footer: string;
  /** With `{page}` and `{pages}` in it, which only whoever lays it out knows. */
  page: string;
}

/** Of each kind the newest so many are written out: a paper of ten thousand readings is read by nobody. */
const most = 60;

/** Listens to the rows as they pass, and says in the end what the paper says. */
export function startSummary(t: Words, { name, at }: { name: string; at: Date }, issuer: Issuer) {
  const counts = new Map<string, number>();
  const newest = new Map<string, Row[]>();
  const teller = tellerOf(t);

  function seen(kind: string, row: Row) {
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    const kept = newest.get(kind) ?? [];
    kept.push(row);
    if (kept.length > most) kept.shift();
    newest.set(kind, kept);
  }

  function paper(): SummaryPaper {
    const day = teller.day(at);
    return {
      title: t('privacy.paper_title'),
      lang: t.locale,
      sheet: issuer.jurisdiction === 'US' ? 'us-letter' : 'a4',
      utility: { name: issuer.utilityName, phone: issuer.utilityPhone },
      lead: [t('privacy.paper_lead', { name, day }), t('privacy.paper_rest')],
      contents: {
        title: t('privacy.paper_contents'),
        head: [t('privacy.paper_what'), t('privacy.paper_file'), t('privacy.paper_entries')],
        rows: kindNames.map((kind) => [nameOf(t, kind), `${kind}.json`, String(counts.get(kind) ?? 0)])
      },
      sections: kindNames.flatMap((kind) => section(kind)),
      footer: `${issuer.utilityName} · ${t('privacy.paper_title')}`,
      page: t('paper.page', { page: '{page}', pages: '{pages}' })
    };
  }

  function section(kind: KindName) {
    const rows = newest.get(kind) ?? [];
    const entries = rows.toReversed().flatMap((row) => shownOf(kind, row, teller) ?? []);
    const left = (counts.get(kind) ?? 0) - rows.length;
    if (entries.length === 0) return [];
    return [
      {
        title: nameOf(t, kind),
        more: left > 0 ? t('privacy.paper_more', { count: left, file: `${kind}.json` }) : null,
        entries
      }
    ];
  }

  return { seen, paper };
}

/** What stands beside the files, for whoever opens the archive. */
export const readmeOf = (t: Words, { utilityName, utilityPhone }: Issuer) =>
  [
    t('privacy.readme', { utility: utilityName }),
    t('privacy.readme_files'),
    ...kindNames.map((kind) => `${kind}.json: ${nameOf(t, kind)}`),
    t('privacy.readme_money'),
    t('privacy.readme_left_out'),
    t('privacy.readme_wrong', { phone: utilityPhone }),
    ''
  ].join('\r\n');

/** The kinds of things in a copy, each the name of its file, as they stand in it. */
export const kindNames = [
  ...(['person', 'contacts', 'sessions', 'consents', 'letters', 'changes', 'drafts'] as const),
  ...(['accounts', 'premises', 'meters', 'readings', 'bills', 'payments', 'programmes'] as const),
  ...([
    'orders',
    'bought_ahead',
    'cylinders',
    'requests',
    'files',
    'chats',
    'feedback',
    'emergencies'
  ] as const)
] as const;
export type KindName = (typeof kindNames)[number];

const nameOf = (t: Words, kind: KindName) => t(`privacy.kind_${kind}`);

const tellerOf = (t: Words): Teller => ({
  t,
  day: (at) => {
    const day = (at instanceof Date ? at.toISOString() : typeof at === 'string' ? at : '').slice(0, 10);
    return /^\d{4}-\d\d-\d\d$/.test(day) ? writeDate(day, t.locale) : '';
  },
  money: (minor, currency) =>
    typeof currency === 'string' ? formatMoney(BigInt(Number(minor ?? 0)), currency, t.locale) : ''
});
