/** Service types about getting bottled gas: a first cylinder, another one, and one full instead of empty. */
import type { Field, Group, ServiceType } from '#lib/forms/definition.ts';
import {
  choice,
  date,
  gate,
  inDays,
  inSteps,
  inWorkingDays,
  longText,
  number,
  option,
  say,
  step,
  within,
  workingDays,
  yesNo
} from './questions.ts';
import { writeHours } from '#lib/slots/hours.ts';
import { cylinderHours, withSizes } from './cylinder-sizes.ts';
import { anythingElse, contact, contactStep } from './shared.ts';

export const cylindersGroup: Group = {
  code: 'cylinders',
  name: say('Cylinders and tanks (LPG)', 'Cilindros y tanques (GLP)'),
  icon: 'cylinder'
};

export const cylinderSize = choice('cylinder_size', say('Which cylinder?', '¿Qué cilindro?'), [
  option('small', 'Small (up to 6 kg)', 'Pequeño (hasta 6 kg)'),
  option('household', 'Household (about 14 kg)', 'Doméstico (unos 14 kg)'),
  option('large', 'Large (19 kg and more)', 'Grande (19 kg o más)')
]);

/** The hours in which cylinders are brought, by the name of each. */
const partsOfDay = (['morning', 'midday', 'afternoon', 'evening'] as const).map((part, nth) => {
  const [from, to] = cylinderHours[nth] ?? [];
  return option(part, writeHours(from, to, 'en'), writeHours(from, to, 'es'));
});

const howMany = (label: Field['label']) => number('quantity', label, { min: 1, max: 20 });

const deliverTo = longText('deliver_to', say('Deliver to', 'Entregar en'), {
  max: 300,
  autocomplete: 'street-address',
  help: say(
    'The address, with the floor and anything that helps to find you.',
    'La dirección, con el piso y cualquier dato que ayude a encontrarle.'
  )
});

const identityHint = say(
  'A photo of an identity document and of a bill that shows your address. Cover what we do not need.',
  'Una foto de un documento de identidad y de una factura con su dirección. Tape lo que no necesitamos.'
);

export const cylindersTypes: ServiceType[] = [
  {
    code: 'LPG-REFILL',
    version: 4,
    group: cylindersGroup.code,
    name: say('Order a full cylinder', 'Pedir un cilindro lleno'),
    summary: say('We bring a full one and take the empty one.', 'Llevamos uno lleno y recogemos el vacío.'),
    help: say(
      'Have the empty one ready when we come. Do not accept a cylinder with a broken seal.',
      'Tenga preparado el vacío cuando lleguemos. No acepte un cilindro con el sello roto.'
    ),
    keywords: say(
      'refill, cylinder, bottle, LPG, cooking gas, book, booking, delivery, empty, propane, butane',
      'recarga, cilindro, bombona, garrafa, GLP, gas para cocinar, pedido, entrega, vacío, propano, butano'
    ),
    icon: 'cylinder',
    priority: 3,
    promise: within(
      4,
      workingDays(2),
      'Own promise: delivered within two working days, in the part of the day chosen'
    ),
    in: withSizes(),
    wish: { fields: ['wanted_on'], clock: 'until' },
    needs: { account: 'required', appointment: true },
    private: false,
    attachments: 'none',
    ...inSteps(
      step(say('The order', 'El pedido'), [
        cylinderSize,
        howMany(say('How many full ones?', '¿Cuántos llenos?')),
        number('empties', say('How many empty ones will you hand back?', '¿Cuántos vacíos devuelve?'), {
          max: 20
        }),
        date('wanted_on', say('For which day?', '¿Para qué día?'), { min: inDays(1), max: inDays(30) }),
        choice('part_of_day', say('At what time of day?', '¿A qué hora del día?'), partsOfDay)
      ]),
      step(say('Delivery', 'La entrega'), [
        choice('payment', say('How will you pay?', '¿Cómo pagará?'), [
          option('on_delivery', 'At delivery', 'En la entrega'),
          option('on_account', 'With my next bill', 'Con mi próxima factura')
        ]),
        anythingElse,
        ...contact
      ])
    )
  },
  {
    code: 'LPG-NEW',
    version: 3,
    group: cylindersGroup.code,
    name: say('Become a cylinder customer', 'Hacerse cliente de cilindros'),
    summary: say('A first cylinder with regulator and hose.', 'Un primer cilindro con regulador y manguera.'),
    help: say(
      'We check that the place is safe for a cylinder: air from outside, no cellar, away from heat.',
      'Comprobamos que el lugar sea seguro para un cilindro: aire del exterior, sin sótano y lejos del calor.'
    ),
    keywords: say(
      'new LPG connection, first cylinder, sign up, stove, regulator, kitchen, register',
      'nueva conexión GLP, primer cilindro, alta, cocina, regulador, registro, contratar bombona'
    ),
    icon: 'circle-plus',
    priority: 3,
    promise: within(
      workingDays(1),
      workingDays(5),
      'Own promise: delivered and connected within five working days'
    ),
    in: withSizes(),
    needs: { account: 'optional', appointment: true },
    private: false,
    attachments: 'wanted',
    attachment_hint: identityHint,
    ...inSteps(
      step(say('What you need', 'Lo que necesita'), [
        cylinderSize,
        howMany(say('How many?', '¿Cuántos?')),
        choice('used_for', say('What is it for?', '¿Para qué es?'), [
          option('cooking', 'Cooking', 'Cocinar'),
          option('heating', 'Heating or hot water', 'Calefacción o agua caliente'),
          option('business', 'A business', 'Un negocio')
        ]),
        yesNo('has_stove', say('Do you already have a stove?', '¿Ya tiene una cocina?')),
        yesNo(
          'ground_floor',
          say(
            'Will it stand above ground level, with a window or vent?',
            '¿Estará sobre el nivel del suelo, con ventana o ventilación?'
          )
        ),
        deliverTo,
        anythingElse
      ]),
      contactStep
    )
  },
  {
    code: 'LPG-2ND',
    version: 4,
    group: cylindersGroup.code,
    name: say('Add a second cylinder', 'Añadir un segundo cilindro'),
    summary: say('So that you never run out while cooking.', 'Para no quedarse sin gas mientras cocina.'),
    help: say(
      'You pay a deposit for each cylinder and get it back when you return it.',
      'Cada cilindro lleva un depósito. Se le devuelve al entregarlo.'
    ),
    keywords: say(
      'second cylinder, double bottle, spare, extra cylinder, DBC, backup',
      'segundo cilindro, doble, repuesto, cilindro extra, otra bombona, reserva'
    ),
    icon: 'copy-plus',
    priority: 4,
    promise: within(workingDays(1), workingDays(3), 'Own promise: delivered within three working days'),
    in: withSizes(),
    wish: { fields: ['wanted_on'], clock: 'until' },
    needs: { account: 'required', appointment: true },
    private: false,
    attachments: 'none',
    fields: [
      cylinderSize,
      howMany(say('How many more?', '¿Cuántos más?')),
      date('wanted_on', say('For which day?', '¿Para qué día?'), { min: inWorkingDays(1), max: inDays(30) }),
      anythingElse,
      ...contact
    ]
  },
  {
    code: 'PREORDER',
    version: 3,
    group: cylindersGroup.code,
    name: say('Order gas for the season ahead', 'Encargar gas para la temporada'),
    summary: say(
      'Buy ahead, subscribe, or let us keep your tank filled.',
      'Compre por adelantado, suscríbase o deje que mantengamos lleno su tanque.'
    ),
    help: say(
      'You get an offer with a price first. A subscription can be paused or ended at any time.',
      'Primero recibe una oferta con precio. Una suscripción se puede pausar o terminar en cualquier momento.'
    ),
    keywords: say(
      'pre-buy, prebuy, pre-order, subscription, auto-fill, automatic refill, propane tank, keep full, price cap, contract',
      'compra anticipada, encargo, suscripción, llenado automático, tanque de propano, precio máximo, contrato'
    ),
    icon: 'calendar-check',
    priority: 4,
    promise: within(workingDays(1), workingDays(3), 'Own promise: an offer within three working days'),
    in: {
      UK: { fields: { gallons: { unit: say('litres', 'litros'), max: 80_000 } } },
      IN: { fields: { gallons: { unit: say('kg', 'kg'), max: 40_000 } } }
    },
    needs: { account: 'optional', appointment: false },
    private: false,
    attachments: 'welcome',
    attachment_hint: say(
      'A photo of the gauge and of the plate on the tank.',
      'Una foto del indicador y de la placa del tanque.'
    ),
    ...inSteps(
      step(say('What you would like', 'Lo que desea'), [
        gate(
          'out_of_gas',
          say(
            'Is the gauge at 5 % or less, or are you out of gas?',
            '¿El indicador está al 5 % o menos, o se quedó sin gas?'
          ),
          { code: 'E-NOGAS' }
        ),
        choice('kind', say('What suits you?', '¿Qué le conviene?'), [
          option(
            'pre_buy',
            'Buy a quantity ahead at a fixed price',
            'Comprar una cantidad por adelantado a precio fijo'
          ),
          option('auto_fill', 'Keep my tank filled', 'Mantener lleno mi tanque'),
          option('subscription', 'Cylinders on a schedule', 'Cilindros según un calendario')
        ]),
        number('gallons', say('How much gas?', '¿Cuánto gas?'), {
          min: 50,
          max: 20_000,
          unit: say('gallons', 'galones'),
          show_if: { field: 'kind', equals: 'pre_buy' }
        }),
        number('fill_below', say('Fill it when the gauge falls to', 'Llenar cuando el indicador baje a'), {
          min: 10,
          max: 60,
          unit: say('%', '%'),
          show_if: { field: 'kind', equals: 'auto_fill' }
        }),
        number('cylinders', say('How many cylinders each time?', '¿Cuántos cilindros cada vez?'), {
          min: 1,
          max: 20,
          show_if: { field: 'kind', equals: 'subscription' }
        }),
        choice(
          'every',
          say('How often?', '¿Con qué frecuencia?'),
          [
            option('fortnight', 'Every two weeks', 'Cada dos semanas'),
            option('month', 'Every month', 'Cada mes'),
            option('two_months', 'Every two months', 'Cada dos meses')
          ],
          { show_if: { field: 'kind', equals: 'subscription' } }
        ),
        date('from_on', say('From when?', '¿Desde cuándo?'), { min: inWorkingDays(2), max: inDays(365) })
      ]),
      step(say('Delivery', 'La entrega'), [deliverTo, anythingElse, ...contact])
    )
  }
];
