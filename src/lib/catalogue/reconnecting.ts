/** The service type about gas that was cut off over a bill, and comes back. */
import type { ServiceType } from '#lib/forms/definition.ts';
import {
  aroundTheClock,
  choice,
  date,
  daysAgo,
  elsewhere,
  inSteps,
  option,
  say,
  step,
  today,
  yesNo
} from './questions.ts';
import { anythingElse, contact, dangerGate, visit } from './shared.ts';

export const reconnectType: ServiceType = {
  code: 'RECONNECT',
  version: 6,
  group: 'supply',
  name: say('Turn the gas back on after a cut-off', 'Reconectar el gas tras un corte'),
  summary: say(
    'Once the bill is paid or a plan agreed.',
    'Cuando la factura esté pagada o haya un plan acordado.'
  ),
  help: say(
    'We come within a day of your payment or plan. An adult has to be there while we check the appliances.',
    'Acudimos en un día desde su pago o plan. Debe haber un adulto mientras revisamos los aparatos.'
  ),
  keywords: say(
    'reconnect, reconnection, restore, cut off, disconnected, shut off, turned off, non-payment, medical certificate',
    'reconectar, reconexión, restablecer, me cortaron, desconectado, corte, falta de pago, certificado médico'
  ),
  icon: 'plug-zap',
  priority: 1,
  promise: aroundTheClock(
    4,
    24,
    'UK practice: reconnected within 24 hours of payment or an agreed plan, by the clock'
  ),
  raises: [{ when: { medical: 'yes' }, first: 'vulnerable' }],
  in: elsewhere({
    attachment_hint: say('Proof of payment, if you have it.', 'El comprobante de pago, si lo tiene.'),
    keywords: say(
      'reconnect, reconnection, restore, cut off, disconnected, shut off, turned off, non-payment',
      'reconectar, reconexión, restablecer, me cortaron, desconectado, corte, falta de pago'
    )
  }),
  needs: { account: 'required', appointment: true },
  private: false,
  attachments: 'wanted',
  attachment_hint: say(
    'Proof of payment or a medical certificate, if you have one.',
    'El comprobante de pago o un certificado médico, si lo tiene.'
  ),
  ...inSteps(
    step(say('Where things stand', 'Cómo está el asunto'), [
      dangerGate,
      choice('paid', say('Has the bill been dealt with?', '¿Se resolvió la factura?'), [
        option('paid', 'It is paid', 'Está pagada'),
        option('plan', 'We have agreed on a plan', 'Acordamos un plan'),
        option('not_yet', 'Not yet, I need a plan', 'Todavía no, necesito un plan'),
        option('mistake', 'The cut-off was a mistake', 'El corte fue un error')
      ]),
      date('paid_on', say('When did you pay?', '¿Cuándo pagó?'), {
        min: daysAgo(90),
        max: today,
        show_if: { field: 'paid', equals: 'paid' }
      }),
      yesNo(
        'medical',
        say(
          'Would being without gas harm the health of someone at home?',
          '¿Estar sin gas perjudica la salud de alguien en casa?'
        )
      ),
      anythingElse
    ]),
    step(say('The visit and you', 'La visita y usted'), [...visit, ...contact])
  )
};
