/** What the people of Millbrook write, kind by kind, and what is answered to them. */
import type { Locale } from '#lib/platform/language.ts';

interface Story {
  en: string[];
  es: string[];
}

/** By service code. A kind without a story is asked for without a description. */
export const stories: Record<string, Story> = {
  'E-NOGAS': {
    en: [
      'The heating and the stove stopped at about seven this morning. The neighbours downstairs still have gas.',
      'Very low flame on all burners since the street works yesterday. The water barely gets warm.'
    ],
    es: ['Desde esta mañana no hay gas en la cocina ni en la caldera. Los vecinos sí tienen.']
  },
  RELIGHT: {
    en: [
      'The pilot on the water heater went out over the weekend and I could not light it again.',
      'We just moved the boiler back on after summer. I would like somebody to check it before my mother comes.'
    ],
    es: ['El piloto del calentador se apagó y no me atrevo a encenderlo sola.']
  },
  RECONNECT: {
    en: [
      'I paid the open amount at the counter on Friday, receipt attached. When is the gas turned on again?'
    ],
    es: ['Ya pagué lo pendiente. ¿Cuándo me vuelven a conectar?']
  },
  'SVC-PLAN': {
    en: ['Does the plan cover a 14 year old boiler? I would take the one with the yearly check.'],
    es: ['Quisiera el plan con revisión anual.']
  },
  'BILL-HIGH': {
    en: [
      'The bill for last month is twice the one before. We were away for ten days, so this cannot be right.',
      'My bill jumped from 61 to 148 dollars. Nothing changed in the house and the weather was mild.',
      'I live alone and this bill is higher than my sister pays for a family of five. Please check the reading.'
    ],
    es: ['La factura de este mes es el doble que la anterior y estuvimos fuera una semana.']
  },
  'BILL-ADJ': {
    en: ['I am charged twice for the same period, on page 1 and again on page 2.'],
    es: ['En la factura aparece dos veces el mismo periodo.']
  },
  REFUND: {
    en: ['I moved out in spring and the final bill shows a credit. Please send it to my bank account.'],
    es: ['Tengo un saldo a favor de la factura final. ¿Pueden devolverlo?']
  },
  'PAY-ARR': {
    en: ['My hours were cut this autumn. I can pay 40 a month until it is settled.'],
    es: ['Me redujeron la jornada. Puedo pagar 40 al mes hasta saldarlo.']
  },
  'PAY-EXT': {
    en: ['My pay comes on the 28th, could I pay this one a week later?'],
    es: ['Cobro el día 28. ¿Puedo pagar una semana más tarde?']
  },
  BUDGET: { en: ['I would like the same amount every month, winter is hard otherwise.'], es: [] },
  AUTOPAY: { en: ['Please take it from my account from the next bill on.'], es: [] },
  PAPERLESS: {
    en: ['E-mail is enough for me, no paper please.'],
    es: ['Prefiero recibirlas por correo electrónico.']
  },
  'METER-READ': {
    en: ['Reading for the end of the month.', 'I could not read the last red digit well, photo attached.'],
    es: ['Lectura de fin de mes.']
  },
  'METER-REREAD': {
    en: ['The estimate is 300 units over what my meter shows. Photo attached.'],
    es: ['La lectura estimada no coincide con mi contador. Adjunto foto.']
  },
  'METER-TEST': {
    en: ['The dial keeps turning although everything is switched off at the appliances.'],
    es: ['El contador sigue girando con todo apagado.']
  },
  'METER-EXCH': {
    en: ['We are building a porch and the meter would end up inside. It should move two metres to the left.'],
    es: ['Queremos mover el contador por una reforma.']
  },
  'MOVE-IN': {
    en: ['We get the keys on the first. Two adults, one child, gas stove and boiler.'],
    es: ['Nos entregan las llaves el día uno. Cocina y caldera de gas.']
  },
  'MOVE-OUT': {
    en: ['Moving to my daughter’s. The landlord has the keys from then on.'],
    es: ['Me mudo fuera de la ciudad.']
  },
  TRANSFER: {
    en: ['Same town, new house. The new tenant is a friend, she will write to you herself.'],
    es: []
  },
  'LPG-REFILL': {
    en: [
      'Two empties to hand back. Please ring the side door.',
      'One cylinder, the usual. Mornings are best.'
    ],
    es: ['Un cilindro, como siempre. Mejor por la mañana.']
  },
  'LPG-NEW': {
    en: ['We cook with cylinders at the allotment house and would like to be customers.'],
    es: []
  },
  'LPG-2ND': { en: ['One cylinder lasts eight days in winter, a second would help.'], es: [] },
  PREORDER: { en: ['Same as last year please, with the price cap.'], es: [] },
  'LPG-DEFECT': {
    en: ['The valve is stiff and the cap was missing when it came. It stands outside and is closed.'],
    es: ['La válvula está dura y llegó sin tapa. Está fuera y cerrado.']
  },
  'LPG-EXCH': { en: ['The hose is from 2016 and looks brittle. It is not in use.'], es: [] },
  'LPG-SURRENDER': { en: ['We now have piped gas and hand back two cylinders.'], es: [] },
  'LPG-TRANSFER': {
    en: ['The contract was in my late husband’s name.'],
    es: ['El contrato estaba a nombre de mi padre.']
  },
  'LPG-PORT': { en: ['The other depot is closer to us.'], es: [] },
  'NEW-SVC': {
    en: [
      'Two flats and a bakery oven on the ground floor. Plans attached.',
      'Conversion from oil, single house.'
    ],
    es: ['Conexión nueva para una panadería. Adjunto planos.']
  },
  DISCONNECT: {
    en: ['The house stands empty until it is sold.'],
    es: ['La casa queda vacía hasta la venta.']
  },
  PSR: {
    en: ['My father is 84 and cannot smell well. Please tell us early about works.'],
    es: ['Mi madre usa oxígeno en casa.']
  },
  COMPLAINT: {
    en: [
      'Nobody came on the booked day and nobody called. I took the day off for it. I want to know why.',
      'I have written three times about the same bill and got three different answers.'
    ],
    es: ['Nadie vino el día de la cita y nadie avisó. Quiero saber por qué.']
  },
  EFFIC: { en: ['Old house, single windows. What helps most for the money?'], es: [] },
  GENERAL: {
    en: ['Is the office open on the Saturday before the holiday?', 'Can the bill carry both our names?'],
    es: ['¿Abren el sábado antes del festivo?']
  },
  PROXY: { en: ['My daughter should be able to talk to you for me.'], es: [] },
  'DATA-REQ': {
    en: ['Please send me what you keep about me.'],
    es: ['Quiero saber qué datos guardan sobre mí.']
  }
};

/** What staff answer, ask back, and say at the end; and what customers reply. */
export const talk: Record<'answer' | 'ask' | 'reply' | 'done' | 'thanks', Record<Locale, string[]>> = {
  answer: {
    en: [
      'Thank you for writing. I have your request and look into it today.',
      'I have checked your account and see what you mean. I have asked the team that keeps these records and come back to you.',
      'That should not have happened, I am sorry. I have put it right on our side and am waiting for the confirmation.'
    ],
    es: [
      'Gracias por escribirnos. Tengo su solicitud y la reviso hoy.',
      'He revisado su cuenta y entiendo lo que dice. Le contesto en cuanto tenga la confirmación.'
    ]
  },
  ask: {
    en: [
      'Could you send a photo of the whole meter face, with the serial number in it?',
      'Which days suit you for a visit, and will an adult be at home?',
      'Could you tell me the number at the top right of the bill you mean?'
    ],
    es: [
      '¿Podría enviar una foto del contador completo, con el número de serie?',
      '¿Qué días le vienen bien para una visita?'
    ]
  },
  reply: {
    en: [
      'Here it is, I hope one can read it.',
      'Tuesday or Thursday, after ten is best.',
      'It is the one from the 14th.'
    ],
    es: ['Aquí la tiene, espero que se lea.', 'Martes o jueves, mejor después de las diez.']
  },
  done: {
    en: [
      'This is done. The corrected amount is on your next bill.',
      'Our technician has finished and left a report with you. Please tell me if anything is not as it should be.',
      'All set. You do not need to do anything more.'
    ],
    es: [
      'Queda resuelto. Verá el importe corregido en su próxima factura.',
      'Todo listo. No tiene que hacer nada más.'
    ]
  },
  thanks: { en: ['Thank you, that was quick.', 'Perfect, thanks!'], es: ['Muchas gracias, qué rápido.'] }
};

export const notes = [
  'Called, no answer. Try again after 16:00.',
  'Dog in the yard, ring twice.',
  'Reading looks swapped with the flat next door. Compare serial numbers.',
  'Second complaint this year, please keep me posted.',
  'Customer is hard of hearing, prefers writing.'
];
