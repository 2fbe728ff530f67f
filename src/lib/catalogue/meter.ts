/** Service types about the meter: reading it, checking it, moving it. */
import type { Group, ServiceType } from '#lib/forms/definition.ts';
import {
  elsewhere,
  choice,
  choices,
  date,
  daysAgo,
  inSteps,
  meterReading,
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
import { anythingElse, contact, contactStep, dangerGate, describe, visit, visitStep } from './shared.ts';

export const meterGroup: Group = { code: 'meter', name: say('Meter', 'Medidor'), icon: 'gauge' };

const serial = text('meter_serial', say('Serial number of the meter', 'Número de serie del medidor'), {
  ...optional,
  max: 30,
  help: say(
    'It is printed on the front, often under a barcode.',
    'Está impreso al frente, a menudo bajo un código de barras.'
  )
});

const howToRead = say(
  'Write all black digits, including the zeros in front. Leave out red digits and anything after a point. On a dial between two numbers, take the lower one; between 9 and 0, take 9.',
  'Escriba todos los dígitos negros, también los ceros iniciales. No incluya los rojos ni los decimales. Si una aguja está entre dos números, tome el menor; entre 9 y 0, tome el 9.'
);

export const meterTypes: ServiceType[] = [
  {
    code: 'METER-READ',
    version: 2,
    group: meterGroup.code,
    name: say('Send a meter reading', 'Enviar una lectura del medidor'),
    summary: say('So that your bill shows what you used.', 'Para que su factura refleje lo que consumió.'),
    help: say(
      'Have the meter in front of you. A reading that looks unusual is checked by a person before it is billed.',
      'Tenga el medidor a la vista. Una persona revisa las lecturas inusuales antes de facturarlas.'
    ),
    keywords: say(
      'read, digits, usage, submit reading, index, register, actual reading, consumption',
      'leer, dígitos, consumo, contador, enviar lectura, índice, registro, lectura real'
    ),
    icon: 'gauge',
    priority: 4,
    promise: within(
      workingDays(1),
      workingDays(2),
      'Own promise: checked at once by rule, by a person within two working days'
    ),
    needs: { account: 'required', appointment: false },
    private: false,
    attachments: 'welcome',
    attachment_hint: say(
      'A photo of the meter settles most questions about a reading.',
      'Una foto del medidor resuelve casi cualquier duda sobre la lectura.'
    ),
    fields: [
      meterReading('reading', say('Meter reading', 'Lectura del medidor'), { help: howToRead }),
      date('read_on', say('When did you read it?', '¿Cuándo lo leyó?'), { min: daysAgo(30), max: today }),
      choice('display', say('What does your meter look like?', '¿Cómo es su medidor?'), [
        option('digits', 'A row of numbers', 'Una fila de números'),
        option('dials', 'Small dials with hands', 'Pequeñas esferas con agujas'),
        option('screen', 'An electronic screen', 'Una pantalla electrónica')
      ]),
      choice('occasion', say('Why are you sending it?', '¿Por qué la envía?'), [
        option('routine', 'For my next bill', 'Para mi próxima factura'),
        option('opening', 'I have just moved in', 'Acabo de mudarme aquí'),
        option('final', 'I am moving out', 'Me voy de esta vivienda'),
        option('replace_estimate', 'To replace an estimate', 'Para reemplazar una estimación')
      ]),
      serial,
      anythingElse
    ]
  },
  {
    code: 'METER-REREAD',
    version: 5,
    group: meterGroup.code,
    name: say('Have the meter read again', 'Pedir una nueva lectura'),
    summary: say(
      'When an estimate or a reading cannot be right.',
      'Cuando una estimación o una lectura no puede ser correcta.'
    ),
    help: say(
      'We read the meter again. If the first reading was wrong, we correct the bill and it costs you nothing.',
      'Leemos de nuevo el medidor. Si la primera lectura era errónea, corregimos la factura y no le cuesta nada.'
    ),
    keywords: say(
      'reread, re-read, wrong reading, estimate, estimated, dispute, incorrect, misread',
      'releer, relectura, lectura errónea, estimación, estimada, disputa, incorrecta, reclamo de lectura'
    ),
    icon: 'rotate-ccw',
    priority: 3,
    promise: within(
      workingDays(1),
      workingDays(10),
      'Arizona R14-2-309: re-read within 10 working days, free if the original was wrong'
    ),
    in: elsewhere({ promise: { source: 'Own promise: read again within 10 working days' } }),
    needs: { account: 'required', appointment: true },
    private: false,
    attachments: 'wanted',
    attachment_hint: say(
      'Please add a photo that shows the digits.',
      'Añada una foto en la que se vean los dígitos.'
    ),
    ...inSteps(
      step(say('The reading in question', 'La lectura en duda'), [
        date('bill_date', say('Date of the bill it is on', 'Fecha de la factura en que aparece'), {
          min: daysAgo(730),
          max: today
        }),
        choice('kind_of_reading', say('What kind of reading is it?', '¿Qué tipo de lectura es?'), [
          option('estimate', 'An estimate by us', 'Una estimación nuestra'),
          option('utility', 'Read by us', 'Leída por nosotros'),
          option('customer', 'Sent in by me', 'Enviada por mí'),
          option('not_sure', 'I am not sure', 'No lo sé')
        ]),
        meterReading(
          'billed_reading',
          say('The reading on the bill', 'La lectura que dice la factura'),
          optional
        ),
        meterReading('own_reading', say('What the meter shows now', 'Lo que muestra ahora el medidor'), {
          ...optional,
          help: howToRead
        }),
        serial,
        describe(say('Why do you think it is wrong?', '¿Por qué cree que es errónea?'))
      ]),
      visitStep,
      contactStep
    )
  },
  {
    code: 'METER-TEST',
    version: 4,
    group: meterGroup.code,
    name: say('Test the meter', 'Comprobar el medidor'),
    summary: say(
      'Have its accuracy checked, and watch if you like.',
      'Compruebe su exactitud; puede estar presente.'
    ),
    help: say(
      'We test the meter against a standard and send you the report. Ask for a new reading first if you only doubt one number.',
      'Comparamos el medidor con un patrón y le enviamos el informe. Si solo duda de un número, pida primero una nueva lectura.'
    ),
    keywords: say(
      'accuracy, accurate, faulty meter, calibration, too fast, runs fast, broken meter, verify',
      'exactitud, precisión, medidor defectuoso, calibración, corre rápido, medidor roto, verificar'
    ),
    icon: 'ruler',
    priority: 3,
    promise: within(
      workingDays(1),
      workingDays(5),
      'UK standard of performance: meter accuracy assessed within 5 working days'
    ),
    needs: { account: 'required', appointment: true },
    private: false,
    attachments: 'welcome',
    ...inSteps(
      step(say('The meter', 'El medidor'), [
        choices('signs', say('What have you noticed?', '¿Qué ha notado?'), [
          option('use_jumped', 'Use has jumped for no reason', 'El consumo subió sin motivo'),
          option('turns_when_off', 'It counts while everything is off', 'Cuenta con todo apagado'),
          option('stopped', 'It has stopped counting', 'Dejó de contar'),
          option('hard_to_read', 'The display is hard to read', 'La pantalla se lee mal'),
          option('noise', 'It makes a noise', 'Hace ruido')
        ]),
        yesNo(
          'tested_last_year',
          say('Was it tested in the last 12 months?', '¿Se comprobó en los últimos 12 meses?'),
          {
            help: say(
              'There may be a fee for a second test within 12 months. We tell you first.',
              'Una segunda prueba en 12 meses puede tener un costo, que le diremos antes.'
            )
          }
        ),
        yesNo(
          'wants_to_watch',
          say('Do you want to be there when we test it?', '¿Quiere estar presente en la prueba?')
        ),
        serial,
        describe(say('Tell us more about it', 'Cuéntenos más'), optional)
      ]),
      visitStep,
      contactStep
    )
  },
  {
    code: 'METER-EXCH',
    version: 4,
    group: meterGroup.code,
    name: say('Change or move the meter', 'Cambiar o mover el medidor'),
    summary: say(
      'A new meter, a smart meter, or another place for it.',
      'Un medidor nuevo, uno inteligente u otra ubicación.'
    ),
    help: say(
      'A technician comes in a window of at most four hours. The gas is off for about an hour.',
      'Un técnico va en una franja de cuatro horas como máximo. El gas se corta alrededor de una hora.'
    ),
    keywords: say(
      'exchange, replace, smart meter, relocate, relocation, upgrade, opt out, new meter, install',
      'cambio, reemplazar, medidor inteligente, reubicar, mover, actualizar, contador nuevo, instalar'
    ),
    icon: 'replace',
    priority: 3,
    promise: within(
      workingDays(1),
      workingDays(10),
      'Appointment window of at most 4 hours: UK standards of performance; date is our own promise'
    ),
    needs: { account: 'required', appointment: true },
    private: false,
    attachments: 'wanted',
    attachment_hint: say(
      'A photo of the meter, and a sketch of the new place if it is to move.',
      'Una foto del medidor y, si hay que moverlo, un dibujo del nuevo lugar.'
    ),
    ...inSteps(
      step(say('The meter', 'El medidor'), [
        dangerGate,
        choice('work', say('What should we do?', '¿Qué debemos hacer?'), [
          option('smart', 'Fit a smart meter', 'Instalar un medidor inteligente'),
          option('no_smart', 'Fit a meter that is not smart', 'Instalar un medidor no inteligente'),
          option('replace', 'Replace a damaged or old meter', 'Reemplazar un medidor dañado o viejo'),
          option('move', 'Move the meter', 'Mover el medidor')
        ]),
        choice('location', say('Where is it now?', '¿Dónde está ahora?'), [
          option('outside', 'Outside', 'Afuera'),
          option('inside', 'Inside the home', 'Dentro de la vivienda'),
          option('basement', 'In a cellar or basement', 'En un sótano'),
          option('shared', 'In a shared meter room', 'En un cuarto de medidores compartido')
        ]),
        text('new_location', say('Where should it go?', '¿Adónde debe ir?'), {
          max: 300,
          show_if: { field: 'work', equals: 'move' }
        }),
        text('permit_number', say('Permit number, if you have one', 'Número de permiso, si lo tiene'), {
          ...optional,
          max: 60,
          show_if: { field: 'work', equals: 'move' }
        }),
        serial,
        describe(say('Why is the change needed?', '¿Por qué hace falta el cambio?'))
      ]),
      step(say('The visit and you', 'La visita y usted'), [...visit, ...contact])
    )
  }
];
