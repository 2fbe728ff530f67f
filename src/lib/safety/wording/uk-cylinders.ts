/** What people in the United Kingdom are told otherwise of cylinders and tanks: another valve, another line, and the gas sinks. */
import type { Otherwise, WordingLocale } from '../wording.ts';

/** Labels of the lines, and the words that differ, in one language. */
interface Told {
  ill: string;
  fire: string;
  national: string;
  northern: string;
  own: string;
  ownCylinder: string;
  cylinder: { gas: Steps; co: readonly string[]; fireSteps: readonly string[] };
  unknown: { gas: readonly string[]; co: readonly string[]; fireSteps: readonly string[] };
}

interface Steps {
  title: string;
  steps: readonly string[];
  avoid: readonly string[];
}

function otherwise({ ill, fire, national, northern, own, ownCylinder, cylinder, unknown }: Told): Otherwise {
  const ours = { label: own, of: 'cylinder' as const };
  const theirs = { label: ownCylinder, of: 'cylinder' as const };
  const nation = [
    { label: national, number: '0800 111 999' },
    { label: northern, number: '0800 002 001' }
  ];
  const illness = { label: ill, number: '999' };
  const brigade = { label: fire, number: '999' };
  return {
    cylinder: {
      gas: { ...cylinder.gas, lines: [ours] },
      co: { steps: cylinder.co, lines: [illness, ours] },
      fire: { steps: cylinder.fireSteps, lines: [brigade, ours] }
    },
    unknown: {
      gas: { steps: unknown.gas, lines: [...nation, theirs] },
      co: { steps: unknown.co, lines: [illness, ...nation, theirs] },
      fire: { steps: unknown.fireSteps, lines: [brigade, ...nation, theirs] }
    }
  };
}

export const cylinders: Record<WordingLocale, Otherwise> = {
  en: otherwise({
    ill: 'Somebody is ill',
    fire: 'Fire service',
    national: 'National gas emergency line',
    northern: 'Northern Ireland',
    own: 'Our emergency line',
    ownCylinder: 'Our line: cylinder or tank',
    cylinder: {
      gas: {
        title: 'Act now: air, valve, out, call',
        steps: [
          'Open doors and windows.',
          'Turn off the valve of the cylinder or tank if you can do it safely.',
          'Go outside with everyone. This gas sinks: keep away from drains and low places.',
          'From outside, call us.',
          'Do not go back in until the engineer says it is safe.'
        ],
        avoid: [
          'Do not touch any switch, light or doorbell.',
          'No flames and no smoking.',
          'Do not use a phone inside.',
          'Do not move the cylinder or turn it back on yourself.'
        ]
      },
      co: [
        'Open doors and windows and go outside with everyone.',
        'Turn off gas appliances only if you pass them on your way out.',
        'If somebody is ill or does not wake up, call 999.',
        'Then call us.',
        'Stay outside until the engineer says it is safe, even if you feel better.'
      ],
      fireSteps: [
        'Get out now with everyone. Close doors behind you.',
        'Call 999 and ask for the fire service. Say that there is a gas cylinder or tank.',
        'Then call us.',
        'Keep far away: a cylinder or tank can burst. Wait for the fire service.'
      ]
    },
    unknown: {
      gas: [
        'Open doors and windows.',
        'Turn off the gas if it is safe: by the meter (never in a cellar or basement), or on the cylinder or tank.',
        'Go outside with everyone. Gas from a cylinder sinks: keep away from low places.',
        'From outside, call 0800 111 999 (Northern Ireland 0800 002 001). For a cylinder or tank, call us.',
        'Do not go back in until the engineer says it is safe.'
      ],
      co: [
        'Open doors and windows and go outside with everyone.',
        'Turn off gas appliances only if you pass them on your way out.',
        'If somebody is ill or does not wake up, call 999.',
        'Call 0800 111 999 (Northern Ireland 0800 002 001). For a cylinder or tank, call us.',
        'Stay outside until the engineer says it is safe, even if you feel better.'
      ],
      fireSteps: [
        'Get out now with everyone. Close doors behind you.',
        'Call 999 and ask for the fire service. Say if there is a gas cylinder or tank.',
        'Then call 0800 111 999 (Northern Ireland 0800 002 001). For a cylinder or tank, call us.',
        'Keep far away: a cylinder or tank can burst. Wait for the fire service.'
      ]
    }
  }),
  es: otherwise({
    ill: 'Alguien se encuentra mal',
    fire: 'Bomberos',
    national: 'Línea nacional de emergencias de gas',
    northern: 'Irlanda del Norte',
    own: 'Nuestra línea de emergencia',
    ownCylinder: 'Nuestra línea: bombona o depósito',
    cylinder: {
      gas: {
        title: 'Actúe ya: aire, llave, fuera, llamar',
        steps: [
          'Abra puertas y ventanas.',
          'Cierre la llave de la bombona o del depósito si puede hacerlo sin peligro.',
          'Salga con todos a la calle. Este gas se acumula a ras del suelo: aléjese de desagües y lugares bajos.',
          'Desde fuera llámenos.',
          'No vuelva a entrar hasta que el técnico diga que es seguro.'
        ],
        avoid: [
          'No toque interruptores, luces ni timbres.',
          'Nada de llamas ni de fumar.',
          'No use el teléfono dentro.',
          'No mueva la bombona ni la vuelva a abrir usted mismo.'
        ]
      },
      co: [
        'Abra puertas y ventanas y salga con todos.',
        'Apague los aparatos de gas solo si le quedan de camino a la salida.',
        'Si alguien se encuentra mal o no despierta, llame al 999.',
        'Después llámenos.',
        'Quédese fuera hasta que el técnico diga que es seguro, aunque se sienta mejor.'
      ],
      fireSteps: [
        'Salga ya con todos. Cierre las puertas al salir.',
        'Llame al 999 y pida bomberos. Diga que hay una bombona o un depósito de gas.',
        'Después llámenos.',
        'Aléjese mucho: una bombona o un depósito puede reventar. Espere a los bomberos.'
      ]
    },
    unknown: {
      gas: [
        'Abra puertas y ventanas.',
        'Cierre el gas si no hay peligro: junto al contador (nunca en un sótano), o en la bombona o el depósito.',
        'Salga con todos a la calle. El gas de bombona se acumula a ras del suelo: evite los lugares bajos.',
        'Desde fuera llame al 0800 111 999 (Irlanda del Norte 0800 002 001). Por una bombona o un depósito, llámenos.',
        'No vuelva a entrar hasta que el técnico diga que es seguro.'
      ],
      co: [
        'Abra puertas y ventanas y salga con todos.',
        'Apague los aparatos de gas solo si le quedan de camino a la salida.',
        'Si alguien se encuentra mal o no despierta, llame al 999.',
        'Llame al 0800 111 999 (Irlanda del Norte 0800 002 001). Por una bombona o un depósito, llámenos.',
        'Quédese fuera hasta que el técnico diga que es seguro, aunque se sienta mejor.'
      ],
      fireSteps: [
        'Salga ya con todos. Cierre las puertas al salir.',
        'Llame al 999 y pida bomberos. Diga si hay una bombona o un depósito de gas.',
        'Después al 0800 111 999 (Irlanda del Norte 0800 002 001). Por una bombona o un depósito, llámenos.',
        'Aléjese mucho: una bombona o un depósito puede reventar. Espere a los bomberos.'
      ]
    }
  }),
  hi: otherwise({
    ill: 'कोई बीमार है',
    fire: 'दमकल',
    national: 'राष्ट्रीय गैस आपातकालीन लाइन',
    northern: 'उत्तरी आयरलैंड',
    own: 'हमारी आपातकालीन लाइन',
    ownCylinder: 'हमारी लाइन: सिलेंडर या टैंक',
    cylinder: {
      gas: {
        title: 'अभी करें: हवा, वाल्व, बाहर, फोन',
        steps: [
          'दरवाज़े और खिड़कियां खोलें।',
          'बिना खतरे के कर सकें तो सिलेंडर या टैंक का वाल्व बंद करें।',
          'सबके साथ बाहर जाएं। यह गैस नीचे बैठती है, नालियों और नीची जगहों से दूर रहें।',
          'बाहर से हमें फोन करें।',
          'जब तक इंजीनियर न कहे कि अब खतरा नहीं है, अंदर न जाएं।'
        ],
        avoid: [
          'कोई स्विच, बत्ती या घंटी न छुएं।',
          'आग न जलाएं, धूम्रपान न करें।',
          'अंदर फोन का इस्तेमाल बिल्कुल न करें।',
          'सिलेंडर को उसकी जगह से न हटाएं, न खुद दोबारा खोलें।'
        ]
      },
      co: [
        'दरवाज़े और खिड़कियां खोलें और सबके साथ बाहर जाएं।',
        'गैस उपकरण तभी बंद करें जब वे बाहर जाने के रास्ते में हों।',
        'कोई बीमार हो या होश में न हो तो 999 पर फोन करें।',
        'फिर हमें फोन करें।',
        'जब तक इंजीनियर न कहे कि अब खतरा नहीं है, बाहर ही रहें, भले ही तबीयत ठीक लगने लगे।'
      ],
      fireSteps: [
        'सबके साथ अभी बाहर निकलें। पीछे दरवाज़े बंद करें।',
        '999 पर फोन करके दमकल बुलाएं। बताएं कि वहां गैस सिलेंडर या टैंक है।',
        'फिर हमें फोन करें।',
        'बहुत दूर रहें: सिलेंडर या टैंक फट सकता है। दमकल का इंतज़ार करें।'
      ]
    },
    unknown: {
      gas: [
        'दरवाज़े और खिड़कियां खोलें।',
        'बिना खतरे के कर सकें तो गैस बंद करें: मीटर के पास (तहखाने में कभी नहीं), या सिलेंडर या टैंक पर।',
        'सबके साथ बाहर जाएं। सिलेंडर की गैस नीचे बैठती है, नीची जगहों से दूर रहें।',
        'बाहर से 0800 111 999 पर फोन करें (उत्तरी आयरलैंड 0800 002 001)। सिलेंडर या टैंक हो तो हमें फोन करें।',
        'जब तक इंजीनियर न कहे कि अब खतरा नहीं है, अंदर न जाएं।'
      ],
      co: [
        'दरवाज़े और खिड़कियां खोलें और सबके साथ बाहर जाएं।',
        'गैस उपकरण तभी बंद करें जब वे बाहर जाने के रास्ते में हों।',
        'कोई बीमार हो या होश में न हो तो 999 पर फोन करें।',
        '0800 111 999 पर फोन करें (उत्तरी आयरलैंड 0800 002 001)। सिलेंडर या टैंक हो तो हमें फोन करें।',
        'जब तक इंजीनियर न कहे कि अब खतरा नहीं है, बाहर ही रहें, भले ही तबीयत ठीक लगने लगे।'
      ],
      fireSteps: [
        'सबके साथ अभी बाहर निकलें। पीछे दरवाज़े बंद करें।',
        '999 पर फोन करके दमकल बुलाएं। गैस सिलेंडर या टैंक हो तो बताएं।',
        'फिर 0800 111 999 पर फोन करें (उत्तरी आयरलैंड 0800 002 001)। सिलेंडर या टैंक हो तो हमें फोन करें।',
        'बहुत दूर रहें: सिलेंडर या टैंक फट सकता है। दमकल का इंतज़ार करें।'
      ]
    }
  }),
  fr: otherwise({
    ill: 'Quelqu’un se sent mal',
    fire: 'Pompiers',
    national: 'Urgence gaz nationale',
    northern: 'Irlande du Nord',
    own: 'Notre ligne d’urgence',
    ownCylinder: 'Notre ligne : bouteille ou citerne',
    cylinder: {
      gas: {
        title: 'Agissez : air, vanne, dehors, appel',
        steps: [
          'Ouvrez portes et fenêtres.',
          'Fermez la vanne de la bouteille ou de la citerne si c’est sans danger.',
          'Sortez avec tout le monde. Ce gaz s’accumule au sol : éloignez-vous des points bas et des bouches d’égout.',
          'De dehors, appelez-nous.',
          'Ne rentrez pas avant que le technicien dise qu’il n’y a plus de danger.'
        ],
        avoid: [
          'Ne touchez ni interrupteur, ni lumière, ni sonnette.',
          'Pas de flamme, pas de cigarette.',
          'N’utilisez pas de téléphone à l’intérieur.',
          'Ne déplacez pas la bouteille et ne la rouvrez pas vous-même.'
        ]
      },
      co: [
        'Ouvrez portes et fenêtres et sortez avec tout le monde.',
        'Éteignez les appareils à gaz seulement s’ils sont sur votre chemin.',
        'Si quelqu’un se sent mal ou ne se réveille pas, appelez le 999.',
        'Puis appelez-nous.',
        'Restez dehors jusqu’à ce que le technicien dise qu’il n’y a plus de danger, même si vous allez mieux.'
      ],
      fireSteps: [
        'Sortez maintenant avec tout le monde. Fermez les portes derrière vous.',
        'Appelez le 999 et demandez les pompiers. Dites qu’il y a une bouteille ou une citerne de gaz.',
        'Puis appelez-nous.',
        'Restez très loin : une bouteille ou une citerne peut exploser. Attendez les pompiers.'
      ]
    },
    unknown: {
      gas: [
        'Ouvrez portes et fenêtres.',
        'Coupez le gaz si c’est sans danger : près du compteur (jamais à la cave), ou sur la bouteille ou la citerne.',
        'Sortez avec tout le monde. Le gaz en bouteille s’accumule au sol : éloignez-vous des points bas.',
        'De dehors, appelez le 0800 111 999 (Irlande du Nord 0800 002 001). Pour une bouteille ou une citerne, appelez-nous.',
        'Ne rentrez pas avant que le technicien dise qu’il n’y a plus de danger.'
      ],
      co: [
        'Ouvrez portes et fenêtres et sortez avec tout le monde.',
        'Éteignez les appareils à gaz seulement s’ils sont sur votre chemin.',
        'Si quelqu’un se sent mal ou ne se réveille pas, appelez le 999.',
        'Appelez le 0800 111 999 (Irlande du Nord 0800 002 001). Pour une bouteille ou une citerne, appelez-nous.',
        'Restez dehors jusqu’à ce que le technicien dise qu’il n’y a plus de danger, même si vous allez mieux.'
      ],
      fireSteps: [
        'Sortez maintenant avec tout le monde. Fermez les portes derrière vous.',
        'Appelez le 999 et demandez les pompiers. Dites s’il y a une bouteille ou une citerne de gaz.',
        'Puis appelez le 0800 111 999 (Irlande du Nord 0800 002 001). Pour une bouteille ou une citerne, appelez-nous.',
        'Restez très loin : une bouteille ou une citerne peut exploser. Attendez les pompiers.'
      ]
    }
  })
};
