/** What people in India are told: close the regulator, touch no switch, air, out, and 1906. */
import type { LocalWording, ReviewedWording } from '../wording.ts';

const english: LocalWording = {
  gas: {
    title: 'Act now: regulator, air, out, call 1906',
    steps: [
      'Turn off the regulator on the cylinder, or the gas valve if you have piped gas.',
      'Put out every flame: stove, lamp, incense.',
      'Open doors and windows.',
      'Go outside with everyone. LPG sinks, so stay away from low places and drains.',
      'From outside, call 1906. Then call us.'
    ],
    avoid: [
      'Do not switch anything electrical on or off, fans included.',
      'No matches and no smoking.',
      'Do not use a phone inside.',
      'Do not move or repair the cylinder.'
    ]
  },
  co: {
    title: 'Fresh air now, then call',
    steps: [
      'Go outside now. Carry out anyone who is unconscious if you can do it safely.',
      'Open doors and windows on your way.',
      'Turn off the geyser, heater or stove only if it is on your way.',
      'Call 112 if anyone is ill. Then call 1906 and us.',
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
      'Move far from the cylinder. It can burst.',
      'Call 112 for the fire brigade. Then call 1906.',
      'Keep others away and wait for help.'
    ],
    avoid: ['Do not try to move a burning cylinder.', 'Do not go back in.', 'Do not touch switches.']
  },
  avoidTitle: 'Do not',
  callTitle: 'Call from outside',
  lines: {
    gas: [{ label: 'Gas emergency', number: '1906' }, { label: 'Our emergency line' }],
    co: [
      { label: 'Ambulance', number: '112' },
      { label: 'Gas emergency', number: '1906' },
      { label: 'Our emergency line' }
    ],
    fire: [
      { label: 'Fire brigade', number: '112' },
      { label: 'Gas emergency', number: '1906' }
    ]
  }
};

const hindi: LocalWording = {
  gas: {
    title: 'अभी करें: रेगुलेटर बंद, हवा, बाहर, 1906',
    steps: [
      'सिलेंडर का रेगुलेटर बंद करें। पाइप वाली गैस हो तो उसका वाल्व बंद करें।',
      'हर लौ बुझा दें: चूल्हा, दीया, अगरबत्ती।',
      'दरवाज़े और खिड़कियां खोलें।',
      'सबके साथ बाहर जाएं। एलपीजी नीचे बैठती है, नीची जगहों और नालियों से दूर रहें।',
      'बाहर से 1906 पर फोन करें। फिर हमें फोन करें।'
    ],
    avoid: [
      'बिजली का कोई स्विच चालू या बंद न करें, पंखा भी नहीं।',
      'माचिस न जलाएं, धूम्रपान न करें।',
      'अंदर फोन न करें।',
      'सिलेंडर को न हिलाएं, न खुद ठीक करें।'
    ]
  },
  co: {
    title: 'अभी खुली हवा में जाएं, फिर फोन करें',
    steps: [
      'अभी बाहर जाएं। कोई बेहोश हो और सुरक्षित हो तो उसे बाहर ले आएं।',
      'जाते हुए दरवाज़े और खिड़कियां खोलें।',
      'गीज़र, हीटर या चूल्हा तभी बंद करें जब वह रास्ते में हो।',
      'कोई बीमार हो तो 112 पर फोन करें। फिर 1906 पर और हमें।',
      'जब तक कोई जानकार न कहे कि सुरक्षित है, बाहर रहें।'
    ],
    avoid: ['गीज़र, हीटर या अंगीठी दोबारा न चलाएं।', 'किसी भी चीज़ के लिए वापस न जाएं।', 'अलार्म की बैटरी न निकालें।']
  },
  fire: {
    title: 'बाहर निकलें और 112 पर फोन करें',
    steps: [
      'सबके साथ अभी बाहर जाएं।',
      'सिलेंडर से बहुत दूर जाएं। वह फट सकता है।',
      'दमकल के लिए 112 पर फोन करें। फिर 1906 पर।',
      'दूसरों को दूर रखें और मदद का इंतज़ार करें।'
    ],
    avoid: ['जलते सिलेंडर को हटाने की कोशिश न करें।', 'वापस अंदर न जाएं।', 'स्विच न छुएं।']
  },
  avoidTitle: 'ऐसा न करें',
  callTitle: 'बाहर से फोन करें',
  lines: {
    gas: [{ label: 'गैस आपातकाल', number: '1906' }, { label: 'हमारी आपातकालीन लाइन' }],
    co: [
      { label: 'एम्बुलेंस', number: '112' },
      { label: 'गैस आपातकाल', number: '1906' },
      { label: 'हमारी आपातकालीन लाइन' }
    ],
    fire: [
      { label: 'दमकल', number: '112' },
      { label: 'गैस आपातकाल', number: '1906' }
    ]
  }
};

const spanish: LocalWording = {
  gas: {
    title: 'Actúe ya: regulador, aire, fuera, 1906',
    steps: [
      'Cierre el regulador del cilindro, o la llave si tiene gas por tubería.',
      'Apague toda llama: cocina, lámpara, incienso.',
      'Abra puertas y ventanas.',
      'Salga con todos. El gas de cilindro baja: aléjese de lugares bajos y desagües.',
      'Desde fuera llame al 1906. Después llámenos.'
    ],
    avoid: [
      'No encienda ni apague nada eléctrico, tampoco ventiladores.',
      'Nada de fósforos ni de fumar.',
      'No use el teléfono dentro.',
      'No mueva ni repare el cilindro.'
    ]
  },
  co: {
    title: 'Aire fresco ya y después llame',
    steps: [
      'Salga ahora. Saque a quien esté inconsciente si puede hacerlo sin peligro.',
      'Abra puertas y ventanas al salir.',
      'Apague el calentador o la cocina solo si le queda de camino.',
      'Si alguien se siente mal, llame al 112. Después al 1906 y a nosotros.',
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
      'Aléjese mucho del cilindro. Puede reventar.',
      'Llame al 112 para los bomberos. Después al 1906.',
      'No deje que otros se acerquen y espere ayuda.'
    ],
    avoid: ['No intente mover un cilindro que arde.', 'No vuelva a entrar.', 'No toque interruptores.']
  },
  avoidTitle: 'No haga esto',
  callTitle: 'Llame desde fuera',
  lines: {
    gas: [{ label: 'Emergencia de gas', number: '1906' }, { label: 'Nuestra línea de emergencia' }],
    co: [
      { label: 'Ambulancia', number: '112' },
      { label: 'Emergencia de gas', number: '1906' },
      { label: 'Nuestra línea de emergencia' }
    ],
    fire: [
      { label: 'Bomberos', number: '112' },
      { label: 'Emergencia de gas', number: '1906' }
    ]
  }
};

const french: LocalWording = {
  gas: {
    title: 'Agissez : détendeur, air, dehors, 1906',
    steps: [
      'Fermez le détendeur de la bouteille, ou la vanne si le gaz vient par tuyau.',
      'Éteignez toute flamme : réchaud, lampe, encens.',
      'Ouvrez portes et fenêtres.',
      'Sortez avec tout le monde. Le gaz en bouteille descend : évitez les creux et les égouts.',
      'De dehors, appelez le 1906. Puis appelez-nous.'
    ],
    avoid: [
      'N’allumez et n’éteignez rien d’électrique, pas même un ventilateur.',
      'Pas d’allumette, pas de cigarette.',
      'N’utilisez pas de téléphone à l’intérieur.',
      'Ne déplacez pas et ne réparez pas la bouteille.'
    ]
  },
  co: {
    title: 'À l’air libre tout de suite, puis appelez',
    steps: [
      'Sortez maintenant. Sortez toute personne inconsciente si c’est sans danger.',
      'Ouvrez portes et fenêtres en passant.',
      'N’éteignez le chauffe-eau ou le réchaud que s’il est sur votre chemin.',
      'Si quelqu’un est malade, appelez le 112. Puis le 1906 et nous.',
      'Restez dehors jusqu’à ce qu’une personne qualifiée dise que c’est sûr.'
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
      'Allez loin de la bouteille. Elle peut éclater.',
      'Appelez le 112 pour les pompiers. Puis le 1906.',
      'Tenez les autres à distance et attendez les secours.'
    ],
    avoid: [
      'N’essayez pas de déplacer une bouteille qui brûle.',
      'Ne rentrez pas.',
      'Ne touchez pas aux interrupteurs.'
    ]
  },
  avoidTitle: 'À ne pas faire',
  callTitle: 'Appelez de dehors',
  lines: {
    gas: [{ label: 'Urgence gaz', number: '1906' }, { label: 'Notre ligne d’urgence' }],
    co: [
      { label: 'Ambulance', number: '112' },
      { label: 'Urgence gaz', number: '1906' },
      { label: 'Notre ligne d’urgence' }
    ],
    fire: [
      { label: 'Pompiers', number: '112' },
      { label: 'Urgence gaz', number: '1906' }
    ]
  }
};

export const india: ReviewedWording = {
  version: 'IN-1',
  approved: { on: '2026-11-20', by: 'gas safety manager' },
  words: { en: english, es: spanish, hi: hindi, fr: french }
};
