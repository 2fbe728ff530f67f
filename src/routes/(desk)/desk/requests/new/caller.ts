/** Who calls, as somebody at the desk writes it down. */
import { oneLine } from '#lib/platform/cleaning.ts';
import { isEmail } from '#lib/platform/email.ts';
import { isPhone } from '#lib/platform/phone.ts';
import { textIn } from '#lib/platform/posted.ts';
import { type Problem, readName, tidyEmail } from '#lib/people/form.ts';

/** Whoever is no customer of ours gives a name, as everybody does; their number and address, where they give them, are some. */
export function callerIn(posted: FormData) {
  const { name, problem } = readName(posted.get('caller_name'));
  const caller = {
    name,
    phone: oneLine(textIn(posted, 'caller_phone')).slice(0, 400),
    email: tidyEmail(textIn(posted, 'caller_email')).slice(0, 400)
  };
  const problems: Record<string, Problem> = {
    ...(problem && { caller_name: name === '' ? { words: 'desk.caller_name_empty' } : problem }),
    ...(caller.phone && !isPhone(caller.phone) && { caller_phone: { words: 'form.phone' } }),
    ...(caller.email && !isEmail(caller.email) && { caller_email: { words: 'form.email' } })
  };
  return { caller, problems };
}
