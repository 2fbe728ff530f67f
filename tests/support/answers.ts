/** What came back from an address or a form of the matrix, and what that means. */
import type { Outcome, Subject } from './access.ts';

export interface Answer {
  status: number;
  location: string;
  body: string;
  subject: Subject;
}

export function outcomeOf({ status, location, body }: Answer): Outcome | `${number}` {
  if (status === 200 || status === 204) return body.includes('action="?/open') ? 'why' : 'yes';
  if (status === 401 || location.startsWith('/sign-in?next=')) return 'door';
  if (status === 302 || status === 303) return 'away';
  return status === 404 ? 'none' : `${status}`;
}
