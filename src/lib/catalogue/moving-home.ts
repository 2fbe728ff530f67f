/** Service types about moving: starting gas, stopping it, and taking it along. */
import type { Field, Group, ServiceType } from '#lib/forms/definition.ts';
import {
  elsewhere,
  choice,
  choices,
  date,
  gate,
  inDays,
  inSteps,
  inWorkingDays,
  longText,
  meterReading,
  option,
  optional,
  say,
  step,
  text,
  within,
  workingDays,
  yesNo
} from './questions.ts';
import { anythingElse, contact, contactStep, describe, visitStep } from './shared.ts';

export const movingGroup: Group = { code: 'moving', name: say('Moving', 'Mudanza'), icon: 'truck' };

const noticeNeeded = say(
  'We need two working days to arrange it.',
  'Necesitamos dos días hábiles para organizarlo.'
);
const moveDay = { min: inWorkingDays(2), max: inDays(90), help: noticeNeeded };

const newHome: Field[] = [
  longText('new_address', say('Address of the new home', 'Dirección de la nueva vivienda'), {
    max: 300,
    autocomplete: 'street-address'
  }),
  date(
    'starts_on',
    say('From which day do you need gas there?', '¿Desde qué día necesita gas allí?'),
    moveDay
  ),
  choice('tenure', say('What is your connection to the place?', '¿Qué relación tiene con el lugar?'), [
    option('owner', 'I own it', 'Soy el propietario'),
    option('tenant', 'I rent it', 'Lo alquilo'),
    option('landlord', 'I rent it out', 'Lo alquilo a otras personas'),
    option('business', 'It is for a business', 'Es para un negocio')
  ]),
  choice('gas_now', say('Is the gas there turned on?', '¿Está abierto el gas allí?'), [
    option('on', 'Yes, it is on', 'Sí, está abierto'),
    option('off', 'No, it is off', 'No, está cerrado'),
    option('not_sure', 'I am not sure', 'No lo sé')
  ]),
  meterReading(
    'opening_reading',
    say('Meter reading there, if you have it', 'Lectura del medidor de allí, si la tiene'),
    {
      ...optional,
      help: say(
        'You can also send it on the day you get the keys.',
        'También puede enviarla el día que reciba las llaves.'
      )
    }
  )
];

const moveSource =
  'Confirmed the same day: own promise; in effect by the day chosen, with two working days of notice (SoCalGas)';

export const movingTypes: ServiceType[] = [
  {
    code: 'MOVE-IN',
    version: 6,
    group: movingGroup.code,
    name: say('Start gas at a new home', 'Contratar gas en una nueva vivienda'),
    summary: say('You are moving in and need an account.', 'Se muda y necesita una cuenta.'),
    help: say(
      'If the gas is off, a technician turns it on and checks every appliance. An adult has to be there.',
      'Si el gas está cerrado, un técnico lo abre y revisa cada aparato. Debe haber un adulto presente.'
    ),
    keywords: say(
      'start service, new account, moving in, turn on, open account, new customer, new tenant, sign up, activate',
      'alta, contratar, cuenta nueva, mudarme, abrir cuenta, activar, nuevo cliente, inquilino'
    ),
    icon: 'house-plus',
    priority: 2,
    promise: within(workingDays(1), workingDays(3), moveSource),
    wish: { fields: ['starts_on'], clock: 'until' },
    in: elsewhere({ promise: { source: 'Own promise: in effect by the day chosen' } }),
    needs: { account: 'none', appointment: true },
    private: false,
    attachments: 'wanted',
    attachment_hint: say(
      'A photo of an identity document, and of your lease or deed. Cover what we do not need, such as the photo.',
      'Una foto de un documento de identidad y del contrato de alquiler o escritura. Tape lo que no necesitamos, como la fotografía.'
    ),
    ...inSteps(
      step(say('The new home', 'La nueva vivienda'), newHome),
      step(say('How you would like it', 'Cómo lo prefiere'), [
        choices(
          'wishes',
          say('Would you like any of these from the start?', '¿Desea algo de esto desde el principio?'),
          [
            option('autopay', 'Automatic payment', 'Pago automático'),
            option(
              'paperless',
              'Bills by e-mail instead of paper',
              'Facturas por correo electrónico en lugar de papel'
            ),
            option('budget', 'The same amount every month', 'La misma cantidad cada mes')
          ],
          optional
        ),
        yesNo(
          'needs_extra_help',
          say(
            'Does anyone in the home need extra help if the gas fails?',
            '¿Alguien en la vivienda necesita ayuda especial si falla el gas?'
          ),
          {
            help: say(
              'For example: a baby, an older or ill person, someone who cannot smell gas.',
              'Por ejemplo: un bebé, una persona mayor o enferma, alguien que no percibe el olor a gas.'
            )
          }
        ),
        anythingElse
      ]),
      visitStep,
      contactStep
    )
  },
  {
    code: 'MOVE-OUT',
    version: 4,
    group: movingGroup.code,
    name: say('Stop gas at a home', 'Dar de baja el gas'),
    summary: say('You are moving out and want a final bill.', 'Se va y quiere la factura final.'),
    help: say(
      'Your account ends on the day you choose. The final bill follows within a few days of the last reading.',
      'Su cuenta termina el día que elija. La factura final llega pocos días después de la última lectura.'
    ),
    keywords: say(
      'stop service, moving out, move out, leave, close account, cancel, end contract, final bill, terminate',
      'baja, cancelar, me mudo, dejar, cerrar cuenta, terminar contrato, factura final'
    ),
    icon: 'door-open',
    priority: 3,
    promise: within(workingDays(1), workingDays(3), moveSource),
    wish: { fields: ['ends_on'], clock: 'until' },
    in: elsewhere({ promise: { source: 'Own promise: in effect by the day chosen' } }),
    needs: { account: 'required', appointment: false },
    private: false,
    attachments: 'welcome',
    attachment_hint: say('A photo of the meter on the last day.', 'Una foto del medidor el último día.'),
    ...inSteps(
      step(say('Leaving', 'La salida'), [
        gate(
          'moving_with_us',
          say('Do you also need gas at your new home?', '¿También necesita gas en su nueva vivienda?'),
          { code: 'TRANSFER' },
          say(
            'One form does both, if we supply the place.',
            'Un solo formulario sirve para ambas cosas, si damos servicio allí.'
          )
        ),
        date(
          'ends_on',
          say('Until which day will you pay for gas there?', '¿Hasta qué día pagará el gas allí?'),
          moveDay
        ),
        choice('after_me', say('What happens to the home then?', '¿Qué pasará después con la vivienda?'), [
          option('new_tenant', 'Somebody else moves in', 'Se muda otra persona'),
          option('landlord', 'The landlord takes over', 'Se hace cargo el propietario'),
          option('sold', 'It is sold', 'Se vende'),
          option('empty', 'It stays empty', 'Queda vacía'),
          option('not_sure', 'I do not know', 'No lo sé')
        ]),
        yesNo(
          'meter_reachable',
          say('Can we reach the meter without you?', '¿Podemos llegar al medidor sin usted?')
        ),
        meterReading(
          'final_reading',
          say('Meter reading, if you are leaving today', 'Lectura del medidor, si se va hoy'),
          {
            ...optional,
            help: say('You can also send it later.', 'También puede enviarla más tarde.')
          }
        )
      ]),
      step(say('Afterwards', 'Después'), [
        longText(
          'forwarding_address',
          say('Where should the final bill go?', '¿Adónde enviamos la factura final?'),
          {
            max: 300,
            autocomplete: 'street-address'
          }
        ),
        anythingElse,
        ...contact
      ])
    )
  },
  {
    code: 'TRANSFER',
    version: 6,
    group: movingGroup.code,
    name: say('Move your gas to a new home', 'Trasladar su gas a otra vivienda'),
    summary: say(
      'Stop at one address, start at another, same account.',
      'Baja en una dirección, alta en otra, misma cuenta.'
    ),
    help: say(
      'The two days may overlap. Your payment plan and payment method move with you unless you say otherwise.',
      'Los dos días pueden coincidir en parte. Su plan y su forma de pago van con usted, salvo que indique otra cosa.'
    ),
    keywords: say(
      'move, moving house, change address, relocate, both, transfer service, new apartment',
      'mudanza, mudarme, cambiar de dirección, cambio de casa, traslado, nuevo apartamento'
    ),
    icon: 'truck',
    priority: 3,
    promise: within(workingDays(1), workingDays(3), moveSource),
    wish: { fields: ['ends_on', 'starts_on'], clock: 'until' },
    in: elsewhere({ promise: { source: 'Own promise: in effect by the day chosen' } }),
    needs: { account: 'required', appointment: true },
    private: false,
    attachments: 'welcome',
    attachment_hint: say(
      'Photos of both meters, if you have them.',
      'Fotos de ambos medidores, si las tiene.'
    ),
    ...inSteps(
      step(say('The home you are leaving', 'La vivienda que deja'), [
        date(
          'ends_on',
          say('Until which day do you need gas there?', '¿Hasta qué día necesita gas allí?'),
          moveDay
        ),
        meterReading(
          'final_reading',
          say('Meter reading, if you have it', 'Lectura del medidor, si la tiene'),
          optional
        ),
        text(
          'next_person',
          say('Who moves in after you, if you know?', '¿Quién se muda después de usted, si lo sabe?'),
          {
            ...optional,
            autocomplete: 'off'
          }
        )
      ]),
      step(say('The new home', 'La nueva vivienda'), newHome),
      step(say('Anything else', 'Algo más'), [
        describe(say('What else should we know?', '¿Qué más debemos saber?'), optional),
        ...contact
      ]),
      visitStep
    )
  }
];
