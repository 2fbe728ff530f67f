/** One household that others come to: somebody who helps, the landlord, and an invitation nobody answered; and one in arrears. */
import { randomUUID, randomUUIDv7 } from 'node:crypto';
import { invitationDays, invitationDigest, invitationToken } from '#lib/accounts/server/inviting.ts';
import type { AccessDeed } from '#lib/people/personal-changes.ts';
import { keyAt } from './life.ts';
import type { makeTown } from './town.ts';

export function makeSharing({ homes, people }: ReturnType<typeof makeTown>, secret: string, now: Date) {
  const [home, , , , , late] = homes;
  const [holder, carer, landlord] = people.filter(({ role }) => role === 'customer').map(({ id }) => id);
  if (!home || !holder || !carer || !landlord) throw new Error('the town has no three customers');

  /** In the evening, and never twice the same. */
  const since = (days: number) => {
    const at = new Date(now.getTime() - days * 24 * 3_600_000);
    at.setUTCHours(17 + (days % 5), (days * 7) % 60);
    return at;
  };
  const account_id = home.account.id;
  const waiting = randomUUID();
  const asked = since(3);
  const deeds: [number, string, AccessDeed, string | null, Record<string, string>][] = [
    [212, holder, 'access.invited', null, {}],
    [211, landlord, 'access.accepted', landlord, {}],
    [141, holder, 'access.invited', null, {}],
    [140, carer, 'access.accepted', carer, {}],
    [60, holder, 'access.changed', carer, { scope: 'view' }],
    [3, holder, 'access.invited', null, { invitation: waiting }]
  ];

  return {
    // The carer may see, and until the autumn could also act.
    members: [
      { person_id: landlord, kind: 'landlord', scope: 'notices', created_at: since(211) },
      { person_id: carer, kind: 'authorised', scope: 'view', created_at: since(140) }
    ]
      .map((member) => ({ ...member, account_id }))
      // He also looks after somebody who has fallen behind.
      .concat(
        late
          ? [
              {
                ...{ person_id: carer, kind: 'authorised', scope: 'act' },
                ...{ created_at: since(140), account_id: late.account.id }
              }
            ]
          : []
      ),
    invitations: [
      {
        ...{
          id: waiting,
          account_id,
          email: 'marta.mercer@customer.example',
          kind: 'nominee',
          scope: 'notices'
        },
        ...{
          locale: 'en',
          digest: invitationDigest(secret, invitationToken(secret, waiting)),
          invited_by: holder
        },
        ...{ created_at: asked, expires_at: new Date(asked.getTime() + invitationDays * 24 * 3_600_000) }
      }
    ],
    entries: deeds.flatMap(([days, actor_id, action, person, facts]) => {
      const entry = { at: since(days), actor_id, actor_role: 'customer', action };
      return [
        {
          ...{ ...entry, id: keyAt(since(days)), subject_kind: 'account', subject_id: account_id },
          detail: { ...facts, ...(person && { person }) }
        },
        ...(person
          ? [
              {
                ...{ ...entry, id: randomUUIDv7(), subject_kind: 'person', subject_id: person },
                detail: { ...facts, account: account_id }
              }
            ]
          : [])
      ];
    }),
    letters: [{ job: 'accounts.send_invitation', payload: { invitation: waiting } }],
    /** Whose last reading of the customers the carer gave, for the holder. */
    read: { meter: home.meter.id, by: carer, before: since(60) }
  };
}
