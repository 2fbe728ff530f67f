/** A person is reached by any word for one, in any language of the product. */
import { expect, test } from 'vitest';
import { wantsPerson } from './wants-person.ts';

test.each([
  ...['I want to talk to a person', 'agent', 'HUMAN!', 'Can I speak with somebody please', 'agent please'],
  ...['person please', 'supervisor', 'Supervisor!', 'manager', 'the manager, please', 'advisor', 'staff'],
  ...[
    'I want your manager',
    'get me a supervisor',
    'I need an adviser now',
    'give me a human',
    'no more bots'
  ],
  ...['Is anybody there?', 'put me through to your boss', 'connect me with an employee', 'transfer me'],
  ...[
    'a member of staff please',
    'I’d like a real agent',
    'customer support',
    'not a robot please',
    'live chat'
  ],
  ...['I need someone who can help me', 'please escalate this', "don't call me, give me a human"]
])('%s: a person', (text) => expect(wantsPerson(text)).toBe(true));

test.each([
  ...['Quiero hablar con una persona', 'Necesito un agente, por favor', 'operadora', 'Atención al cliente'],
  ...[
    'encargado',
    'el gerente, por favor',
    'quiero un empleado',
    'Páseme con el supervisor',
    'una persona ya'
  ],
  ...['Necesito a su jefe', 'que me atienda un empleado', 'hay alguien ahí', 'no quiero un robot'],
  ...['Je veux parler à un conseiller', 'un responsable svp', 'Passez-moi un employé', 'service client'],
  ...[
    'मुझे किसी से बात करनी है',
    'मैनेजर से बात कराइए',
    'सुपरवाइज़र चाहिए',
    'manager se baat karni hai',
    'agent chahiye'
  ]
])('%s: a person, in other languages', (text) => expect(wantsPerson(text)).toBe(true));

test.each([
  ...['When is my bill due?', 'How do I change my personal details?', 'My meter reading is 01234'],
  ...['the technician came yesterday', 'My property manager pays the bill', 'Your staff was friendly'],
  ...['The manager of my building has the key', 'I need my building manager to get the letters'],
  ...['When will you connect me to the network?', 'I need someone to read my meter', 'call me back'],
  ...['Do you buy gas from robots?', 'How many people work there?', 'Transfer me the deposit'],
  ...['¿Cuándo vence mi factura personal?', 'El empleado vino ayer', 'Mi encargado tiene la llave'],
  ...['Personne n’a lu mon compteur', 'Mon gérant paie la facture', 'मेरा बिल कब आएगा?', 'bill kab aayega']
])('%s: no person asked for', (text) => expect(wantsPerson(text)).toBe(false));
