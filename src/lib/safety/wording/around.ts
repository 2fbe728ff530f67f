/** What stands around the steps: what was passed on, the buttons, where to say where it is. In the language of the steps. */
import type { WordingLocale } from '../wording.ts';

export interface Around {
  /** Over the page of all emergencies, and what of: gas, carbon monoxide. */
  title: string;
  gas: string;
  co: string;
  after: string;
  /** Over what somebody wrote that may be danger, and what has come of it. `{phone}` is the line to call. */
  heard: string;
  possible: string;
  recorded: string;
  notRecorded: string;
  asks: string;
  confirm: string;
  /** Where it is and how to call back. */
  contact: string;
  contactSend: string;
  contactGiven: string;
  known: string;
  knownPlace: string;
  knownGuess: string;
  knownPhone: string;
  knownNone: string;
  which: string;
  elsewhere: string;
  phone: string;
  place: string;
  tooLong: string;
  /** Where it was no danger, or is none any more. */
  safe: string;
  safeHelp: string;
  safeTitle: string;
  on: string;
  typed: string;
  notSent: string;
  /** Where it may be sent as it is. */
  notYet: string;
  send: string;
}

export const around: Record<WordingLocale, Around> = {
  en: {
    title: 'Gas or carbon monoxide emergency',
    gas: 'You smell gas',
    co: 'A CO alarm is sounding, or somebody feels ill',
    after: 'Do not write to us about it here. A written message is read later than a call is answered.',
    heard: 'Your safety first',
    possible: 'What you wrote could mean danger. If it does, do this now. If it does not, go on below.',
    recorded: 'A person on duty has been told. Do not wait for us here: call from a safe place.',
    notRecorded: 'We could not pass this on. Please call {phone} from a safe place.',
    asks: 'Nobody has been told yet. If there is danger, press here, then call.',
    confirm: 'There is danger: tell a person',
    contact: 'Only when you are outside: tell us where',
    contactSend: 'Tell the person on duty',
    contactGiven: 'Thank you. The person on duty has it. Please still call.',
    known: 'What the person on duty sees',
    knownPlace: 'Your address',
    knownGuess: 'One of your addresses. Please say below which one it is.',
    knownPhone: 'The number to call you back',
    knownNone: 'None yet',
    which: 'Where is it?',
    elsewhere: 'Somewhere else',
    phone: 'A number to reach you',
    place: 'Where it is',
    tooLong: 'That is too long. Please use fewer words.',
    safe: 'I am safe, this is about something else',
    safeHelp: 'You go back to what you were writing. Nothing is lost.',
    safeTitle: 'Good to know that you are safe',
    on: 'Continue',
    typed: 'What you wrote',
    notSent: 'It has not been sent. Copy it, so that you can send it later.',
    notYet: 'It has not been sent yet.',
    send: 'Send it'
  },
  es: {
    title: 'Emergencia de gas o de monóxido de carbono',
    gas: 'Huele a gas',
    co: 'Suena una alarma de CO o alguien se siente mal',
    after: 'No nos escriba aquí sobre esto. Un mensaje se lee más tarde de lo que se contesta una llamada.',
    heard: 'Primero, su seguridad',
    possible:
      'Lo que escribió podría indicar peligro. Si es así, haga esto ahora. Si no, continúe más abajo.',
    recorded: 'Hemos avisado a una persona de guardia. No espere aquí: llame desde un lugar seguro.',
    notRecorded: 'No hemos podido transmitirlo. Llame al {phone} desde un lugar seguro.',
    asks: 'Todavía no hemos avisado a nadie. Si hay peligro, pulse aquí y después llame.',
    confirm: 'Hay peligro: avisar a una persona',
    contact: 'Solo cuando esté fuera: díganos dónde',
    contactSend: 'Decírselo a la persona de guardia',
    contactGiven: 'Gracias. La persona de guardia lo tiene. Aun así, llame.',
    known: 'Lo que ve la persona de guardia',
    knownPlace: 'Su dirección',
    knownGuess: 'Una de sus direcciones. Díganos abajo cuál es.',
    knownPhone: 'El número donde llamarle',
    knownNone: 'Aún no lo sabemos',
    which: '¿Dónde es?',
    elsewhere: 'En otro lugar',
    phone: 'Un número donde localizarle',
    place: 'Dónde es',
    tooLong: 'Es demasiado largo. Use menos palabras.',
    safe: 'Estoy a salvo, se trata de otra cosa',
    safeHelp: 'Vuelve a lo que estaba escribiendo. No se pierde nada.',
    safeTitle: 'Qué bien que esté a salvo',
    on: 'Continuar',
    typed: 'Lo que escribió',
    notSent: 'No se ha enviado. Cópielo para poder enviarlo más tarde.',
    notYet: 'Todavía no se ha enviado.',
    send: 'Enviarlo'
  },
  hi: {
    title: 'गैस या कार्बन मोनोऑक्साइड की आपात स्थिति',
    gas: 'गैस की गंध आ रही है',
    co: 'CO अलार्म बज रहा है, या लोगों की तबीयत बिगड़ रही है',
    after: 'इसके बारे में हमें यहां न लिखें। फोन का जवाब लिखे हुए संदेश से पहले मिलता है।',
    heard: 'सबसे पहले आपकी सुरक्षा',
    possible: 'आपने जो लिखा है, वह खतरे की बात हो सकती है। अगर ऐसा है तो अभी यह करें। अगर नहीं, तो नीचे से आगे बढ़ें।',
    recorded: 'ड्यूटी पर मौजूद व्यक्ति को बता दिया गया है। यहां इंतज़ार न करें: सुरक्षित जगह से फोन करें।',
    notRecorded: 'हम यह बात आगे नहीं पहुंचा पाए। कृपया सुरक्षित जगह से {phone} पर फोन करें।',
    asks: 'अभी तक किसी को नहीं बताया गया है। अगर खतरा है तो यहां दबाएं, फिर फोन करें।',
    confirm: 'खतरा है: ड्यूटी पर मौजूद व्यक्ति को सूचना दें',
    contact: 'केवल बाहर आ जाने के बाद: हमें बताएं कि जगह कौन सी है',
    contactSend: 'ड्यूटी पर मौजूद व्यक्ति को बताएं',
    contactGiven: 'धन्यवाद। ड्यूटी पर मौजूद व्यक्ति को यह मिल गया है। फिर भी कृपया फोन करें।',
    known: 'ड्यूटी पर मौजूद व्यक्ति को क्या दिख रहा है',
    knownPlace: 'आपका पता',
    knownGuess: 'यह आपके पतों में से एक है। कृपया नीचे बताएं कि कौन सा।',
    knownPhone: 'आपको वापस फोन करने का नंबर',
    knownNone: 'अभी पता नहीं',
    which: 'यह कहां है?',
    elsewhere: 'किसी और जगह',
    phone: 'आपसे बात करने का नंबर',
    place: 'जगह कहां है',
    tooLong: 'यह बहुत लंबा है। कृपया कम शब्दों में लिखें।',
    safe: 'मैं सुरक्षित हूं, बात कुछ और है',
    safeHelp: 'आप वहीं लौटेंगे जहां आप लिख रहे थे। कुछ भी नहीं खोएगा।',
    safeTitle: 'अच्छा हुआ कि आप सुरक्षित हैं',
    on: 'आगे बढ़ें',
    typed: 'आपने जो लिखा',
    notSent: 'यह भेजा नहीं गया है। इसे कॉपी कर लें, ताकि बाद में भेज सकें।',
    notYet: 'यह अभी तक भेजा नहीं गया है।',
    send: 'भेजें'
  },
  fr: {
    title: 'Urgence gaz ou monoxyde de carbone',
    gas: 'Ça sent le gaz',
    co: 'Une alarme CO sonne, ou des personnes se sentent mal',
    after: 'Ne nous écrivez pas ici à ce sujet\u00a0: un appel reçoit une réponse plus vite qu’un message.',
    heard: 'Votre sécurité d’abord',
    possible:
      'Ce que vous avez écrit peut indiquer un danger. Si c’est le cas, faites ceci maintenant. Sinon, continuez plus bas.',
    recorded: 'Une personne de garde est prévenue. N’attendez pas ici\u00a0: appelez d’un endroit sûr.',
    notRecorded: 'Nous n’avons pas pu transmettre votre message. Appelez le {phone} d’un endroit sûr.',
    asks: 'Personne n’a encore été prévenu. S’il y a danger, appuyez ici, puis appelez.',
    confirm: 'Il y a danger\u00a0: prévenir quelqu’un',
    contact: 'Seulement une fois dehors\u00a0: dites-nous où c’est',
    contactSend: 'Le dire à la personne de garde',
    contactGiven: 'Merci. La personne de garde en est informée. Appelez quand même.',
    known: 'Ce que voit la personne de garde',
    knownPlace: 'Votre adresse',
    knownGuess: 'C’est l’une de vos adresses. Dites-nous plus bas laquelle.',
    knownPhone: 'Le numéro pour vous rappeler',
    knownNone: 'Rien pour l’instant',
    which: 'Où est-ce\u00a0?',
    elsewhere: 'Ailleurs',
    phone: 'Un numéro pour vous joindre',
    place: 'Où c’est',
    tooLong: 'C’est trop long. Utilisez moins de mots.',
    safe: 'Je suis en sécurité, il s’agit d’autre chose',
    safeHelp: 'Vous revenez à ce que vous écriviez. Rien n’est perdu.',
    safeTitle: 'Heureux de vous savoir en sécurité',
    on: 'Continuer',
    typed: 'Ce que vous avez écrit',
    notSent: 'Ce n’est pas envoyé. Copiez-le pour pouvoir l’envoyer plus tard.',
    notYet: 'Cela n’a pas encore été envoyé.',
    send: 'Envoyer'
  }
};
