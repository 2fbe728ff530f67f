/** A visitor says who they are, and a person takes over. */
import { fail, type RequestEvent } from '@sveltejs/kit';
import { rememberVisitor } from '#lib/people/server/remember-visitor.ts';
import { readFields } from '#lib/people/form.ts';
import { openConversation } from '#lib/chat/server/commands.ts';
import { answer } from '../../form-action.ts';
import { asker, toPerson } from './messages.ts';

/** Hands over and goes on to the talk, or gives back what the page needs to ask again. */
export async function handOverVisitor(
  event: Pick<RequestEvent, 'locals' | 'cookies' | 'getClientAddress'>,
  form: FormData
) {
  const { db, actor, locale, t } = event.locals;
  rememberVisitor(event);
  const reading = readFields(form, ['name', 'email']);
  if (!reading.ok) return fail(422, { who: reading.typed, problems: reading.problems });
  const handOver = async () => {
    await toPerson(event, await openConversation(db, asker(actor), locale), reading.typed);
    return '/chat#end';
  };
  return answer(t, handOver, (refusal) => ({ refusal, who: reading.typed }));
}
