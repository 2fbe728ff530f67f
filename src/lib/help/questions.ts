/** How people ask for what only their own account can answer, and for a person: what the bot learns these from. */
import type { Example } from './intent/classifier.ts';
import { toPerson } from './bot.ts';

export const facts = ['owed', 'request', 'visit', 'reading'] as const;
export type Fact = (typeof facts)[number];

const asked: Record<Fact | typeof toPerson, string> = {
  owed: `what do I owe
how much do I owe you
what is my balance
how much is my bill
how much do I have to pay
what is the amount due
when is my bill due
do I have anything left to pay
is my account paid up
am I behind on payments
did my payment arrive
is there an outstanding balance on my account
cuánto debo
cuánto les debo
cuál es mi saldo
cuánto tengo que pagar
de cuánto es mi factura
cuándo vence mi factura
tengo algo pendiente de pago
estoy al corriente de pago
ha llegado mi pago
cuánto es lo que debo de gas
tengo deuda`,
  request: `where is my request
what is happening with my request
any news on my case
status of my request
what about the thing I reported
is anybody working on my request
when will my request be answered
I sent you a request last week and heard nothing
have you got my request
where are we with my complaint
track my request
dónde está mi solicitud
qué pasa con mi solicitud
hay novedades de mi caso
estado de mi solicitud
alguien está trabajando en mi solicitud
cuándo me van a responder
les mandé una solicitud y no sé nada
cómo va mi reclamación
han recibido mi solicitud
quiero seguir mi trámite
en qué quedó lo que pedí`,
  visit: `when does somebody come
when is the technician coming
what time is my appointment
when is my visit
is my appointment still on
which day are you coming to my house
who is coming tomorrow
do I have an appointment
what day is the engineer due
how long until the technician arrives
cuándo viene alguien
cuándo viene el técnico
a qué hora es mi cita
qué día es mi visita
sigue en pie mi cita
qué día vienen a casa
tengo una cita
a qué hora llega el técnico
cuándo pasan por mi casa`,
  reading: `what was my last reading
what is my latest meter reading
which reading do you have for me
show my last meter reading
when was my meter last read
did you get the reading I sent
what number is on file for my meter
cuál fue mi última lectura
qué lectura tienen de mi medidor
cuándo se leyó mi medidor por última vez
les llegó la lectura que mandé
muéstreme mi última lectura
qué lectura del contador consta`,
  person: `I want to talk to a person
can I speak to somebody
let me talk to a human
a real person please
I need an agent
connect me to customer service
can somebody call me
you are not helping
this is useless, I want a person
get me an operator
is there anyone there
speak to a representative
quiero hablar con una persona
puedo hablar con alguien
páseme con un agente
necesito una persona de verdad
que me llame alguien
un operador por favor
esto no me ayuda
quiero hablar con atención al cliente
hay alguien ahí
me puede atender un humano`
};

export const ownQuestions: readonly Example[] = Object.entries(asked).flatMap(([about, lines]) =>
  lines.split('\n').map((text) => ({ text, category: about === toPerson ? toPerson : `fact:${about}` }))
);
