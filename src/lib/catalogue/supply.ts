/** Service types about gas that does not come, and the appliances it should reach. */
import type { Group, ServiceType } from '#lib/forms/definition.ts';
import {
  aroundTheClock,
  answeredWithin,
  choice,
  choices,
  date,
  daysAgo,
  gate,
  inDays,
  inSteps,
  inWorkingDays,
  number,
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
import { anythingElse, contact, contactStep, dangerGate, describe, visitStep } from './shared.ts';
import { reconnectType } from './reconnecting.ts';

export const supplyGroup: Group = {
  code: 'supply',
  name: say('Gas supply and appliances', 'Suministro de gas y aparatos'),
  icon: 'flame'
};

const appliances = [
  option('boiler', 'Boiler or furnace', 'Caldera o calefacción central'),
  option('water_heater', 'Water heater', 'Calentador de agua'),
  option('cooker', 'Cooker or oven', 'Cocina u horno'),
  option('dryer', 'Clothes dryer', 'Secadora de ropa'),
  option('fireplace', 'Fireplace or room heater', 'Chimenea o estufa'),
  option('pool_heater', 'Pool or spa heater', 'Calentador de piscina'),
  option('generator', 'Generator', 'Generador')
];

export const supplyTypes: ServiceType[] = [
  {
    code: 'E-NOGAS',
    version: 3,
    group: supplyGroup.code,
    name: say('No gas, or too little', 'No hay gas o llega muy poco'),
    summary: say('Nothing lights, or the flame is weak.', 'No enciende nada o la llama es débil.'),
    help: say(
      'Do not try to open a valve that somebody else closed. We come by day and by night.',
      'No intente abrir una válvula que haya cerrado otra persona. Acudimos de día y de noche.'
    ),
    keywords: say(
      'no gas, outage, interruption, low pressure, weak flame, no heat, no heating, no hot water, supply, cold',
      'sin gas, corte, interrupción, baja presión, llama débil, sin calefacción, sin agua caliente, suministro, frío'
    ),
    icon: 'flame-kindling',
    priority: 1,
    promise: aroundTheClock(
      1,
      24,
      'UK standards of performance: unplanned interruption restored within 24 hours, by the clock'
    ),
    raises: [
      {
        when: { vulnerable: 'yes' },
        first: 'vulnerable',
        promise: aroundTheClock(
          1,
          4,
          'UK standards of performance: other heating and cooking for priority customers within 4 hours'
        )
      },
      {
        when: { prepayment: 'no_credit' },
        promise: {
          ...aroundTheClock(
            1,
            3,
            'UK standards of performance: prepayment meters, 3 hours on a working day, 4 on others'
          ),
          resolution_hours_on_free_days: 4
        }
      }
    ],
    needs: { account: 'optional', appointment: false },
    private: false,
    attachments: 'welcome',
    attachment_hint: say(
      'A photo of the meter and the valve beside it.',
      'Una foto del medidor y de la válvula que está al lado.'
    ),
    ...inSteps(
      step(say('What has happened', 'Qué ocurre'), [
        dangerGate,
        gate(
          'cut_off',
          say(
            'Was the gas cut off because of an unpaid bill?',
            '¿Le cortaron el gas por una factura sin pagar?'
          ),
          {
            code: 'RECONNECT'
          }
        ),
        choice('extent', say('What has no gas?', '¿Qué está sin gas?'), [
          option('all', 'All appliances', 'Todos los aparatos'),
          option('one', 'Only one appliance', 'Solo un aparato'),
          option('weak', 'All of them work, but weakly', 'Todos funcionan, pero débilmente')
        ]),
        choice(
          'valve',
          say('Which way does the lever at the meter point?', '¿Cómo está la palanca junto al medidor?'),
          [
            option('along', 'Along the pipe (open)', 'En línea con la tubería (abierta)'),
            option('across', 'Across the pipe (closed)', 'Cruzada a la tubería (cerrada)'),
            option('not_sure', 'I cannot see it', 'No puedo verla')
          ]
        ),
        choice('neighbours', say('Do your neighbours have gas?', '¿Tienen gas sus vecinos?'), [
          option('yes', 'Yes', 'Sí'),
          option('no', 'No', 'No'),
          option('not_sure', 'I do not know', 'No lo sé')
        ]),
        choice(
          'prepayment',
          say('If your meter is prepaid, does it have credit?', 'Si su medidor es de prepago, ¿tiene saldo?'),
          [
            option('not_prepaid', 'It is not prepaid', 'No es de prepago'),
            option('credit', 'Yes, it has credit', 'Sí, tiene saldo'),
            option('no_credit', 'No, it has run out', 'No, se agotó')
          ]
        )
      ]),
      step(say('You and your home', 'Usted y su vivienda'), [
        yesNo(
          'vulnerable',
          say(
            'Is there a baby, or an older or ill person in the home?',
            '¿Hay un bebé o una persona mayor o enferma en la vivienda?'
          ),
          {
            help: say(
              'Then we come to you first and can lend you a heater.',
              'En ese caso acudimos antes y podemos prestarle un calefactor.'
            )
          }
        ),
        text(
          'address',
          say('Address, if it is not on your account', 'Dirección, si no figura en su cuenta'),
          {
            ...optional,
            max: 300,
            autocomplete: 'street-address'
          }
        ),
        describe(say('Tell us more about it', 'Cuéntenos más'), optional),
        ...contact
      ])
    )
  },
  {
    code: 'RELIGHT',
    version: 5,
    group: supplyGroup.code,
    name: say('Light or check an appliance', 'Encender o revisar un aparato'),
    summary: say(
      'A pilot flame that is out, or the first start of the season.',
      'Un piloto apagado o el primer encendido de la temporada.'
    ),
    help: say(
      'If the flame is yellow or the air feels stuffy, turn the appliance off and leave it off until we come.',
      'Si la llama es amarilla o el aire se siente viciado, apague el aparato y no lo use hasta que lleguemos.'
    ),
    keywords: say(
      'pilot, pilot light out, relight, broken heater, seasonal turn on, appliance check, boiler, furnace, water heater, ignition, inspection',
      'piloto apagado, calefacción rota, encender, reencender, temporada, revisión, caldera, calentador, encendido, inspección'
    ),
    icon: 'flame',
    priority: 2,
    promise: within(4, workingDays(1), 'Own promise: the same or the next working day'),
    // A flame that is yellow or leaves soot may be making carbon monoxide.
    raises: [{ when: { symptom: 'yellow' }, first: 'safety', priority: 1 }],
    needs: { account: 'required', appointment: true },
    private: false,
    attachments: 'welcome',
    attachment_hint: say('A photo of the label on the appliance.', 'Una foto de la etiqueta del aparato.'),
    ...inSteps(
      step(say('The appliances', 'Los aparatos'), [
        dangerGate,
        choices('appliances', say('Which appliances?', '¿Qué aparatos?'), appliances),
        choice('symptom', say('What is the matter?', '¿Qué ocurre?'), [
          option('pilot_out', 'The pilot flame is out', 'El piloto está apagado'),
          option('goes_out', 'It lights but goes out again', 'Enciende, pero se apaga'),
          option('yellow', 'The flame is yellow or leaves soot', 'La llama es amarilla o deja hollín'),
          option('season', 'First start of the season', 'Primer encendido de la temporada'),
          option('check', 'I only want it checked', 'Solo quiero una revisión')
        ]),
        date('since_on', say('Since when?', '¿Desde cuándo?'), {
          ...optional,
          min: daysAgo(365),
          max: today
        }),
        describe(say('Tell us more about it', 'Cuéntenos más'), optional)
      ]),
      visitStep,
      contactStep
    )
  },
  reconnectType,
  {
    code: 'SVC-PLAN',
    version: 2,
    group: supplyGroup.code,
    name: say('Appliance care plan', 'Plan de mantenimiento de aparatos'),
    summary: say(
      'A yearly check and repairs for a fixed price.',
      'Una revisión anual y reparaciones por un precio fijo.'
    ),
    help: say(
      'We send you an offer first. Nothing is binding before you accept it.',
      'Primero le enviamos una oferta. Nada le obliga hasta que la acepte.'
    ),
    keywords: say(
      'cover, warranty, maintenance, service contract, boiler cover, insurance, annual service, repair plan',
      'cobertura, garantía, mantenimiento, contrato, seguro, revisión anual, plan de reparación'
    ),
    icon: 'shield-check',
    priority: 4,
    promise: answeredWithin(workingDays(1), 'Own promise: an answer within one working day'),
    needs: { account: 'optional', appointment: false },
    private: false,
    attachments: 'welcome',
    attachment_hint: say(
      'A photo of the label on each appliance.',
      'Una foto de la etiqueta de cada aparato.'
    ),
    fields: [
      choices(
        'appliances',
        say('Which appliances should it cover?', '¿Qué aparatos debe cubrir?'),
        appliances
      ),
      number('oldest_years', say('How old is the oldest one?', '¿Qué antigüedad tiene el más viejo?'), {
        max: 60,
        unit: say('years', 'años')
      }),
      date('from_on', say('From when?', '¿Desde cuándo?'), { min: inWorkingDays(1), max: inDays(180) }),
      anythingElse,
      ...contact
    ]
  }
];
