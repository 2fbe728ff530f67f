/** Who acts: told to the database at the start of every transaction, and asked by every rule. */

export const staffRoles = ['agent', 'supervisor', 'admin'] as const;
export type StaffRole = (typeof staffRoles)[number];
export const roles = ['customer', ...staffRoles] as const;
export type Role = (typeof roles)[number];

/**
 * A person who has signed in. `id` and `team` are keys of `person` and `team`; `source` is the digest of the network
 * they come from, by which what many write together is counted.
 */
export interface PersonActor {
  kind: 'person';
  id: string;
  role: Role;
  team: string | null;
  source?: string;
}

/**
 * Somebody who has not signed in. `visitor` is the digest of their signed cookie, or null when they carry none;
 * `source` that of their network, by which what they write is counted.
 */
export interface VisitorActor {
  kind: 'visitor';
  visitor: string | null;
  source?: string;
}

/** A job: time itself, or the letter-writer. */
export interface SystemActor {
  kind: 'system';
}

export type Actor = PersonActor | VisitorActor | SystemActor;

/** Whoever may ask us for something and speak on it: somebody who has signed in, or a visitor. */
export type Asker = PersonActor | VisitorActor;

/** Whose something is, in the columns of a table that keeps things of both. */
export const whoseIs = (actor: Asker) =>
  actor.kind === 'person'
    ? { person_id: actor.id, visitor: null }
    : { person_id: null, visitor: actor.visitor };

export const nobody: VisitorActor = { kind: 'visitor', visitor: null };
export const system: SystemActor = { kind: 'system' };

export type Staff = PersonActor & { role: StaffRole };
export type Customer = PersonActor & { role: 'customer' };

export const isStaff = (actor: Actor): actor is Staff => actor.kind === 'person' && actor.role !== 'customer';
export const isCustomer = (actor: Actor): actor is Customer =>
  actor.kind === 'person' && actor.role === 'customer';
