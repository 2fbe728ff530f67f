/** Service types about paying: more time, smaller steps, and ways to pay without thinking of it. */
import { rulesOf, type Jurisdiction } from '#lib/billing/programme-rules.ts';
import type { Group, ServiceType } from '#lib/forms/definition.ts';
import {
  elsewhere,
  amount,
  choice,
  date,
  gate,
  inDays,
  inSteps,
  inWorkingDays,
  option,
  optional,
  say,
  step,
  text,
  today,
  within,
  workingDays,
  yesNo
} from './questions.ts';
import { anythingElse, contact, describe } from './shared.ts';

export const paymentsGroup: Group = {
  code: 'payments',
  name: say('Paying', 'Pagos'),
  icon: 'wallet'
};

/** By how many days a bill may be put off: the programme's own rule, by which it is then agreed on. */
const mostDays = (where: Jurisdiction) => rulesOf(where).extension.days;
const atMost = (days: number) => ({
  summary: say(`Up to ${days} days more for one bill.`, `Hasta ${days} días más para una factura.`),
  help: say(
    `If you need longer than ${days} days, ask to pay in parts instead.`,
    `Si necesita más de ${days} días, pida pagar en partes.`
  )
});

const cutOff = gate('already_cut_off', say('Has your gas already been cut off?', '¿Ya le cortaron el gas?'), {
  code: 'RECONNECT'
});
const inCurrency = say('In the currency of your bill.', 'En la moneda de su factura.');
const oneDay = within(
  workingDays(1),
  workingDays(1),
  'Own promise: an enrolment takes effect within one working day'
);

export const paymentsTypes: ServiceType[] = [
  {
    code: 'PAY-ARR',
    version: 3,
    group: paymentsGroup.code,
    name: say('Pay what I owe in parts', 'Pagar mi deuda en partes'),
    summary: say(
      'A payment plan that fits what you can spare.',
      'Un acuerdo de pago según lo que pueda pagar.'
    ),
    help: say(
      'Many people need this at some point. We look for a plan with you, and asking does not put your gas at risk.',
      'Muchas personas lo necesitan alguna vez. Buscamos un plan con usted; preguntar no pone en riesgo su servicio.'
    ),
    keywords: say(
      'payment plan, installments, instalments, debt, arrears, cannot pay, hardship, afford, behind, help paying',
      'plan de pagos, cuotas, deuda, atrasado, no puedo pagar, dificultades, convenio, ayuda para pagar'
    ),
    icon: 'calendar-range',
    priority: 2,
    promise: within(workingDays(1), workingDays(2), 'Own promise: decided within two working days'),
    in: elsewhere({ fields: { plan: { without: ['winter'] } } }),
    needs: { account: 'required', appointment: false },
    private: false,
    attachments: 'welcome',
    attachment_hint: say(
      'Only if you like: a letter about benefits or income.',
      'Solo si lo desea: una carta sobre ayudas o ingresos.'
    ),
    ...inSteps(
      step(say('A plan that fits', 'Un plan a su medida'), [
        cutOff,
        amount(
          'can_pay_monthly',
          say('How much can you spare each month?', '¿Cuánto puede pagar cada mes?'),
          {
            min: 1,
            help: say(
              'On top of your usual bill. In the currency of your bill.',
              'Además de su factura habitual. En la moneda de su factura.'
            )
          }
        ),
        choice('plan', say('Which plan would suit you?', '¿Qué plan le conviene?'), [
          option('six_parts', 'Six equal parts', 'Seis partes iguales'),
          option('nine_parts', 'Nine equal parts', 'Nueve partes iguales'),
          option(
            'winter',
            'A third of each bill over the winter',
            'Un tercio de cada factura durante el invierno'
          ),
          option('other', 'Something else', 'Otro')
        ]),
        date('first_payment_on', say('First payment on', 'Primer pago el'), { min: today, max: inDays(45) }),
        choice('frequency', say('How often do you want to pay?', '¿Con qué frecuencia desea pagar?'), [
          option('weekly', 'Every week', 'Cada semana'),
          option('fortnightly', 'Every two weeks', 'Cada dos semanas'),
          option('monthly', 'Every month', 'Cada mes')
        ])
      ]),
      step(say('Your situation', 'Su situación'), [
        choice(
          'reason',
          say('What made it hard to pay?', '¿Qué le dificultó pagar?'),
          [
            option('less_income', 'Less income', 'Menos ingresos'),
            option('lost_job', 'Lost work', 'Pérdida del trabajo'),
            option('illness', 'Illness', 'Enfermedad'),
            option('death', 'A death in the family', 'Un fallecimiento en la familia'),
            option('violence', 'Violence at home', 'Violencia en el hogar'),
            option('other', 'Something else', 'Otro motivo'),
            option('rather_not', 'I would rather not say', 'Prefiero no decirlo')
          ],
          optional
        ),
        describe(say('What else should we know?', '¿Qué más debemos saber?'), optional),
        ...contact
      ])
    )
  },
  {
    code: 'PAY-EXT',
    version: 3,
    group: paymentsGroup.code,
    name: say('Pay a bill a little later', 'Pagar una factura un poco más tarde'),
    ...atMost(mostDays('US')),
    in: { IN: { ...atMost(mostDays('IN')), fields: { pay_on: { max: inDays(mostDays('IN')) } } } },
    keywords: say(
      'extension, extend, more time, due date, pay later, postpone, delay',
      'prórroga, más tiempo, fecha de vencimiento, pagar después, aplazar, posponer'
    ),
    icon: 'calendar-clock',
    priority: 3,
    promise: within(workingDays(1), workingDays(1), 'Own promise: decided within one working day'),
    needs: { account: 'required', appointment: false },
    private: false,
    attachments: 'none',
    fields: [
      cutOff,
      date('pay_on', say('On which day will you pay?', '¿Qué día pagará?'), {
        min: inDays(1),
        max: inDays(mostDays('US'))
      }),
      choice('how', say('How will you pay?', '¿Cómo pagará?'), [
        option('in_full', 'All at once', 'Todo de una vez'),
        option('weekly', 'In parts, every week', 'En partes, cada semana'),
        option('fortnightly', 'In parts, every two weeks', 'En partes, cada dos semanas')
      ]),
      anythingElse,
      ...contact
    ]
  },
  {
    code: 'BUDGET',
    version: 2,
    group: paymentsGroup.code,
    name: say('Pay the same amount every month', 'Pagar lo mismo cada mes'),
    summary: say(
      'Budget billing evens out winter and summer.',
      'La facturación nivelada equilibra invierno y verano.'
    ),
    help: say(
      'Your amount is the average of your last twelve bills, looked at again every few months. You always see how you stand.',
      'Su cantidad es el promedio de sus últimas doce facturas y se revisa cada pocos meses. Siempre verá cómo va su saldo.'
    ),
    keywords: say(
      'budget billing, level pay, even payments, average, fixed amount, equal payments, leave budget plan',
      'facturación nivelada, pago nivelado, promedio, cantidad fija, pagos iguales, salir del plan'
    ),
    icon: 'scale',
    priority: 4,
    promise: oneDay,
    wish: { fields: ['from_on'], clock: 'until' },
    needs: { account: 'required', appointment: false },
    private: false,
    attachments: 'none',
    fields: [
      choice('change', say('What would you like?', '¿Qué desea?'), [
        option('join', 'Join the plan', 'Entrar en el plan'),
        option('leave', 'Leave the plan', 'Salir del plan')
      ]),
      date('from_on', say('From when?', '¿Desde cuándo?'), { min: today, max: inDays(60) }),
      anythingElse
    ]
  },
  {
    code: 'AUTOPAY',
    version: 3,
    group: paymentsGroup.code,
    name: say('Have bills paid automatically', 'Pagar facturas automáticamente'),
    summary: say('Set it up, change it or end it.', 'Actívelo, cámbielo o cancélelo.'),
    help: say(
      'Never write card or bank numbers here. A person tells you how to give them safely.',
      'Nunca escriba aquí números de tarjeta o de cuenta bancaria. Una persona le dirá cómo darlos de forma segura.'
    ),
    keywords: say(
      'autopay, automatic payment, direct debit, standing order, card, bank, recurring',
      'pago automático, domiciliación, débito directo, tarjeta, banco, recurrente'
    ),
    icon: 'repeat',
    priority: 4,
    promise: oneDay,
    wish: { fields: ['from_on'], clock: 'until' },
    needs: { account: 'required', appointment: false },
    private: false,
    attachments: 'none',
    fields: [
      choice('change', say('What would you like?', '¿Qué desea?'), [
        option('start', 'Start automatic payment', 'Activar el pago automático'),
        option('change', 'Pay from another account or card', 'Pagar con otra cuenta o tarjeta'),
        option('stop', 'Stop automatic payment', 'Cancelar el pago automático')
      ]),
      choice(
        'method',
        say('What will you pay from?', '¿Con qué pagará?'),
        [option('bank', 'A bank account', 'Una cuenta bancaria'), option('card', 'A card', 'Una tarjeta')],
        { show_if: { field: 'change', equals: ['start', 'change'] } }
      ),
      date('from_on', say('From when?', '¿Desde cuándo?'), { min: inWorkingDays(1), max: inDays(60) }),
      amount('limit', say('Ask me first when a bill is above', 'Preguntarme antes si una factura supera'), {
        ...optional,
        min: 1,
        help: inCurrency,
        show_if: { field: 'change', equals: ['start', 'change'] }
      }),
      anythingElse
    ]
  },
  {
    code: 'PAPERLESS',
    version: 2,
    group: paymentsGroup.code,
    name: say('Choose how bills reach me', 'Elegir cómo recibo mis facturas'),
    summary: say(
      'By e-mail, on paper, in large print or in Braille.',
      'Por correo electrónico, en papel, en letra grande o en braille.'
    ),
    help: say(
      'Your bills stay online either way.',
      'De cualquier modo, sus facturas siguen disponibles en línea.'
    ),
    keywords: say(
      'paperless, e-bill, paper bill, e-mail bill, large print, braille, audio, format, mail',
      'sin papel, factura electrónica, factura en papel, correo, letra grande, braille, audio, formato'
    ),
    icon: 'leaf',
    priority: 4,
    promise: oneDay,
    needs: { account: 'required', appointment: false },
    private: false,
    attachments: 'none',
    fields: [
      choice('format', say('How should your bills come?', '¿Cómo desea recibir sus facturas?'), [
        option('email', 'By e-mail', 'Por correo electrónico'),
        option('paper', 'On paper', 'En papel'),
        option('large_print', 'On paper in large print', 'En papel con letra grande'),
        option('braille', 'In Braille', 'En braille'),
        option('audio', 'As a recording', 'En audio')
      ]),
      yesNo(
        'tell_me',
        say('Shall we tell you when there is a new bill?', '¿Le avisamos cuando haya una factura nueva?')
      ),
      text(
        'copy_to',
        say('Also send a copy to this e-mail address', 'Enviar también una copia a este correo'),
        {
          ...optional,
          max: 200,
          format: 'email',
          autocomplete: 'off'
        }
      ),
      anythingElse
    ]
  }
];
