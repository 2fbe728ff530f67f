/** Every kind of change that an emergency can undergo, as two stories: one made safe, one stood down. */
import { addToEmergency, moveEmergency, openEmergency } from '#lib/emergencies/server/commands.ts';
import { emergencyJobs } from '#lib/emergencies/server/jobs.ts';
import type { NextStatus } from '#lib/emergencies/life.ts';
import type { Cast, Story } from './stories.ts';
import type { Town } from './town.ts';

export function emergenciesOf(town: Town, { ada, grace }: Cast): Story[] {
  const idOf = async (reference: string) => {
    const [row] = await town.rows<{ id: string }>('select id from emergency where reference = $1', [
      reference
    ]);
    return row?.id ?? '';
  };
  const open = async (text = 'I smell gas in the hall.') => {
    const { reference } = await openEmergency(ada.db, {
      verdict: 'emergency',
      hazard: 'gas',
      channel: 'request',
      text,
      locale: 'en',
      wordingVersion: 'proof'
    });
    return reference;
  };
  const to = (status: NextStatus) => (reference: string) =>
    moveEmergency(grace.db, grace, reference, { to: status });
  const duty = { origin: '', timeZone: 'UTC', dutyEmails: [], dutyWebhook: null, dutyWebhookSecret: null };
  const jobs = emergencyJobs({ send: async () => {}, close: () => {} }, duty);

  return [
    {
      name: 'an emergency, made safe',
      begin: () => open(),
      then: [
        [
          'she says where she is',
          async (reference) =>
            addToEmergency(ada.db, {
              id: await idOf(reference),
              kind: 'contact_given',
              phone: '555 0100',
              place: 'Hall'
            })
        ],
        [
          'nobody acknowledges',
          async (reference) =>
            jobs['emergencies.escalate'](town.worker, { emergencyId: await idOf(reference) })
        ],
        ['acknowledged', to('acknowledged')],
        [
          'an hour passes and nobody is sent',
          async (reference) => {
            await town.rows(
              `update emergency set received_at = received_at - interval '61 minutes' where reference = $1`,
              [reference]
            );
            await jobs['emergencies.watch'](town.worker, {});
          }
        ],
        ['dispatched', to('dispatched')],
        ['attended', to('attended')],
        ['made safe', to('made_safe')]
      ]
    },
    {
      name: 'an emergency, stood down',
      begin: () => open(),
      then: [
        ['she says it again, by another form', () => open()],
        [
          'she has said more than an hour takes',
          async (reference) => {
            await town.rows(
              `insert into emergency_said (emergency_id, kind, text)
               select $1, 'words', 'word ' || n from generate_series(1, 300) as n`,
              [await idOf(reference)]
            );
            await open('Now it is in the kitchen, too.');
          }
        ],
        [
          'she says that she is safe',
          async (reference) => addToEmergency(ada.db, { id: await idOf(reference), kind: 'said_safe' })
        ],
        [
          'stood down',
          (reference) =>
            moveEmergency(grace.db, grace, reference, { to: 'stood_down', reason: 'false_alarm' })
        ]
      ]
    }
  ];
}

/** Comes last: from then on three hundred are open. */
export function floodOf(town: Town): Story {
  const call = async (nth: number) => {
    const { reference } = await openEmergency(town.visitor(`a fresh cookie ${nth}`), {
      ...{ verdict: 'emergency', hazard: 'gas', channel: 'form', text: 'I smell gas', locale: 'en' },
      address: 'a network with a script'
    });
    return reference;
  };
  return {
    name: 'a network that calls without end',
    begin: () => call(0),
    then: [
      [
        'three hundred calls in an hour, and one more',
        async () => {
          for (let nth = 1; nth < 300; nth++) await call(nth);
          await call(300).then(
            () => Promise.reject(new Error('the last one was taken')),
            () => {}
          );
        }
      ]
    ]
  };
}
