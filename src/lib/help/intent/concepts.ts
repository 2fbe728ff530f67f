/**
 * What words of the trade mean, in both languages: "bill", "invoice", "factura" and "recibo" are one thing. The bot reads
 * a question with the names of its things behind it, so that what it learned in one language, or of one word, helps with
 * the others.
 */
import { wordsOf } from './pieces.ts';

/** Each thing is written as one sign of its own, of a script in which nobody asks us anything (Yi). */
const firstSign = 0xa000;

/** A name, then how it is said, in small letters without accents; `*` stands for any ending. */
const lexicon = `
bill: bill* invoice* statement* factura* recibo* boleta* facturo
pay: pay* paid pago* pagu* paga* settle* abonar abono*
owe: owe* owing debo debe* deuda* adeud* arrear* outstanding balance saldo pendiente* debt*
price: price* tariff* rate rates precio* tarifa* cost costs cuesta* costo coste vale expensive caro cara caros cheap*
high: high* double* up alto alta much* subi* sube* demasiado tan carisim*
charge: charge* cargo* cobr* fee fees recargo* comision* surcharge*
fixed: standing fixed fijo fija
late: late overdue atras* tarde vencid* retras* mora
due: due vence* vencimiento deadline
part: instalment* installment* split plan* part parts cuota* plazo* partes fraccion*
automatic: auto* debit* domicili*
card: card* tarjeta* credit credito visa
bank: bank* banco* transfer* iban
cash: cash efectivo
refund: refund* reimburs* devol* devuel* reembols* overpaid twice
deposit: deposit* fianza*
receipt: receipt* proof comprobante* justificante*
meter: meter* medidor* contador*
reading: reading* lectura* leer leo lee read reads figures digits numeros numbers
estimate: estimat* estimad* estimac* guess*
smart: smart inteligente*
test: test* check* comprob* revis* inspec* calibr* verific*
faulty: faulty broken fault wrong defect* roto rota falla* averia* estropead* blank mal danad* error* mistake* equivocad* incorrect*
move: mov* mud* relocat* traslad*
out: out leav* dejo dejar irme voy sali* baja
in: into in entr* llegar
start: start* begin* new nuev* alta contrat* open activar iniciar
stop: stop* end* quit* cancel* parar termin* finaliz* anul* baja
close: close* closing cerrar cierr*
home: home* house* flat apartment* piso* casa* vivienda* departamento* apartamento* place hogar domicilio*
sold: sold sell* vend* buy* bought compr*
tenant: tenant* inquilin* rent* alquil* arrend* lodger*
landlord: landlord* owner* propietari* duen* casero*
gas: gas
supply: supply suministro service servicio
connect: connect* hook* conexion conect* acometida instal* pipeline*
link: link* vincul* add enlaz* asoci*
cut: cut* disconnect* shut* cort* suspend* desconect*
back: back restore* reconnect* reconect* reactiv* again nuevamente
cylinder: cylinder* bottle* tank* propane bombona* cilindro* garrafa* balon* tanque* botella* butano propano lpg glp
refill: refill* rellen* recarg* llen* full fill*
empty: empty empties vacio* vacia*
exchange: exchang* swap* replac* reemplaz* sustitu* canje*
hose: hose* goma* manguera*
regulator: regulator* regulador*
store: stor* keep* guard* almacen*
deliver: deliver* entreg* traen traer repart* driver*
order: order* pedir pido encarg* pedido*
safe: safe* segur* danger* peligr*
carbon: carbon* monoxide co monoxido
detector: detector* alarm* sensor*
smell: smell* olor* huel* oler
leak: leak* fuga* escape* pierde
pilot: pilot*
light: light* lit relight* encend* enciend* prend* ignit*
appliance: boiler* heater* stove* cooker* oven* caldera* calentador* estufa* cocina* horno* appliance* aparato* furnace* hob
water: water agua hot caliente
heating: heat* calefac* warm
dig: dig* excav* fence* zanja* trench*
pipe: pipe* tuber* tubo* can* line lines
technician: technician* engineer* tecnico* worker* fitter* operario* instalador* repairman
visit: visit* appointment* cita* come comes coming viene* venir pasan booking
missed: missed never didnt nobody nadie show* turned present* aparec*
change: chang* cambi* updat* actualiz* modific* reschedul* postpone* aplaz* switch*
day: day date dia fecha when cuando time hora
request: request* case ticket* solicitud* tramite* caso pedido* report*
status: status news progress happening novedad* estado seguim* follow* track* quedo
complaint: complain* queja* reclam* ombudsman unhappy
money-help: afford* grant* subsid* ayuda* benefit* hardship alcanza* poor bono*
lostjob: job* unemploy* desemple* despid* paro
help: help* ayud* support apoyo*
person: person* human* agent* somebody someone alguien operator* operador* representative asesor*
talk: talk* speak* hablar hablo call* llam* contact*
letter: letter* mail post carta* correo* email* mails
paper: paper* papel print*
password: password* contrasen* clave* login sign* log
account: account* cuenta*
name: name* nombre* titular* surname apellid*
address: address* direccion* domicilio
phone: phone* telefono* celular* movil* mobile number
number: number* numero* reference referencia code codigo*
old: old elderly older mayor* ancian* abuel* aged
ill: ill sick disab* discapacit* enferm* oxygen oxigeno machine maquina medic* wheelchair blind ciego sordo deaf pregnant
baby: baby child* kid* bebe* nin*
family: mum mom mother father dad son daughter sister brother wife husband madre padre hijo hija hermano hermana esposa marido
died: died dead death deceased passed falleci* murio muerte difunt*
permit: authori* permis* autoriz* behalf poder apoderad* let
photo: photo* picture* foto* image*
document: copy copies copia* download* descarg* pdf past previous anterior* history historial
scam: scam* fraud* fake estaf* falso* phish* suspicious sospech* raro weird
identity: badge* id identif* credencial* carnet real really
data: data* datos privacy privacidad personal*
compare: same equal mismo igual every cada
month: month* mes mensual*
use: use* usage consum* gast*
unit: therm* kwh m3 unit* cubic*
weather: cold winter invierno frio season temporada
why: why porque
howmuch: cuanto* cuanta*
where: where donde
when: when cuando
how: how como
what: what que cual
last: last latest ultim* previous
declined: declin* reject* refus* fail* deni* unsuccessful rechaz* deneg*
pending: pending wait* process* progress stuck esper* proceso tarda* demora*
lost: lost lose* losing missing stolen stole* steal* robbed theft perd* robad* robo robaron extravi*
receive: receiv* arriv* got get getting reach* recib* lleg* credited
send: send* sent ship* enviar envi* mand*
withdraw: withdraw* withdrew atm* cashpoint* retir* cajero*
currency: currenc* dollar* euro* pound* gbp eur usd peso* moneda* divisa*
abroad: abroad foreign international* oversea* countr* travel* world* holiday extranjero internacional* pais* viaj*
topup: top topup topped topping load* fund* recarg*
limit: limit* maximum max minimum min restrict* unlimited limite* maxim* minim*
allowed: allow* able possible may puedo puede* posible
verify: verif* identit* confirm* prove proves proving validat* confirmar
pin: pin pins passcode* cvv code codes codigo*
blocked: block* lock* frozen freez* bloque* congel*
activate: activat* enabl* activ* unlock*
unknown: recogni* unknown unfamiliar unauthor* strange reconoz* reconoc* desconoc*
twice: twice duplicat* repeat* multiple dos duplic* dobl*
online: app apps web* online internet site virtual digital sitio pagina linea
others: friend* someone somebody people another amig* otra otro
quick: soon quick* fast* urgent* immediat* hurry asap instant* rapid* urgente* pronto
long: long days week* hours while dias semana* horas tiempo
undo: revert* revers* undo undone return* back
expire: expir* caduc*
working: work* funcion*
amount: amount* total sum cantidad* importe* monto*
source: source* origin* came from procedencia
kind: type* kind* which brand* tipo* clase*
want: want* need* like wish* quiero quisiera necesit*
see: see show* view* appear* ver veo aparec* muestr*
few: extra additional more adicional* mas`;

const concepts = lexicon
  .trim()
  .split('\n')
  .map((line, number) => {
    const words = line.slice(line.indexOf(':') + 2).split(' ');
    return {
      sign: String.fromCodePoint(firstSign + number),
      whole: new Set(words.filter((word) => !word.endsWith('*'))),
      beginnings: words.filter((word) => word.endsWith('*')).map((word) => word.slice(0, -1))
    };
  });

/** A text with the signs of the things it speaks of behind it. */
export const withConcepts = (text: string): string =>
  [text, ...new Set(wordsOf(text).flatMap(conceptsIn))].join(' ');

const conceptsIn = (word: string): string[] =>
  concepts
    .filter(({ whole, beginnings }) => whole.has(word) || beginnings.some((start) => word.startsWith(start)))
    .map(({ sign }) => sign.repeat(4));
