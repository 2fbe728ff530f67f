/**
 * Questions about a thing that is the asker's own, and what becomes of it: "cancel my visit", "where is my order". Only
 * their account answers these, so they are told of that thing, and an article stands beside it. Pure.
 */
import type { Fact } from './questions.ts';
import { wordsOf } from './intent/pieces.ts';

/** The fact that tells of it, where a text asks for something to be done with, or known of, a thing that is one's own. */
export function ownFactIn(text: string): Fact | null {
  const said = ` ${wordsOf(text).join(' ')} `;
  if (said.length > longest || !asks.test(said)) return null;
  return owned.find(({ thing }) => thing.test(said))?.fact ?? null;
}

/** Longer texts tell a story, in which a visit or an order is only named. */
const longest = 80;

/** `wordsOf` leaves small letters without accents. */
const asks =
  / (cancel|move|change|reschedule|postpone|rearrange|bring forward|where is|where s|wheres|when is|when s|track|status of|cancelar|anular|mover|cambiar|aplazar|posponer|adelantar|reprogramar|donde esta|cuando es|cuando llega|seguir|estado de) /;

const mine = '(my|mi) (next |current |proxima |proximo |gas )?';

/** What tells of a visit tells of a delivery too: whichever comes next. */
const owned: { fact: Fact; thing: RegExp }[] = [
  {
    fact: 'visit',
    thing: new RegExp(
      ` ${mine}(visit|appointment|order|delivery|cylinder|visita|cita|pedido|entrega|cilindro|bombona) `
    )
  },
  {
    fact: 'request',
    thing: new RegExp(` ${mine}(request|case|complaint|solicitud|tramite|caso|reclamo|reclamacion|queja) `)
  }
];
