/** Who somebody is to us: their details, how they sign in, what they allowed, what was written and changed. */
import { sql } from 'kysely';
import type { HeldKind } from './kind.ts';
import { held } from './kind.ts';

export const personKinds: readonly HeldKind[] = [
  {
    name: 'person',
    tables: ['person'],
    of: (person) => sql`
      select p.id::text as k, json_build_object('name', p.name, 'email', p.email, 'email_verified', p.email_verified,
        'phone', p.phone, 'locale', p.locale, 'image', p.image, 'two_factor_enabled', p.two_factor_enabled,
        'email_taken_back_at', p.email_taken_back_at, 'created_at', p.created_at, 'updated_at', p.updated_at) as row
      from person p where p.id = ${person}`
  },
  {
    name: 'contacts',
    tables: ['contact_wish', 'text_number', 'account_contact'],
    of: (person) => sql`
      select 'wishes' as k, json_build_object('kind', 'wishes', 'channel', w.channel, 'formats', w.formats,
        'muted', w.muted, 'texted', w.texted, 'quiet_from', w.quiet_from, 'quiet_until', w.quiet_until, 'second_phone', w.second_phone,
        'street', w.street, 'town', w.town, 'postcode', w.postcode, 'updated_at', w.updated_at) as row
      from contact_wish w where w.person_id = ${person}
      union all
      select 'texts', json_build_object('kind', 'texts', 'number', n.number, 'verified_at', n.verified_at,
        'stopped_at', n.stopped_at, 'failed_at', n.failed_at)
      from text_number n where n.person_id = ${person}
      union all
      select 'account ' || a.number, json_build_object('kind', 'account', 'account', a.number, 'email', c.email,
        'phone', c.phone, 'language', c.language)
      from account_contact c join account a on a.id = c.account_id where c.account_id = any ${held(person)}`
  },
  {
    name: 'sessions',
    tables: ['sign_in_session', 'sign_in_method', 'calendar_address'],
    of: (person) => sql`
      select 'session ' || s.id as k, json_build_object('kind', 'session', 'created_at', s.created_at,
        'seen_at', s.updated_at, 'expires_at', s.expires_at, 'ip_address', s.ip_address,
        'user_agent', s.user_agent) as row
      from sign_in_session s where s.person_id = ${person}
      union all
      select 'way ' || m.id, json_build_object('kind', 'way', 'way', m.provider_id, 'created_at', m.created_at)
      from sign_in_method m where m.person_id = ${person}
      union all
      select 'calendar ' || c.id, json_build_object('kind', 'calendar', 'created_at', c.created_at,
        'read_at', c.read_at, 'revoked_at', c.revoked_at)
      from calendar_address c where c.person_id = ${person}`
  },
  {
    name: 'consents',
    tables: ['priority_service', 'contact_wish', 'programme'],
    of: (person) => sql`
      select 'priority ' || p.id as k, json_build_object('what', 'priority_shared', 'place', p.line,
        'given', s.shared_at is not null, 'at', s.shared_at) as row
      from priority_service s join premises p on p.id = s.premises_id where p.account_id = any ${held(person)}
      union all
      select 'letters', json_build_object('what', 'letters_not_wanted', 'kinds', w.muted, 'at', w.updated_at)
      from contact_wish w where w.person_id = ${person}
      union all
      select 'programme ' || g.id, json_build_object('what', g.kind, 'given', g.ended_on is null, 'at', g.created_at,
        'ended_on', g.ended_on)
      from programme g where g.enrolled_by = ${person} and g.kind in ('autopay', 'paperless', 'reminders')`
  },
  {
    name: 'letters',
    tables: ['letter', 'text_message'],
    of: (person) => sql`
      select l.sent_at::text || l.key as k, json_build_object('kind', l.kind, 'by', 'email', 'sent_at', l.sent_at,
        'refused', l.refused) as row
      from letter l where l.person_id = ${person}
      union all
      select m.made_at::text || m.key, json_build_object('kind', m.kind, 'by', 'text', 'state', m.state,
        'number', m.number, 'words', m.words, 'made_at', m.made_at, 'settled_at', m.settled_at)
      from text_message m where m.person_id = ${person}`
  },
  {
    // Who of the staff it was stands in the history that they see; here it is what kind of person did it.
    name: 'changes',
    tables: ['audit_entry'],
    of: (person) => sql`
      select e.id::text as k, json_build_object('action', e.action, 'at', e.at,
        'by', case when e.actor_id = ${person} then 'self' else e.actor_role end) as row
      from audit_entry e where e.subject_id = ${person} or e.actor_id = ${person}`
  },
  {
    name: 'drafts',
    tables: ['draft'],
    of: (person) => sql`
      select d.key::text as k, json_build_object('form', d.form, 'typed', d.typed, 'updated_at', d.updated_at) as row
      from draft d where d.person_id = ${person}`
  }
];
