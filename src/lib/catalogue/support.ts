/** Service types about being looked after: extra help, complaints, advice, and everything else. */
import type { Group, ServiceType } from '#lib/forms/definition.ts';
import {
  answeredWithin,
  choice,
  choices,
  date,
  daysAgo,
  inDays,
  inSteps,
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
import { anythingElse, contact, contactStep, describe } from './shared.ts';

export const supportGroup: Group = {
  code: 'support',
  name: say('Help and support', 'Ayuda y atención'),
  icon: 'life-buoy'
};

export const supportTypes: ServiceType[] = [
  {
    code: 'PSR',
    version: 2,
    group: supportGroup.code,
    name: say('Get extra help at home', 'Recibir ayuda especial en casa'),
    summary: say(
      'For age, illness, disability, small children and more. Free.',
      'Por edad, enfermedad, discapacidad, niños pequeños y más. Gratis.'
    ),
    help: say(
      'Tell us only what you want to tell. Others on the account do not see this request.',
      'Cuéntenos solo lo que desee. Las demás personas de la cuenta no ven esta solicitud.'
    ),
    keywords: say(
      'priority services, vulnerable, disability, elderly, medical, blind, deaf, baby, pregnant, large print, password, sense of smell',
      'servicios prioritarios, vulnerable, discapacidad, mayor, médico, ciego, sordo, bebé, embarazo, letra grande, contraseña, olfato'
    ),
    icon: 'heart-handshake',
    priority: 2,
    promise: within(
      4,
      workingDays(1),
      'Own promise: registered within one working day; a heater on loan within 4 hours of a loss of supply (UK standards of performance)'
    ),
    needs: { account: 'optional', appointment: false },
    private: true,
    attachments: 'none',
    ...inSteps(
      step(say('Who needs help', 'Quién necesita ayuda'), [
        choices(
          'circumstances',
          say(
            'Which of these applies to someone at home?',
            '¿Cuál de estas situaciones se da en la vivienda?'
          ),
          [
            option('age', 'Of pension age', 'En edad de jubilación'),
            option('child', 'A child under five, or expecting', 'Un niño menor de cinco años o embarazo'),
            option(
              'disability',
              'A disability or long-term illness',
              'Una discapacidad o enfermedad prolongada'
            ),
            option('hearing', 'Hard of hearing or deaf', 'Dificultad para oír o sordera'),
            option('sight', 'Poor sight or blind', 'Dificultad para ver o ceguera'),
            option('smell', 'Cannot smell gas', 'No percibe el olor a gas'),
            option('mental_health', 'Mental health', 'Salud mental'),
            option('equipment', 'Depends on medical equipment', 'Depende de un equipo médico'),
            option('language', 'Needs another language', 'Necesita otro idioma'),
            option('short_term', 'Something temporary', 'Algo pasajero')
          ]
        ),
        date('until_on', say('Until when?', '¿Hasta cuándo?'), {
          min: today,
          max: inDays(730),
          show_if: { field: 'circumstances', equals: 'short_term' }
        }),
        text('other_language', say('Which language?', '¿Qué idioma?'), {
          max: 60,
          show_if: { field: 'circumstances', equals: 'language' }
        })
      ]),
      step(say('What would help', 'Qué ayudaría'), [
        choices('services', say('What would you like us to do?', '¿Qué desea que hagamos?'), [
          option(
            'password',
            'Agree on a password for our visits',
            'Acordar una contraseña para nuestras visitas'
          ),
          option('knock_and_wait', 'Knock and wait longer', 'Llamar y esperar más tiempo'),
          option('nominee', 'Talk to someone I trust instead', 'Hablar con alguien de mi confianza'),
          option(
            'large_print',
            'Bills in large print, Braille or audio',
            'Facturas en letra grande, braille o audio'
          ),
          option('meter_reading', 'Read the meter for me', 'Leer el medidor por mí'),
          option('heating', 'Other heating when the gas fails', 'Otra calefacción cuando falle el gas'),
          option('outage_call', 'Call me about interruptions', 'Llamarme cuando haya interrupciones')
        ]),
        text(
          'visit_password',
          say('The password our visitors should say', 'La contraseña que dirán nuestros visitantes'),
          {
            max: 40,
            autocomplete: 'off',
            show_if: { field: 'services', equals: 'password' }
          }
        ),
        text('trusted_person', say('Who, and how do we reach them?', '¿Quién es y cómo le contactamos?'), {
          max: 200,
          autocomplete: 'off',
          show_if: { field: 'services', equals: 'nominee' }
        }),
        yesNo(
          'share',
          say(
            'May we share this with those who run the pipes and with emergency services?',
            '¿Podemos compartirlo con quienes operan la red y con los servicios de emergencia?'
          ),
          {
            help: say(
              'Only so that they look after you as well. You can say no, and change your mind at any time.',
              'Solo para que también le atiendan. Puede decir que no y cambiar de opinión cuando quiera.'
            )
          }
        ),
        anythingElse
      ]),
      contactStep
    )
  },
  {
    code: 'COMPLAINT',
    version: 2,
    group: supportGroup.code,
    name: say('Make a complaint', 'Presentar una queja'),
    summary: say(
      'When something went wrong and should be put right.',
      'Cuando algo salió mal y debe corregirse.'
    ),
    help: say(
      'A person looks into what happened and answers in writing. If we cannot agree, we tell you who decides independently.',
      'Una persona revisa lo ocurrido y responde por escrito. Si no llegamos a un acuerdo, le diremos quién decide de forma independiente.'
    ),
    keywords: say(
      'complain, unhappy, dissatisfied, bad service, rude, missed appointment, nobody came, technician, compensation, ombudsman, damage',
      'quejarme, reclamo, insatisfecho, mal servicio, grosero, cita perdida, no vino nadie, técnico, compensación, defensor, daño'
    ),
    icon: 'message-square-warning',
    priority: 2,
    promise: within(
      workingDays(1),
      workingDays(10),
      'UK gas transporters: detailed answer in 10 working days, 20 with a visit; letter on independent review at 8 weeks (SI 2008/1898)'
    ),
    needs: { account: 'optional', appointment: false },
    private: false,
    attachments: 'welcome',
    attachment_hint: say(
      'Letters, photos, or anything else that shows what happened.',
      'Cartas, fotos o cualquier cosa que muestre lo ocurrido.'
    ),
    ...inSteps(
      step(say('What happened', 'Qué ocurrió'), [
        choice('about', say('What is it about?', '¿De qué se trata?'), [
          option('bill', 'A bill or a payment', 'Una factura o un pago'),
          option('visit', 'A visit or a missed appointment', 'Una visita o una cita perdida'),
          option('staff', 'How I was treated', 'El trato que recibí'),
          option('works', 'Works or damage', 'Obras o daños'),
          option('supply', 'The supply', 'El suministro'),
          option('earlier_request', 'An earlier request', 'Una solicitud anterior'),
          option('other', 'Something else', 'Otra cosa')
        ]),
        date('happened_on', say('When did it happen?', '¿Cuándo ocurrió?'), {
          min: daysAgo(1095),
          max: today
        }),
        text(
          'earlier_reference',
          say(
            'Reference of the earlier request, if there is one',
            'Referencia de la solicitud anterior, si la hay'
          ),
          {
            ...optional,
            max: 20
          }
        ),
        describe(say('What happened?', '¿Qué ocurrió?'))
      ]),
      step(say('Putting it right', 'Cómo corregirlo'), [
        choices('redress', say('What would put it right?', '¿Qué lo corregiría?'), [
          option('apology', 'An apology', 'Una disculpa'),
          option('explanation', 'An explanation', 'Una explicación'),
          option('action', 'Something done', 'Que se haga algo'),
          option('money', 'Money', 'Dinero')
        ]),
        text('outcome', say('In your words: what should we do?', 'En sus palabras: ¿qué debemos hacer?'), {
          ...optional,
          long: true,
          max: 1000
        }),
        ...contact
      ])
    )
  },
  {
    code: 'EFFIC',
    version: 2,
    group: supportGroup.code,
    name: say('Use less gas', 'Gastar menos gas'),
    summary: say(
      'Advice for your home, and programmes that help to pay for it.',
      'Consejos para su vivienda y programas que ayudan a pagarlos.'
    ),
    help: say(
      'The better we know the home, the better the advice.',
      'Cuanto mejor conozcamos la vivienda, mejor será el consejo.'
    ),
    keywords: say(
      'efficiency, save, saving, insulation, rebate, energy audit, lower bill, thermostat, advice, grant',
      'eficiencia, ahorrar, ahorro, aislamiento, reembolso, auditoría energética, bajar factura, termostato, consejo, subvención'
    ),
    icon: 'sprout',
    priority: 4,
    promise: answeredWithin(workingDays(1), 'Own promise: a first answer within one working day'),
    needs: { account: 'optional', appointment: false },
    private: false,
    attachments: 'welcome',
    fields: [
      choices('interests', say('What interests you?', '¿Qué le interesa?'), [
        option('audit', 'A check of my home', 'Una revisión de mi vivienda'),
        option('insulation', 'Insulation', 'Aislamiento'),
        option('appliance', 'A more efficient appliance', 'Un aparato más eficiente'),
        option('rebates', 'Rebates and grants', 'Descuentos y ayudas'),
        option('habits', 'What I can do myself', 'Lo que puedo hacer yo')
      ]),
      choice('tenure', say('Is the home yours?', '¿La vivienda es suya?'), [
        option('owner', 'I own it', 'Soy el propietario'),
        option('tenant', 'I rent it', 'La alquilo')
      ]),
      number('built_in', say('Year it was built, if you know', 'Año de construcción, si lo sabe'), {
        ...optional,
        min: 1700,
        max: 2100
      }),
      anythingElse,
      ...contact
    ]
  },
  {
    code: 'GENERAL',
    version: 2,
    group: supportGroup.code,
    name: say('Ask something else', 'Preguntar otra cosa'),
    summary: say('Anything that does not fit above.', 'Lo que no encaje en lo anterior.'),
    help: say(
      'Write as you would speak. We find the right person for it.',
      'Escriba como habla. Nosotros buscamos a la persona adecuada.'
    ),
    keywords: say(
      'question, other, contact, prices, rates, tariff, talk to a person, information, suggestion, thanks, general, help',
      'pregunta, otro, contacto, precios, tarifas, hablar con una persona, información, sugerencia, gracias, general, ayuda'
    ),
    icon: 'message-circle-question-mark',
    priority: 3,
    promise: answeredWithin(workingDays(1), 'Own promise: a first answer within one working day'),
    needs: { account: 'optional', appointment: false },
    private: false,
    attachments: 'welcome',
    fields: [
      text('subject', say('What is it about?', '¿De qué se trata?')),
      describe(say('Your question', 'Su pregunta')),
      ...contact
    ]
  }
];
