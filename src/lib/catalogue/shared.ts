/** The questions that many forms have in common: what it is about, how to reach you, how to get in. */
import type { Field, Text } from '#lib/forms/definition.ts';
import { choice, choices, gate, longText, option, optional, say, step, text, yesNo } from './questions.ts';

/** Every form has this field; it becomes the description of the request. */
export const describe = (label: Text, more: { help?: Text; required?: boolean } = {}): Field =>
  longText('description', label, { max: 4000, ...more });

export const anythingElse = describe(
  say('Anything else we should know?', '¿Algo más que debamos saber?'),
  optional
);

/** Asked first wherever gas may be escaping: danger is never a form. */
export const dangerGate = gate(
  'danger_now',
  say(
    'Do you smell gas, hear it hiss, or is a carbon monoxide alarm sounding?',
    '¿Huele a gas, lo oye silbar o está sonando una alarma de monóxido de carbono?'
  ),
  'emergency',
  say(
    'Also answer yes if anyone at home feels dizzy or sick for no clear reason.',
    'Responda también que sí si alguien en casa se siente mareado o enfermo sin motivo claro.'
  )
);

export const contact: Field[] = [
  choice('contact_by', say('How should we reach you?', '¿Cómo prefiere que le contactemos?'), [
    option('email', 'By e-mail', 'Por correo electrónico'),
    option('phone', 'By phone', 'Por teléfono')
  ]),
  text('contact_phone', say('Phone number', 'Número de teléfono'), {
    max: 30,
    format: 'phone',
    autocomplete: 'tel',
    show_if: { field: 'contact_by', equals: 'phone' }
  })
];

/** For every visit by a technician. */
export const visit: Field[] = [
  yesNo(
    'adult_present',
    say('Will someone aged 18 or over be there?', '¿Habrá en el lugar una persona de 18 años o más?'),
    {
      help: say(
        'Our technician may only enter and light appliances when an adult is present.',
        'Nuestro técnico solo puede entrar y encender aparatos si hay un adulto presente.'
      )
    }
  ),
  choices('preferred_times', say('When would suit you?', '¿Cuándo le viene bien?'), [
    option('weekday_morning', 'Weekday mornings', 'Mañanas entre semana'),
    option('weekday_afternoon', 'Weekday afternoons', 'Tardes entre semana'),
    option('evening', 'Early evenings', 'Últimas horas de la tarde'),
    option('saturday', 'Saturdays', 'Sábados')
  ]),
  choices(
    'hazards',
    say(
      'Is there anything our technician should be careful of?',
      '¿Hay algo con lo que nuestro técnico deba tener cuidado?'
    ),
    [
      option('dog', 'A dog or another animal', 'Un perro u otro animal'),
      option('asbestos', 'Asbestos near the meter', 'Asbesto cerca del medidor'),
      option('electric_fence', 'An electric fence', 'Una cerca eléctrica'),
      option('hard_to_reach', 'Steep, narrow or blocked access', 'Acceso empinado, estrecho o bloqueado'),
      option('key_safe', 'A key safe at the door', 'Una caja de llaves en la puerta'),
      option(
        'nothing_else',
        'Nothing else: anything named before and not ticked here is gone',
        'Nada más: lo que se indicó antes y no está marcado aquí ya no está'
      )
    ],
    optional
  ),
  longText('access_notes', say('How do we get in?', '¿Cómo entramos?'), {
    ...optional,
    max: 500,
    help: say(
      'For example: ring at number 4, the meter is in the cellar, the gate sticks.',
      'Por ejemplo: toque en el número 4, el medidor está en el sótano, la reja se atasca.'
    )
  })
];

export const visitStep = step(say('The visit', 'La visita'), visit);
export const contactStep = step(say('Reaching you', 'Cómo contactarle'), contact);
