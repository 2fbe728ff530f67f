/** Service types about a bill that seems wrong, and money to come back. */
import type { Field, Group, ServiceType } from '#lib/forms/definition.ts';
import {
  elsewhere,
  amount,
  choice,
  choices,
  date,
  daysAgo,
  gate,
  inSteps,
  meterReading,
  option,
  optional,
  say,
  step,
  text,
  today,
  within,
  workingDays
} from './questions.ts';
import { contact, contactStep, describe } from './shared.ts';

export const billsGroup: Group = { code: 'bills', name: say('Bills', 'Facturas'), icon: 'receipt-text' };

const billDate = date('bill_date', say('Date of the bill', 'Fecha de la factura'), {
  min: daysAgo(730),
  max: today,
  help: say('It is at the top of the bill.', 'Está en la parte superior de la factura.')
});
const billNumber: Field = text('bill_number', say('Bill number', 'Número de la factura'), {
  ...optional,
  max: 40
});
const billPhoto = say(
  'A photo or PDF of the bill, if you do not see it here online.',
  'La factura en foto o PDF, si no la tiene en línea.'
);

export const billsTypes: ServiceType[] = [
  {
    code: 'BILL-HIGH',
    version: 3,
    group: billsGroup.code,
    name: say('My bill is higher than I expected', 'Mi factura es más alta de lo esperado'),
    summary: say(
      'We look at the reading, the weather and the rate with you.',
      'Revisamos con usted la lectura, el clima y la tarifa.'
    ),
    help: say(
      'While we look into it, nobody will cut off your gas over the amount in question. Please pay the rest as usual.',
      'Mientras lo revisamos, nadie le cortará el gas por la cantidad en duda. Pague el resto como siempre.'
    ),
    keywords: say(
      'high bill, expensive, too much, bill went up, doubled, cost, why so high, dispute, winter bill',
      'factura alta, cara, demasiado, subió, doble, costo, por qué tan alta, reclamo, recibo alto, invierno'
    ),
    icon: 'trending-up',
    priority: 3,
    promise: within(
      workingDays(1),
      workingDays(10),
      '10 working days (Pacific Power guarantee); Illinois 83 IAC 280.220 allows 14 days, Pennsylvania 52 Pa. Code 56.151 30'
    ),
    in: elsewhere({ promise: { source: 'Own promise: billing questions in 10 working days' } }),
    needs: { account: 'required', appointment: false },
    private: false,
    attachments: 'welcome',
    attachment_hint: say(
      'A photo of your meter helps us most.',
      'Lo que más nos ayuda es una foto de su medidor.'
    ),
    ...inSteps(
      step(say('The bill', 'La factura'), [
        gate(
          'plain_mistake',
          say(
            'Is there a plain mistake on it, such as a payment that is missing or a wrong name?',
            '¿Hay un error evidente, como un pago que falta o un nombre equivocado?'
          ),
          { code: 'BILL-ADJ' }
        ),
        billDate,
        billNumber,
        choices(
          'possible_reasons',
          say('Did anything change in that time?', '¿Cambió algo en ese tiempo?'),
          [
            option('weather', 'It was colder than usual', 'Hizo más frío de lo normal'),
            option('household', 'More people at home', 'Más personas en casa'),
            option('appliance', 'A new or faulty appliance', 'Un aparato nuevo o averiado'),
            option('estimate', 'The bill says "estimated"', 'La factura dice «estimada»'),
            option('nothing', 'Nothing that I know of', 'Nada que yo sepa')
          ],
          optional
        ),
        meterReading('own_reading', say('What the meter shows now', 'Lo que muestra ahora el medidor'), {
          ...optional,
          help: say(
            'All digits, including the zeros in front.',
            'Todos los dígitos, también los ceros iniciales.'
          )
        }),
        describe(say('What would you like us to look at?', '¿Qué desea que revisemos?'))
      ]),
      contactStep
    )
  },
  {
    code: 'BILL-ADJ',
    version: 3,
    group: billsGroup.code,
    name: say('There is a mistake on my bill', 'Hay un error en mi factura'),
    summary: say(
      'A wrong charge, a missing payment, a wrong name or rate.',
      'Un cargo erróneo, un pago que falta, un nombre o una tarifa equivocados.'
    ),
    help: say(
      'We answer with a corrected bill, or with the reason why it is right, line by line.',
      'Respondemos con una factura corregida o con el motivo por el que es correcta, línea por línea.'
    ),
    keywords: say(
      'error, wrong charge, incorrect, missing payment, paid already, double charged, wrong rate, late fee, adjustment',
      'error, cargo equivocado, incorrecto, pago no aparece, ya pagué, cobro doble, tarifa, recargo, ajuste'
    ),
    icon: 'file-pen-line',
    priority: 3,
    promise: within(
      workingDays(1),
      workingDays(10),
      'Billing questions in 10 working days: Pacific Power guarantee'
    ),
    in: elsewhere({ promise: { source: 'Own promise: billing questions in 10 working days' } }),
    needs: { account: 'required', appointment: false },
    private: false,
    attachments: 'welcome',
    attachment_hint: billPhoto,
    fields: [
      billDate,
      billNumber,
      choice('mistake', say('What is wrong?', '¿Qué está mal?'), [
        option('charge', 'A charge I do not owe', 'Un cargo que no debo'),
        option('payment', 'A payment of mine is missing', 'Falta un pago mío'),
        option('twice', 'I was charged twice', 'Me cobraron dos veces'),
        option('rate', 'The wrong rate', 'La tarifa equivocada'),
        option('late_fee', 'A late fee', 'Un recargo por demora'),
        option('details', 'Name, address or meter', 'Nombre, dirección o medidor')
      ]),
      amount('amount', say('The amount in question', 'La cantidad en cuestión'), {
        ...optional,
        help: say('In the currency of your bill.', 'En la moneda de su factura.')
      }),
      describe(say('What should it say instead?', '¿Qué debería decir?')),
      ...contact
    ]
  },
  {
    code: 'REFUND',
    version: 4,
    group: billsGroup.code,
    name: say('Get money back', 'Pedir una devolución'),
    summary: say(
      'A credit, a payment made twice, or your deposit.',
      'Un saldo a favor, un pago doble o su depósito.'
    ),
    help: say(
      'Never write card or bank numbers here. If we need them, a person tells you how to give them safely.',
      'Nunca escriba aquí números de tarjeta o de cuenta bancaria. Si los necesitamos, una persona le dirá cómo darlos de forma segura.'
    ),
    keywords: say(
      'refund, money back, credit balance, overpaid, deposit, reimbursement, return payment',
      'reembolso, devolución, saldo a favor, pagué de más, depósito, reintegro, dinero de vuelta'
    ),
    icon: 'undo-2',
    priority: 3,
    promise: within(
      workingDays(1),
      workingDays(10),
      'Billing questions in 10 working days: Pacific Power guarantee'
    ),
    in: elsewhere({
      promise: { source: 'Own promise: billing questions in 10 working days' },
      fields: { payout: { called: { cheque: say('By cheque', 'Por cheque') } } }
    }),
    needs: { account: 'required', appointment: false },
    private: false,
    attachments: 'welcome',
    attachment_hint: say(
      'The deposit receipt or proof of payment, if you have it.',
      'El recibo del depósito o el comprobante de pago, si lo tiene.'
    ),
    fields: [
      choice('money_from', say('Where does the money come from?', '¿De dónde viene el dinero?'), [
        option('credit', 'My account is in credit', 'Mi cuenta tiene saldo a favor'),
        option('paid_twice', 'I paid twice or too much', 'Pagué dos veces o de más'),
        option('deposit', 'My deposit', 'Mi depósito'),
        option('closed_account', 'An account that has been closed', 'Una cuenta que ya se cerró')
      ]),
      amount('amount', say('How much?', '¿Cuánto?'), {
        ...optional,
        help: say('In the currency of your bill.', 'En la moneda de su factura.')
      }),
      choice('payout', say('How would you like it?', '¿Cómo lo prefiere?'), [
        option('next_bill', 'Off my next bill', 'Descontado de mi próxima factura'),
        option('as_paid', 'The way I paid', 'Por la misma vía por la que pagué'),
        option('bank', 'To a bank account', 'A una cuenta bancaria'),
        option('cheque', 'By check', 'Por cheque')
      ]),
      describe(say('Tell us more about it', 'Cuéntenos más'), optional),
      ...contact
    ]
  }
];
