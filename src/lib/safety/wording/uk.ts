/** What people with piped gas in the United Kingdom are told: air, the valve by the meter, out, and the national gas emergency line. */
import type { PipedWording, Wording } from '../wording.ts';
import { around } from './around.ts';
import { cylinders } from './uk-cylinders.ts';

const english: PipedWording = {
  gas: {
    title: 'Act now: air, valve, out, call',
    steps: [
      'Open doors and windows.',
      'Turn off the gas at the emergency control valve by the meter. If the meter is in a cellar or basement, do not go there.',
      'Go outside with everyone.',
      'From outside, call 0800 111 999. In Northern Ireland call 0800 002 001.',
      'Do not go back in until the engineer says it is safe.'
    ],
    avoid: [
      'Do not touch any switch, light or doorbell.',
      'No flames and no smoking.',
      'Do not use a phone inside.',
      'Do not turn the gas back on yourself.'
    ]
  },
  co: {
    title: 'Fresh air now, then call',
    steps: [
      'Open doors and windows and go outside with everyone.',
      'Turn off gas appliances only if you pass them on your way out.',
      'If somebody is ill or does not wake up, call 999.',
      'Call 0800 111 999. In Northern Ireland call 0800 002 001.',
      'Stay outside until the engineer says it is safe, even if you feel better.'
    ],
    avoid: [
      'Do not go back for anything.',
      'Do not use the appliance again before it has been checked.',
      'Do not take the batteries out of the alarm.'
    ]
  },
  fire: {
    title: 'Get out, stay out, call 999',
    steps: [
      'Get out now with everyone. Close doors behind you.',
      'Call 999 and ask for the fire service.',
      'Then call 0800 111 999. In Northern Ireland call 0800 002 001.',
      'Keep well away and wait for the fire service.'
    ],
    avoid: [
      'Do not try to put out burning gas.',
      'Do not go back in.',
      'Do not touch gas valves or switches near the fire.'
    ]
  },
  avoidTitle: 'Do not',
  callTitle: 'Call from outside',
  lines: {
    gas: [
      { label: 'National gas emergency line', number: '0800 111 999' },
      { label: 'Northern Ireland', number: '0800 002 001' }
    ],
    co: [
      { label: 'Somebody is ill', number: '999' },
      { label: 'National gas emergency line', number: '0800 111 999' },
      { label: 'Northern Ireland', number: '0800 002 001' }
    ],
    fire: [
      { label: 'Fire service', number: '999' },
      { label: 'National gas emergency line', number: '0800 111 999' },
      { label: 'Northern Ireland', number: '0800 002 001' }
    ]
  }
};

const spanish: PipedWording = {
  gas: {
    title: 'Actúe ya: aire, llave, fuera, llamar',
    steps: [
      'Abra puertas y ventanas.',
      'Cierre el gas con la llave de emergencia junto al contador. Si el contador está en un sótano, no baje.',
      'Salga con todos a la calle.',
      'Desde fuera llame al 0800 111 999. En Irlanda del Norte, al 0800 002 001.',
      'No vuelva a entrar hasta que el técnico diga que es seguro.'
    ],
    avoid: [
      'No toque interruptores, luces ni timbres.',
      'Nada de llamas ni de fumar.',
      'No use el teléfono dentro.',
      'No vuelva a abrir el gas usted mismo.'
    ]
  },
  co: {
    title: 'Aire fresco ya y después llame',
    steps: [
      'Abra puertas y ventanas y salga con todos.',
      'Apague los aparatos de gas solo si le quedan de camino a la salida.',
      'Si alguien se encuentra mal o no despierta, llame al 999.',
      'Llame al 0800 111 999. En Irlanda del Norte, al 0800 002 001.',
      'Quédese fuera hasta que el técnico diga que es seguro, aunque se sienta mejor.'
    ],
    avoid: [
      'No vuelva por nada.',
      'No use el aparato antes de que lo revisen.',
      'No quite las pilas de la alarma.'
    ]
  },
  fire: {
    title: 'Salga, no vuelva y llame al 999',
    steps: [
      'Salga ya con todos. Cierre las puertas al salir.',
      'Llame al 999 y pida bomberos.',
      'Después llame al 0800 111 999. En Irlanda del Norte, al 0800 002 001.',
      'Aléjese y espere a los bomberos.'
    ],
    avoid: [
      'No intente apagar gas que arde.',
      'No vuelva a entrar.',
      'No toque llaves ni interruptores cerca del fuego.'
    ]
  },
  avoidTitle: 'No haga esto',
  callTitle: 'Llame desde fuera',
  lines: {
    gas: [
      { label: 'Línea nacional de emergencias de gas', number: '0800 111 999' },
      { label: 'Irlanda del Norte', number: '0800 002 001' }
    ],
    co: [
      { label: 'Alguien se encuentra mal', number: '999' },
      { label: 'Línea nacional de emergencias de gas', number: '0800 111 999' },
      { label: 'Irlanda del Norte', number: '0800 002 001' }
    ],
    fire: [
      { label: 'Bomberos', number: '999' },
      { label: 'Línea nacional de emergencias de gas', number: '0800 111 999' },
      { label: 'Irlanda del Norte', number: '0800 002 001' }
    ]
  }
};

const hindi: PipedWording = {
  gas: {
    title: 'अभी करें: हवा, वाल्व, बाहर, फोन',
    steps: [
      'दरवाज़े और खिड़कियां खोलें।',
      'मीटर के पास आपातकालीन वाल्व से गैस बंद करें। मीटर तहखाने में हो तो वहां न जाएं।',
      'सबके साथ बाहर जाएं।',
      'बाहर से 0800 111 999 पर फोन करें। उत्तरी आयरलैंड में 0800 002 001 पर।',
      'जब तक इंजीनियर न कहे कि अब खतरा नहीं है, अंदर न जाएं।'
    ],
    avoid: [
      'कोई स्विच, बत्ती या घंटी न छुएं।',
      'आग न जलाएं, धूम्रपान न करें।',
      'अंदर फोन का इस्तेमाल बिल्कुल न करें।',
      'गैस खुद दोबारा चालू न करें।'
    ]
  },
  co: {
    title: 'अभी खुली हवा में जाएं, फिर फोन करें',
    steps: [
      'दरवाज़े और खिड़कियां खोलें और सबके साथ बाहर जाएं।',
      'गैस उपकरण तभी बंद करें जब वे बाहर जाने के रास्ते में हों।',
      'कोई बीमार हो या होश में न हो तो 999 पर फोन करें।',
      '0800 111 999 पर फोन करें। उत्तरी आयरलैंड में 0800 002 001 पर।',
      'जब तक इंजीनियर न कहे कि अब खतरा नहीं है, बाहर ही रहें, भले ही तबीयत ठीक लगने लगे।'
    ],
    avoid: ['किसी भी चीज़ के लिए वापस न जाएं।', 'जांच से पहले उपकरण फिर न चलाएं।', 'अलार्म की बैटरी न निकालें।']
  },
  fire: {
    title: 'बाहर निकलें, बाहर रहें, 999 पर फोन करें',
    steps: [
      'सबके साथ अभी बाहर निकलें। पीछे दरवाज़े बंद करें।',
      '999 पर फोन करके दमकल बुलाएं।',
      'फिर 0800 111 999 पर फोन करें। उत्तरी आयरलैंड में 0800 002 001 पर।',
      'दूर रहें और दमकल का इंतज़ार करें।'
    ],
    avoid: ['जलती गैस को बुझाने की कोशिश न करें।', 'वापस अंदर न जाएं।', 'आग के पास गैस वाल्व या स्विच न छुएं।']
  },
  avoidTitle: 'ऐसा न करें',
  callTitle: 'बाहर से फोन करें',
  lines: {
    gas: [
      { label: 'राष्ट्रीय गैस आपातकालीन लाइन', number: '0800 111 999' },
      { label: 'उत्तरी आयरलैंड', number: '0800 002 001' }
    ],
    co: [
      { label: 'कोई बीमार है', number: '999' },
      { label: 'राष्ट्रीय गैस आपातकालीन लाइन', number: '0800 111 999' },
      { label: 'उत्तरी आयरलैंड', number: '0800 002 001' }
    ],
    fire: [
      { label: 'दमकल', number: '999' },
      { label: 'राष्ट्रीय गैस आपातकालीन लाइन', number: '0800 111 999' },
      { label: 'उत्तरी आयरलैंड', number: '0800 002 001' }
    ]
  }
};

const french: PipedWording = {
  gas: {
    title: 'Agissez : air, vanne, dehors, appel',
    steps: [
      'Ouvrez portes et fenêtres.',
      'Coupez le gaz à la vanne d’urgence près du compteur. Si le compteur est à la cave, n’y allez pas.',
      'Sortez avec tout le monde.',
      'De dehors, appelez le 0800 111 999. En Irlande du Nord, le 0800 002 001.',
      'Ne rentrez pas avant que le technicien dise qu’il n’y a plus de danger.'
    ],
    avoid: [
      'Ne touchez ni interrupteur, ni lumière, ni sonnette.',
      'Pas de flamme, pas de cigarette.',
      'N’utilisez pas de téléphone à l’intérieur.',
      'Ne rouvrez pas le gaz vous-même.'
    ]
  },
  co: {
    title: 'À l’air libre tout de suite, puis appelez',
    steps: [
      'Ouvrez portes et fenêtres et sortez avec tout le monde.',
      'Éteignez les appareils à gaz seulement s’ils sont sur votre chemin.',
      'Si quelqu’un se sent mal ou ne se réveille pas, appelez le 999.',
      'Appelez le 0800 111 999. En Irlande du Nord, le 0800 002 001.',
      'Restez dehors jusqu’à ce que le technicien dise qu’il n’y a plus de danger, même si vous allez mieux.'
    ],
    avoid: [
      'Ne retournez rien chercher.',
      'N’utilisez plus l’appareil avant qu’il soit contrôlé.',
      'N’enlevez pas les piles de l’alarme.'
    ]
  },
  fire: {
    title: 'Sortez, restez dehors, appelez le 999',
    steps: [
      'Sortez maintenant avec tout le monde. Fermez les portes derrière vous.',
      'Appelez le 999 et demandez les pompiers.',
      'Puis appelez le 0800 111 999. En Irlande du Nord, le 0800 002 001.',
      'Éloignez-vous et attendez les pompiers.'
    ],
    avoid: [
      'N’essayez pas d’éteindre du gaz qui brûle.',
      'Ne rentrez pas.',
      'Ne touchez ni vanne ni interrupteur près du feu.'
    ]
  },
  avoidTitle: 'À ne pas faire',
  callTitle: 'Appelez de dehors',
  lines: {
    gas: [
      { label: 'Urgence gaz nationale', number: '0800 111 999' },
      { label: 'Irlande du Nord', number: '0800 002 001' }
    ],
    co: [
      { label: 'Quelqu’un se sent mal', number: '999' },
      { label: 'Urgence gaz nationale', number: '0800 111 999' },
      { label: 'Irlande du Nord', number: '0800 002 001' }
    ],
    fire: [
      { label: 'Pompiers', number: '999' },
      { label: 'Urgence gaz nationale', number: '0800 111 999' },
      { label: 'Irlande du Nord', number: '0800 002 001' }
    ]
  }
};

export const unitedKingdom: Wording = {
  version: 'UK-4',
  words: {
    en: { ...english, ...cylinders.en, around: around.en },
    es: { ...spanish, ...cylinders.es, around: around.es },
    hi: { ...hindi, ...cylinders.hi, around: around.hi },
    fr: { ...french, ...cylinders.fr, around: around.fr }
  }
};
