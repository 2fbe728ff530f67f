/** Service types about cylinders somebody has already: exchanging, handing back, passing on. */
import type { Field, ServiceType } from '#lib/forms/definition.ts';
import {
  elsewhere,
  choice,
  choices,
  date,
  daysAgo,
  inDays,
  inSteps,
  inWorkingDays,
  longText,
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
import { withSizes } from './cylinder-sizes.ts';
import { cylinderSize, cylindersGroup } from './cylinders.ts';
import { anythingElse, contact, contactStep, dangerGate, describe, visitStep } from './shared.ts';

const serial: Field = text('serial_number', say('Serial number', 'Número de serie'), {
  ...optional,
  max: 40,
  help: say('On the ring or the collar of the cylinder.', 'En el aro o el cuello del cilindro.')
});
const receiptHint = say(
  'The deposit receipt, if you still have it.',
  'El recibo del depósito, si aún lo tiene.'
);

export const cylinderChangesTypes: ServiceType[] = [
  {
    code: 'LPG-DEFECT',
    version: 5,
    group: cylindersGroup.code,
    name: say('Report a faulty cylinder', 'Avisar de un cilindro defectuoso'),
    summary: say('Damaged, too light, or it will not work.', 'Dañado, con poco peso o que no funciona.'),
    help: say(
      'Close the valve, leave the cylinder upright and in fresh air, and do not try to repair it.',
      'Cierre la válvula, deje el cilindro de pie y al aire libre, y no intente repararlo.'
    ),
    keywords: say(
      'defective, faulty, damaged, rust, underweight, too little gas, broken seal, valve, does not work',
      'defectuoso, averiado, dañado, óxido, poco peso, ligero, sello roto, válvula, no funciona'
    ),
    icon: 'triangle-alert',
    priority: 1,
    promise: within(
      2,
      workingDays(1),
      'India, LPG emergency service: somebody comes within 2 to 4 hours; without a leak our own promise is one working day'
    ),
    in: withSizes({ US: { fields: { weight: { unit: say('lb', 'libras') } } } }),
    raises: [{ when: { faults: ['damaged', 'seal', 'valve'] }, first: 'safety' }],
    needs: { account: 'required', appointment: true },
    private: false,
    attachments: 'wanted',
    attachment_hint: say(
      'A photo or short video of the fault and of the serial number.',
      'Una foto o un video corto del defecto y del número de serie.'
    ),
    ...inSteps(
      step(say('The fault', 'El defecto'), [
        dangerGate,
        choices('faults', say('What is wrong with it?', '¿Qué tiene?'), [
          option('damaged', 'Dented, rusty or damaged', 'Abollado, oxidado o dañado'),
          option('underweight', 'It weighs too little', 'Pesa demasiado poco'),
          option('seal', 'The seal was broken', 'El sello estaba roto'),
          option('valve', 'The valve sticks or will not close', 'La válvula se atasca o no cierra'),
          option('no_gas', 'No gas comes out', 'No sale gas')
        ]),
        cylinderSize,
        serial,
        number('weight', say('What it weighs now, if you can tell', 'Lo que pesa ahora, si lo sabe'), {
          ...optional,
          max: 200,
          step: 0.01,
          unit: say('kg', 'kg')
        }),
        date('delivered_on', say('When was it delivered?', '¿Cuándo se lo entregaron?'), {
          ...optional,
          min: daysAgo(730),
          max: today
        }),
        describe(say('Tell us more about it', 'Cuéntenos más'))
      ]),
      visitStep,
      contactStep
    )
  },
  {
    code: 'LPG-EXCH',
    version: 4,
    group: cylindersGroup.code,
    name: say('Exchange a regulator, hose or cylinder', 'Cambiar regulador, manguera o cilindro'),
    summary: say(
      'Worn out or the wrong size, but nothing is leaking.',
      'Gastado o de otro tamaño, pero sin fugas.'
    ),
    help: say(
      'Hoses should be replaced every few years, even if they look good. The date is printed on them.',
      'Las mangueras deben cambiarse cada pocos años aunque se vean bien. La fecha está impresa en ellas.'
    ),
    keywords: say(
      'exchange, regulator, hose, swap, replace equipment, different size, worn',
      'cambio, regulador, manguera, reemplazar equipo, otro tamaño, gastado'
    ),
    icon: 'replace',
    priority: 3,
    promise: within(workingDays(1), workingDays(3), 'Own promise: exchanged within three working days'),
    needs: { account: 'required', appointment: true },
    private: false,
    attachments: 'welcome',
    attachment_hint: say(
      'A photo of the part and the date printed on it.',
      'Una foto de la pieza y de la fecha impresa.'
    ),
    ...inSteps(
      step(say('The parts', 'Las piezas'), [
        dangerGate,
        choices('parts', say('What should be exchanged?', '¿Qué hay que cambiar?'), [
          option('regulator', 'The regulator', 'El regulador'),
          option('hose', 'The hose', 'La manguera'),
          option('cylinder', 'The cylinder, for another size', 'El cilindro, por otro tamaño')
        ]),
        choice('reason', say('Why?', '¿Por qué?'), [
          option('worn', 'It is old or worn', 'Está viejo o gastado'),
          option('lost', 'It is lost', 'Se perdió'),
          option('size', 'I need another size', 'Necesito otro tamaño')
        ]),
        serial,
        describe(say('Tell us more about it', 'Cuéntenos más'), optional)
      ]),
      visitStep,
      contactStep
    )
  },
  {
    code: 'LPG-SURRENDER',
    version: 4,
    group: cylindersGroup.code,
    name: say('Hand cylinders back', 'Devolver cilindros'),
    summary: say(
      'Close your cylinder account and get the deposit back.',
      'Cierre su cuenta de cilindros y recupere el depósito.'
    ),
    help: say(
      'Your deposit is paid back once we have the cylinder and the regulator. A lost receipt is no obstacle.',
      'Le devolvemos el depósito cuando tengamos el cilindro y el regulador. No importa si perdió el recibo.'
    ),
    keywords: say(
      'surrender, return, give back, end, deposit, cancel LPG, terminate, hand in',
      'devolver, entregar, terminar, depósito, cancelar GLP, baja, devolución de bombona'
    ),
    icon: 'package-x',
    priority: 4,
    promise: within(workingDays(1), workingDays(5), 'Own promise: collected within five working days'),
    wish: { fields: ['from_on'], clock: 'from' },
    in: elsewhere({ fields: { payout: { called: { cheque: say('By cheque', 'Por cheque') } } } }),
    needs: { account: 'required', appointment: true },
    private: false,
    attachments: 'welcome',
    attachment_hint: receiptHint,
    ...inSteps(
      step(say('What you hand back', 'Lo que devuelve'), [
        number('cylinders', say('How many cylinders?', '¿Cuántos cilindros?'), { min: 1, max: 20 }),
        number('regulators', say('How many regulators?', '¿Cuántos reguladores?'), { max: 20 }),
        choice('handover', say('How will they get to us?', '¿Cómo nos llegan?'), [
          option('collect', 'Please collect them', 'Pasen a recogerlos'),
          option('bring', 'I will bring them', 'Los llevo yo')
        ]),
        date('from_on', say('From which day?', '¿Desde qué día?'), {
          min: inWorkingDays(1),
          max: inDays(60)
        }),
        choice('payout', say('How would you like the deposit?', '¿Cómo prefiere recibir el depósito?'), [
          option('bank', 'To a bank account', 'En una cuenta bancaria'),
          option('cheque', 'By check', 'Por cheque'),
          option('as_paid', 'The way I paid', 'Por la misma vía por la que pagué')
        ]),
        anythingElse
      ]),
      contactStep
    )
  },
  {
    code: 'LPG-TRANSFER',
    version: 3,
    group: cylindersGroup.code,
    name: say('Change the name or address for cylinders', 'Cambiar nombre o dirección de los cilindros'),
    summary: say(
      'You are moving, or someone in the family takes over.',
      'Se muda o alguien de la familia se hace cargo.'
    ),
    help: say(
      'The cylinders stay with you; only our records change.',
      'Los cilindros se quedan con usted; solo cambian nuestros registros.'
    ),
    keywords: say(
      'transfer LPG, change name, change address, move cylinder, inherit, family, new holder',
      'traspaso GLP, cambio de nombre, cambio de dirección, mudanza, herencia, familia, nuevo titular'
    ),
    icon: 'arrow-right-left',
    priority: 4,
    promise: within(workingDays(1), workingDays(5), 'Own promise: changed within five working days'),
    wish: { fields: ['from_on'], clock: 'until' },
    needs: { account: 'required', appointment: false },
    private: false,
    attachments: 'wanted',
    attachment_hint: say(
      'For a new name: an identity document and the consent of the present holder.',
      'Para un nombre nuevo: un documento de identidad y el consentimiento del titular actual.'
    ),
    fields: [
      choices('changes', say('What changes?', '¿Qué cambia?'), [
        option('address', 'The address', 'La dirección'),
        option('name', 'The name', 'El nombre')
      ]),
      longText('new_address', say('New address', 'Dirección nueva'), {
        max: 300,
        autocomplete: 'street-address',
        show_if: { field: 'changes', equals: 'address' }
      }),
      text('new_holder', say('Name of the new holder', 'Nombre del nuevo titular'), {
        autocomplete: 'off',
        show_if: { field: 'changes', equals: 'name' }
      }),
      date('from_on', say('From when?', '¿Desde cuándo?'), { min: today, max: inDays(90) }),
      anythingElse,
      ...contact
    ]
  },
  {
    code: 'LPG-PORT',
    version: 3,
    group: cylindersGroup.code,
    name: say('Change distributor', 'Cambiar de distribuidor'),
    summary: say(
      'Another depot delivers; your cylinders stay yours.',
      'Entrega otro depósito; usted conserva sus cilindros.'
    ),
    help: say(
      'We ask your current distributor to release you. It costs nothing.',
      'Pedimos a su distribuidor actual que le libere. No cuesta nada.'
    ),
    keywords: say(
      'portability, switch dealer, change agency, distributor, supplier, depot',
      'portabilidad, cambiar de agencia, distribuidor, proveedor, depósito'
    ),
    icon: 'shuffle',
    priority: 4,
    promise: within(workingDays(1), workingDays(7), 'Own promise: changed within seven working days'),
    // Moving to another distributor with one's connection is an Indian rule.
    in: { US: false, UK: false },
    needs: { account: 'required', appointment: false },
    private: false,
    attachments: 'none',
    fields: [
      text('new_distributor', say('Which distributor would you like?', '¿Qué distribuidor desea?'), {
        help: say('The name, or the part of town.', 'El nombre o la zona de la ciudad.')
      }),
      choice('reason', say('Why do you want to change?', '¿Por qué desea cambiar?'), [
        option('nearer', 'It is nearer', 'Está más cerca'),
        option('late', 'Deliveries come late', 'Las entregas llegan tarde'),
        option('conduct', 'I was treated badly', 'Me trataron mal'),
        option('other', 'Something else', 'Otro motivo')
      ]),
      yesNo(
        'refill_open',
        say('Do you have an order that is still on its way?', '¿Tiene un pedido aún en camino?')
      ),
      anythingElse,
      ...contact
    ]
  }
];
