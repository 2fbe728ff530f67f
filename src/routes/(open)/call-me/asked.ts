/** What somebody types who wants to be called, and what is wrong with it. */
import { oneLine } from '#lib/platform/cleaning.ts';
import { isPhone } from '#lib/platform/phone.ts';
import { textIn } from '#lib/platform/posted.ts';
import { type Problem, readName } from '#lib/people/form.ts';

/** What was typed waits under this name while somebody reads what to do in danger. */
export const formName = 'call back';

/** What is too long is said, and shown again as far as this. */
const mostShown = 400;

/** Name, number and what it is about. Whoever is signed in is not asked for a name. */
export function callAsked(form: FormData) {
  const { name, problem } = readName(form.get('name'));
  const typed = {
    name,
    phone: oneLine(textIn(form, 'phone')).slice(0, mostShown),
    about: textIn(form, 'wish').trim(),
    window: textIn(form, 'window')
  };
  const problems: Partial<Record<'name' | 'phone' | 'about', Problem>> = {
    ...(problem && { name: problem }),
    ...(!isPhone(typed.phone) && { phone: { words: 'calls.phone_wrong' } }),
    ...(typed.about.length > 1000 && { about: { words: 'calls.about_long' } })
  };
  return { typed, problems };
}
