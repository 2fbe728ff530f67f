/** Service types about pipes in the ground: laying a new connection, and taking one away. */
import type { Group, ServiceType } from '#lib/forms/definition.ts';
import {
  elsewhere,
  choice,
  choices,
  date,
  inDays,
  inSteps,
  inWorkingDays,
  longText,
  meterReading,
  number,
  option,
  optional,
  say,
  step,
  text,
  within,
  workingDays,
  yesNo
} from './questions.ts';
import { anythingElse, contact, dangerGate, describe, visit } from './shared.ts';

export const worksGroup: Group = {
  code: 'works',
  name: say('Connections and works', 'Conexiones y obras'),
  icon: 'shovel'
};

export const worksTypes: ServiceType[] = [
  {
    code: 'NEW-SVC',
    version: 4,
    group: worksGroup.code,
    name: say('A new connection, or more gas', 'Conexión nueva o más gas'),
    summary: say(
      'For a new building, a conversion or larger appliances.',
      'Para una obra nueva, una conversión o aparatos más grandes.'
    ),
    help: say(
      'Have the list of appliances and their input at hand. You get a quote before any work begins.',
      'Tenga a mano la lista de aparatos y su potencia. Recibirá un presupuesto antes de empezar cualquier obra.'
    ),
    keywords: say(
      'new service, connect, connection, gas line, pipe, main, construction, builder, contractor, load, upgrade, conversion, extension',
      'servicio nuevo, conectar, conexión, línea de gas, tubería, construcción, contratista, carga, ampliación, conversión'
    ),
    icon: 'shovel',
    priority: 3,
    promise: within(
      workingDays(1),
      workingDays(20),
      'Ohio 4901:1-13-05: 90 % within 3 business days, or 20 where a service line is laid'
    ),
    wish: { fields: ['ready_on'], clock: 'from' },
    in: elsewhere({
      promise: { source: 'Own promise: laid or quoted within 20 working days of the day the site is ready' },
      fields: {
        appliance_list: {
          help: say(
            'One on each line, for example: water heater, 24 kW.',
            'Uno por línea, por ejemplo: calentador de agua, 24 kW.'
          )
        },
        total_input: { unit: say('kW', 'kW'), max: 100_000 }
      }
    }),
    needs: { account: 'optional', appointment: true },
    private: false,
    attachments: 'wanted',
    attachment_hint: say(
      'Site plan, drawings and photos of where the pipe should come in.',
      'Plano del terreno, dibujos y fotos del lugar por donde debe entrar la tubería.'
    ),
    ...inSteps(
      step(say('The work', 'La obra'), [
        choice('work', say('What do you need?', '¿Qué necesita?'), [
          option('new', 'A new connection', 'Una conexión nueva'),
          option('conversion', 'A change from another fuel to gas', 'Un cambio de otro combustible a gas'),
          option('upgrade', 'More gas through an existing connection', 'Más gas en una conexión existente'),
          option('relocation', 'A pipe moved to another place', 'Mover una tubería'),
          option('temporary', 'Gas for a building site', 'Gas para una obra')
        ]),
        choice('structure', say('What kind of building is it?', '¿Qué tipo de edificio es?'), [
          option('house', 'A house', 'Una casa'),
          option('flats', 'Flats', 'Apartamentos'),
          option('shop', 'A shop, office or restaurant', 'Un comercio, oficina o restaurante'),
          option('industry', 'Industry', 'Industria'),
          option('public', 'A school, hospital or similar', 'Una escuela, hospital o similar')
        ]),
        longText('site_address', say('Address or location of the site', 'Dirección o ubicación del lugar'), {
          max: 300,
          autocomplete: 'street-address'
        }),
        date('ready_on', say('When is the site ready for us?', '¿Cuándo estará listo el lugar?'), {
          min: inWorkingDays(3),
          max: inDays(730)
        }),
        describe(say('Tell us about the project', 'Cuéntenos el proyecto'))
      ]),
      step(say('How much gas', 'Cuánto gas'), [
        longText(
          'appliance_list',
          say('Appliances, each with its input', 'Aparatos, cada uno con su potencia'),
          {
            max: 2000,
            help: say(
              'One on each line, for example: water heater, 40,000 BTU/h (or 12 kW).',
              'Uno por línea, por ejemplo: calentador de agua, 40.000 BTU/h (o 12 kW).'
            )
          }
        ),
        number('total_input', say('Total input', 'Potencia total'), {
          min: 1,
          max: 100_000_000,
          unit: say('BTU/h', 'BTU/h')
        }),
        choice('pressure', say('Pressure after the meter', 'Presión después del medidor'), [
          option('standard', 'The usual one', 'La habitual'),
          option('higher', 'Higher', 'Más alta'),
          option('not_sure', 'I am not sure', 'No lo sé')
        ]),
        choice('meter_place', say('Where should the meter be?', '¿Dónde debe estar el medidor?'), [
          option('outside', 'Outside, on the wall', 'Afuera, en la pared'),
          option('inside', 'Inside', 'Adentro'),
          option('advise', 'Please advise me', 'Asesórenme, por favor')
        ])
      ]),
      step(say('Who does what', 'Quién hace qué'), [
        text('contractor', say('Contractor, if there is one', 'Contratista, si lo hay'), {
          ...optional,
          autocomplete: 'off'
        }),
        text('licence_number', say("Contractor's licence number", 'Licencia del contratista'), {
          ...optional,
          max: 60
        }),
        choices(
          'permits',
          say('Which permits do you have?', '¿Qué permisos tiene?'),
          [
            option('building', 'Building permit', 'Permiso de construcción'),
            option('street', 'Permit to open the street', 'Permiso para abrir la calle'),
            option('owner', "The owner's consent", 'Consentimiento del propietario')
          ],
          optional
        ),
        ...contact
      ])
    )
  },
  {
    code: 'DISCONNECT',
    version: 5,
    group: worksGroup.code,
    name: say('Disconnect for a while, or for good', 'Desconectar por un tiempo o para siempre'),
    summary: say(
      'For building works, a long absence or demolition.',
      'Por obras, una ausencia larga o una demolición.'
    ),
    help: say(
      'If you are moving out, use "Stop gas at a home" instead: the pipe stays. Here we close or remove the connection itself.',
      'Si se muda, use «Dar de baja el gas»: la tubería se queda. Aquí cerramos o quitamos la conexión misma.'
    ),
    keywords: say(
      'cap off, remove, demolition, temporary disconnection, permanent, close pipe, renovation, seal',
      'sellar, quitar, demolición, desconexión temporal, definitiva, cerrar tubería, reforma, clausurar'
    ),
    icon: 'unplug',
    priority: 3,
    promise: within(
      workingDays(1),
      workingDays(10),
      'Own promise: closed within 10 working days or on the day agreed'
    ),
    wish: { fields: ['off_on'], clock: 'until' },
    needs: { account: 'required', appointment: true },
    private: false,
    attachments: 'welcome',
    attachment_hint: say(
      'The demolition permit, or a photo of where the pipe comes in.',
      'El permiso de demolición o una foto del lugar por donde entra la tubería.'
    ),
    ...inSteps(
      step(say('What should be closed', 'Qué hay que cerrar'), [
        dangerGate,
        choice('how_long', say('For how long?', '¿Por cuánto tiempo?'), [
          option('temporary', 'For a while', 'Por un tiempo'),
          option('permanent', 'For good', 'Para siempre')
        ]),
        choice('reason', say('Why?', '¿Por qué?'), [
          option('works', 'Building works', 'Obras'),
          option('absence', 'Nobody will be there', 'No habrá nadie'),
          option('demolition', 'The building is being torn down', 'Se derriba el edificio'),
          option('no_gas', 'I no longer use gas', 'Ya no uso gas')
        ]),
        date('off_on', say('From which day?', '¿Desde qué día?'), {
          min: inWorkingDays(2),
          max: inDays(180)
        }),
        date('on_again_on', say('Until which day?', '¿Hasta qué día?'), {
          min: inWorkingDays(3),
          max: inDays(730),
          show_if: { field: 'how_long', equals: 'temporary' },
          help: say(
            'At most two years; after that a new connection is needed.',
            'Dos años como máximo; después hace falta una conexión nueva.'
          )
        }),
        yesNo(
          'owner',
          say(
            'Do you own the building, or have the consent of the owner?',
            '¿Es suyo el edificio o tiene el consentimiento del propietario?'
          )
        ),
        meterReading('final_reading', say('Meter reading today', 'Lectura del medidor de hoy'), optional)
      ]),
      step(say('The visit and you', 'La visita y usted'), [anythingElse, ...visit, ...contact])
    )
  }
];
