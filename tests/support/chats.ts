/** Customers who asked the assistant something, and then for a person. */
import type { Customer } from '#lib/platform/actor.ts';
import type { openDatabase } from '#lib/platform/server/db.ts';
import { openConversation, takeTurn } from '#lib/chat/server/commands.ts';
import { handOver } from '#lib/chat/server/hand-over.ts';
import type { makersOn } from './makers.ts';

export function chatsOn(
  database: ReturnType<typeof openDatabase>,
  aPerson: Awaited<ReturnType<typeof makersOn>>['aPerson']
) {
  return async (text = 'Where is my bill?') => {
    const customer = (await aPerson()) as Customer;
    const db = database.as(customer);
    const conversation = await openConversation(db, customer, 'en');
    const answer = {
      kind: 'abstain' as const,
      topic: null,
      text: 'I do not know.',
      ways: [],
      understood: null
    };
    await takeTurn(db, conversation, { key: crypto.randomUUID(), text, answer });
    const asked = { locale: 'en', wish: 'A person, please.', now: new Date() };
    const reference = await handOver(db, customer, conversation, asked);
    return { customer, db, reference, conversation, asked };
  };
}
