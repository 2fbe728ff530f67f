/** Which accounts a request may be about, as the desk is offered them: its customer's own first. Pure. */
import type { FoundAccount } from '#lib/accounts/server/account-search.ts';

interface Own {
  id: string;
  number: string;
  holder: string;
  premises: readonly { id: string; line: string; town: string; postcode: string }[];
}

/** The places of their own accounts, those first that were found by what they wrote, and then what else was found. */
export function candidatesOf(own: readonly Own[], found: readonly FoundAccount[]): FoundAccount[] {
  const theirs = own.flatMap(placesOf);
  const isTheirs = ({ id }: FoundAccount) => own.some((account) => account.id === id);
  const foundTheirs = found.filter(isTheirs);
  const isFound = (one: FoundAccount) =>
    foundTheirs.some(({ id, premises }) => id === one.id && (premises === one.premises || premises === null));
  return [
    ...[...foundTheirs, ...theirs.filter((one) => !isFound(one))].slice(0, mostOwn),
    ...found.filter((one) => !isTheirs(one))
  ];
}

/** Whoever has many homes is found by the search beside it. */
const mostOwn = 4;

function placesOf({ id, number, holder, premises }: Own): FoundAccount[] {
  const account = { id, number, holder, members: 1 };
  if (premises.length === 0) return [{ ...account, premises: null, line: null, town: null, postcode: null }];
  return premises.map((place) => ({
    ...account,
    premises: place.id,
    ...{ line: place.line, town: place.town, postcode: place.postcode }
  }));
}
