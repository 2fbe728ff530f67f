/** What people with piped gas in India are told: valve, air, out, and the network's own line. */
import type { PipedWording, Wording } from '../wording.ts';
import { around } from './around.ts';
import { cylinders } from './india-cylinders.ts';

const english: PipedWording = {
  gas: {
    title: 'Act now: valve, air, out, call',
    steps: [
      'Turn off the gas valve at the stove or by the meter.',
      'Put out every flame: stove, lamp, incense.',
      'Open doors and windows.',
      'Go outside with everyone.',
      'From outside, call us.'
    ],
    avoid: [
      'Do not switch anything electrical on or off, fans included.',
      'No matches and no smoking.',
      'Do not use a phone inside.',
      'Do not turn the gas back on yourself.'
    ]
  },
  co: {
    title: 'Fresh air now, then call',
    steps: [
      'Go outside now. Carry out anyone who is unconscious if you can do it safely.',
      'Open doors and windows on your way.',
      'Turn off the geyser, heater or stove only if it is on your way.',
      'Call 112 if anyone is ill. Then call us.',
      'Stay outside until somebody qualified says it is safe.'
    ],
    avoid: [
      'Do not use the geyser, heater or coal fire again.',
      'Do not go back for anything.',
      'Do not take the batteries out of the alarm.'
    ]
  },
  fire: {
    title: 'Get out and call 112',
    steps: [
      'Go outside now with everyone.',
      'Move far from the fire and the smell of gas.',
      'Call 112 for the fire brigade. Then call us.',
      'Keep others away and wait for help.'
    ],
    avoid: ['Do not try to put out burning gas.', 'Do not go back in.', 'Do not touch switches.']
  },
  avoidTitle: 'Do not',
  callTitle: 'Call from outside',
  lines: {
    gas: [{ label: 'Our emergency line' }],
    co: [{ label: 'Ambulance', number: '112' }, { label: 'Our emergency line' }],
    fire: [{ label: 'Fire brigade', number: '112' }, { label: 'Our emergency line' }]
  }
};

const hindi: PipedWording = {
  gas: {
    title: 'अभी करें: वाल्व, हवा, बाहर, फोन',
    steps: [
      'चूल्हे या मीटर के पास का गैस वाल्व बंद करें।',
      'हर लौ बुझा दें: चूल्हा, दीया, अगरबत्ती।',
      'दरवाज़े और खिड़कियां खोलें।',
      'सबके साथ बाहर जाएं।',
      'बाहर से हमें फोन करें।'
    ],
    avoid: [
      'बिजली का कोई स्विच चालू या बंद न करें, पंखा भी नहीं।',
      'माचिस न जलाएं, धूम्रपान न करें।',
      'अंदर फोन का इस्तेमाल बिल्कुल न करें।',
      'गैस खुद दोबारा चालू न करें।'
    ]
  },
  co: {
    title: 'अभी खुली हवा में जाएं, फिर फोन करें',
    steps: [
      'अभी बाहर जाएं। कोई बेहोश हो तो उसे बाहर तभी ले जाएं जब आप बिना खतरे के ऐसा कर सकें।',
      'जाते हुए दरवाज़े और खिड़कियां खोलें।',
      'गीज़र, हीटर या चूल्हा तभी बंद करें जब वह रास्ते में हो।',
      'कोई बीमार हो तो 112 पर फोन करें। फिर हमें फोन करें।',
      'जब तक कोई प्रशिक्षित व्यक्ति न कहे कि खतरा नहीं है, बाहर ही रहें।'
    ],
    avoid: ['गीज़र, हीटर या अंगीठी दोबारा न चलाएं।', 'किसी भी चीज़ के लिए वापस न जाएं।', 'अलार्म की बैटरी न निकालें।']
  },
  fire: {
    title: 'बाहर निकलें और 112 पर फोन करें',
    steps: [
      'सबके साथ अभी बाहर जाएं।',
      'आग और गैस की गंध से बहुत दूर जाएं।',
      'दमकल के लिए 112 पर फोन करें। फिर हमें फोन करें।',
      'दूसरों को दूर रखें और मदद का इंतज़ार करें।'
    ],
    avoid: ['जलती गैस को बुझाने की कोशिश न करें।', 'वापस अंदर न जाएं।', 'स्विच न छुएं।']
  },
  avoidTitle: 'ऐसा न करें',
  callTitle: 'बाहर से फोन करें',
  lines: {
    gas: [{ label: 'हमारी आपातकालीन लाइन' }],
    co: [{ label: 'एम्बुलेंस', number: '112' }, { label: 'हमारी आपातकालीन लाइन' }],
    fire: [{ label: 'दमकल', number: '112' }, { label: 'हमारी आपातकालीन लाइन' }]
  }
};

const spanish: PipedWording = {
  gas: {
    title: 'Actúe ya: llave, aire, fuera, llamar',
    steps: [
      'Cierre la llave del gas en la cocina o junto al medidor.',
      'Apague toda llama: cocina, lámpara, incienso.',
      'Abra puertas y ventanas.',
      'Salga con todos.',
      'Desde fuera llámenos.'
    ],
    avoid: [
      'No encienda ni apague nada eléctrico, tampoco ventiladores.',
      'Nada de fósforos ni de fumar.',
      'No use el teléfono dentro.',
      'No vuelva a abrir el gas usted mismo.'
    ]
  },
  co: {
    title: 'Aire fresco ya y después llame',
    steps: [
      'Salga ahora. Saque a quien esté inconsciente si puede hacerlo sin peligro.',
      'Abra puertas y ventanas al salir.',
      'Apague el calentador o la cocina solo si le queda de camino.',
      'Si alguien se siente mal, llame al 112. Después a nosotros.',
      'Quédese fuera hasta que alguien calificado diga que es seguro.'
    ],
    avoid: [
      'No vuelva a usar el calentador ni el brasero.',
      'No vuelva por nada.',
      'No quite las pilas de la alarma.'
    ]
  },
  fire: {
    title: 'Salga y llame al 112',
    steps: [
      'Salga ahora con todos.',
      'Aléjese mucho del fuego y del olor a gas.',
      'Llame al 112 para los bomberos. Después a nosotros.',
      'No deje que otros se acerquen y espere ayuda.'
    ],
    avoid: ['No intente apagar gas que arde.', 'No vuelva a entrar.', 'No toque interruptores.']
  },
  avoidTitle: 'No haga esto',
  callTitle: 'Llame desde fuera',
  lines: {
    gas: [{ label: 'Nuestra línea de emergencia' }],
    co: [{ label: 'Ambulancia', number: '112' }, { label: 'Nuestra línea de emergencia' }],
    fire: [{ label: 'Bomberos', number: '112' }, { label: 'Nuestra línea de emergencia' }]
  }
};

const french: PipedWording = {
  gas: {
    title: 'Agissez : vanne, air, dehors, appel',
    steps: [
      'Fermez la vanne de gaz près du réchaud ou du compteur.',
      'Éteignez toute flamme : réchaud, lampe, encens.',
      'Ouvrez portes et fenêtres.',
      'Sortez avec tout le monde.',
      'De dehors, appelez-nous.'
    ],
    avoid: [
      'N’allumez et n’éteignez rien d’électrique, pas même un ventilateur.',
      'Pas d’allumette, pas de cigarette.',
      'N’utilisez pas de téléphone à l’intérieur.',
      'Ne rouvrez pas le gaz vous-même.'
    ]
  },
  co: {
    title: 'À l’air libre tout de suite, puis appelez',
    steps: [
      'Sortez maintenant. Emmenez dehors toute personne inconsciente si vous pouvez le faire sans danger.',
      'Ouvrez portes et fenêtres en passant.',
      'Éteignez le chauffe-eau ou le réchaud seulement s’il est sur votre chemin.',
      'Si quelqu’un se sent mal, appelez le 112. Puis appelez-nous.',
      'Restez dehors jusqu’à ce qu’une personne qualifiée dise qu’il n’y a plus de danger.'
    ],
    avoid: [
      'N’utilisez plus le chauffe-eau ni le brasero.',
      'Ne retournez rien chercher.',
      'N’enlevez pas les piles de l’alarme.'
    ]
  },
  fire: {
    title: 'Sortez et appelez le 112',
    steps: [
      'Sortez maintenant avec tout le monde.',
      'Éloignez-vous le plus possible du feu et de l’odeur de gaz.',
      'Appelez le 112 pour les pompiers. Puis appelez-nous.',
      'Tenez les autres à distance et attendez les secours.'
    ],
    avoid: [
      'N’essayez pas d’éteindre du gaz qui brûle.',
      'Ne rentrez pas.',
      'Ne touchez pas aux interrupteurs.'
    ]
  },
  avoidTitle: 'À ne pas faire',
  callTitle: 'Appelez de dehors',
  lines: {
    gas: [{ label: 'Notre ligne d’urgence' }],
    co: [{ label: 'Ambulance', number: '112' }, { label: 'Notre ligne d’urgence' }],
    fire: [{ label: 'Pompiers', number: '112' }, { label: 'Notre ligne d’urgence' }]
  }
};

export const india: Wording = {
  version: 'IN-4',
  words: {
    en: { ...english, ...cylinders.en, around: around.en },
    es: { ...spanish, ...cylinders.es, around: around.es },
    hi: { ...hindi, ...cylinders.hi, around: around.hi },
    fr: { ...french, ...cylinders.fr, around: around.fr }
  }
};
