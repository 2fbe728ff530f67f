/** Service types about who may act for an account, and what we know about somebody. */
import type { Group, ServiceType } from '#lib/forms/definition.ts';
import {
  elsewhere,
  choice,
  choices,
  date,
  inDays,
  inSteps,
  option,
  optional,
  say,
  step,
  text,
  within,
  workingDays,
  yesNo
} from './questions.ts';
import { anythingElse, contact, contactStep } from './shared.ts';

export const yourAccountGroup: Group = {
  code: 'your-account',
  name: say('Your account and data', 'Su cuenta y sus datos'),
  icon: 'user-round-cog'
};

export const yourAccountTypes: ServiceType[] = [
  {
    code: 'PROXY',
    version: 3,
    group: yourAccountGroup.code,
    name: say('Let somebody help with my account', 'Permitir que alguien ayude con mi cuenta'),
    summary: say(
      'They can get copies of notices, look, or act for you.',
      'Puede recibir avisos, consultar o actuar por usted.'
    ),
    help: say(
      'We ask them to accept. They never owe your bills, and you can end it at any time.',
      'Le pediremos que acepte. Nunca responde por sus facturas y usted puede terminarlo cuando quiera.'
    ),
    keywords: say(
      'proxy, authorised person, third party, representative, power of attorney, landlord, family, carer, notices, permission',
      'apoderado, persona autorizada, tercero, representante, poder, propietario, familiar, cuidador, avisos, permiso'
    ),
    icon: 'users-round',
    priority: 3,
    promise: within(
      workingDays(1),
      workingDays(10),
      'New Jersey: third-party notification in effect within 10 business days'
    ),
    in: elsewhere({ promise: { source: 'Own promise: in effect within 10 working days' } }),
    needs: { account: 'required', appointment: false },
    private: true,
    attachments: 'welcome',
    attachment_hint: say(
      'A power of attorney or a court order, if there is one.',
      'Un poder notarial o documento judicial, si lo hay.'
    ),
    ...inSteps(
      step(say('The other person', 'La otra persona'), [
        text('their_name', say('Their full name', 'Su nombre completo'), { autocomplete: 'off' }),
        text('their_email', say('Their e-mail address', 'Su correo electrónico'), {
          max: 200,
          format: 'email',
          autocomplete: 'off',
          help: say('We send the invitation there.', 'Enviaremos allí la invitación.')
        }),
        text('their_phone', say('Their phone number', 'Su número de teléfono'), {
          ...optional,
          max: 30,
          format: 'phone',
          autocomplete: 'off'
        }),
        choice('relation', say('Who are they to you?', '¿Quién es para usted?'), [
          option('family', 'Family or friend', 'Familiar o amigo'),
          option('carer', 'Carer or social worker', 'Cuidador o trabajador social'),
          option('attorney', 'They hold a power of attorney', 'Tiene un poder notarial'),
          option('landlord', 'My landlord', 'El propietario de mi vivienda'),
          option('agency', 'An advice agency', 'Una organización de asesoría')
        ])
      ]),
      step(say('What they may do', 'Qué podrá hacer'), [
        choice('scope', say('What may they do?', '¿Qué puede hacer?'), [
          option('notices', 'Get copies of important notices', 'Recibir copia de avisos importantes'),
          option('view', 'Also see bills and requests', 'Ver también facturas y solicitudes'),
          option(
            'act',
            'Also ask, pay and change things for me',
            'También pedir, pagar y cambiar cosas por mí'
          )
        ]),
        date(
          'until_on',
          say('Until when? Leave empty for no end.', '¿Hasta cuándo? Déjelo vacío si no hay fin.'),
          {
            ...optional,
            min: inDays(1),
            max: inDays(3650)
          }
        ),
        yesNo(
          'they_know',
          say('Do they know that you are asking for this?', '¿Sabe esa persona que usted lo pide?')
        ),
        anythingElse
      ]),
      contactStep
    )
  },
  {
    code: 'DATA-REQ',
    version: 2,
    group: yourAccountGroup.code,
    name: say('Ask about my personal data', 'Preguntar por mis datos personales'),
    summary: say(
      'Get a copy, correct it, or have it erased.',
      'Pida una copia, una corrección o su eliminación.'
    ),
    help: say(
      'By law we must keep some records, such as bills. We tell you which, and for how long.',
      'La ley obliga a conservar algunos datos, como las facturas. Le diremos cuáles y por cuánto tiempo.'
    ),
    keywords: say(
      'privacy, data protection, GDPR, copy of my data, export, erase, delete, forget, correct, usage data',
      'privacidad, protección de datos, copia de mis datos, exportar, borrar, eliminar, corregir, datos de consumo'
    ),
    icon: 'shield-user',
    priority: 3,
    promise: within(
      workingDays(1),
      workingDays(20),
      'Privacy laws allow one month or 45 days; our own promise is 20 working days'
    ),
    needs: { account: 'optional', appointment: false },
    private: true,
    attachments: 'none',
    fields: [
      choice('wish', say('What would you like?', '¿Qué desea?'), [
        option('copy', 'A copy of my data', 'Una copia de mis datos'),
        option('correct', 'Something corrected', 'Una corrección'),
        option('erase', 'My data erased', 'Eliminar mis datos'),
        option('object', 'To object to how it is used', 'Oponerme a cómo se usan'),
        option(
          'move',
          'My usage data, to take elsewhere',
          'Mis datos de consumo, para llevarlos a otro lugar'
        )
      ]),
      choices('which', say('Which data?', '¿Qué datos?'), [
        option('account', 'Name, address and contact', 'Nombre, dirección y contacto'),
        option('bills', 'Bills and payments', 'Facturas y pagos'),
        option('readings', 'Readings and usage', 'Lecturas y consumo'),
        option('requests', 'Requests, messages and files', 'Solicitudes, mensajes y archivos'),
        option('all', 'All of it', 'Todos')
      ]),
      anythingElse,
      ...contact
    ]
  }
];
