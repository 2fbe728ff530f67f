/** What people in the United States are told: leave first, touch nothing, call 911 and the utility from a safe place. */
import type { PipedWording, Wording } from '../wording.ts';
import { around } from './around.ts';
import { cylinders } from './us-cylinders.ts';

const english: PipedWording = {
  gas: {
    title: 'Leave now, then call',
    steps: [
      'Leave the building now. Take everyone with you.',
      'Walk to a safe place, well away from the smell. Do not drive.',
      'From there, call 911 and then us.',
      'Wait outside. Do not go back in until we tell you it is safe.'
    ],
    avoid: [
      'Do not switch lights or appliances on or off.',
      'Do not use a phone inside, not even this one.',
      'No matches, lighters or cigarettes.',
      'Do not start a car or any engine.',
      'Do not stop to open windows or to look for the leak.'
    ]
  },
  co: {
    title: 'Get into fresh air now, then call',
    steps: [
      'Go outside now. Take everyone and your pets with you.',
      'Call 911 from outside. Say that it may be carbon monoxide and who feels ill.',
      'Then call us.',
      'Stay outside until firefighters or we tell you it is safe, even if you feel better.'
    ],
    avoid: [
      'Do not go back for anything.',
      'Do not look for the cause.',
      'Do not take the batteries out of the alarm.',
      'Do not drive if you feel dizzy, sick or sleepy.'
    ]
  },
  fire: {
    title: 'Get out, stay out, call 911',
    steps: [
      'Leave the building now. Take everyone with you.',
      'Move far away from the fire and the smell of gas.',
      'Call 911, then us.',
      'Wait for the firefighters and keep others away.'
    ],
    avoid: [
      'Do not fight burning gas. Do not try to put it out with water.',
      'Do not go back in.',
      'Do not touch gas valves, meters or switches.'
    ]
  },
  avoidTitle: 'Do not',
  callTitle: 'Call from a safe place',
  lines: {
    gas: [{ label: 'Emergency services', number: '911' }, { label: 'Our emergency line' }],
    co: [{ label: 'Emergency services', number: '911' }, { label: 'Our emergency line' }],
    fire: [{ label: 'Emergency services', number: '911' }, { label: 'Our emergency line' }]
  }
};

const spanish: PipedWording = {
  gas: {
    title: 'Salga ya y después llame',
    steps: [
      'Salga del edificio ahora. Lleve a todos con usted.',
      'Camine hasta un lugar seguro, lejos del olor. No maneje.',
      'Desde ahí llame al 911 y después a nosotros.',
      'Espere afuera. No vuelva a entrar hasta que le digamos que es seguro.'
    ],
    avoid: [
      'No encienda ni apague luces ni aparatos.',
      'No use ningún teléfono adentro, tampoco este.',
      'Nada de fósforos, encendedores ni cigarrillos.',
      'No arranque un auto ni otro motor.',
      'No se detenga a abrir ventanas ni a buscar la fuga.'
    ]
  },
  co: {
    title: 'Salga al aire libre ya y después llame',
    steps: [
      'Salga ahora. Lleve a todos y a sus mascotas.',
      'Llame al 911 desde afuera. Diga que puede ser monóxido de carbono y quién se siente mal.',
      'Después llámenos.',
      'Quédese afuera hasta que los bomberos o nosotros le digamos que es seguro, aunque se sienta mejor.'
    ],
    avoid: [
      'No vuelva por nada.',
      'No busque la causa.',
      'No quite las pilas de la alarma.',
      'No maneje si tiene mareo, náuseas o sueño.'
    ]
  },
  fire: {
    title: 'Salga, no vuelva y llame al 911',
    steps: [
      'Salga del edificio ahora. Lleve a todos con usted.',
      'Aléjese mucho del fuego y del olor a gas.',
      'Llame al 911 y después a nosotros.',
      'Espere a los bomberos y no deje que otros se acerquen.'
    ],
    avoid: [
      'No intente apagar gas que arde, tampoco con agua.',
      'No vuelva a entrar.',
      'No toque válvulas, medidores ni interruptores.'
    ]
  },
  avoidTitle: 'No haga esto',
  callTitle: 'Llame desde un lugar seguro',
  lines: {
    gas: [{ label: 'Emergencias', number: '911' }, { label: 'Nuestra línea de emergencia' }],
    co: [{ label: 'Emergencias', number: '911' }, { label: 'Nuestra línea de emergencia' }],
    fire: [{ label: 'Emergencias', number: '911' }, { label: 'Nuestra línea de emergencia' }]
  }
};

const hindi: PipedWording = {
  gas: {
    title: 'अभी बाहर निकलें, फिर फोन करें',
    steps: [
      'इमारत से अभी बाहर निकलें। सबको साथ ले जाएं।',
      'पैदल चलकर गंध से दूर, सुरक्षित जगह पर जाएं। गाड़ी न चलाएं।',
      'वहां से 911 पर और फिर हमें फोन करें।',
      'बाहर रुकें। जब तक हम न कहें कि अब खतरा नहीं है, अंदर न जाएं।'
    ],
    avoid: [
      'बत्ती या कोई उपकरण चालू या बंद न करें।',
      'अंदर कोई फोन इस्तेमाल न करें, यह भी नहीं।',
      'माचिस, लाइटर या सिगरेट न जलाएं।',
      'कार या कोई इंजन चालू न करें।',
      'खिड़की खोलने या रिसाव ढूंढने के लिए न रुकें।'
    ]
  },
  co: {
    title: 'अभी खुली हवा में जाएं, फिर फोन करें',
    steps: [
      'अभी बाहर जाएं। सबको और पालतू जानवरों को साथ ले जाएं।',
      'बाहर से 911 पर फोन करें। कहें कि कार्बन मोनोऑक्साइड हो सकती है और किसकी तबीयत खराब है।',
      'फिर हमें फोन करें।',
      'जब तक दमकलकर्मी या हम न कहें कि अब खतरा नहीं है, बाहर ही रहें, भले ही तबीयत ठीक लगने लगे।'
    ],
    avoid: [
      'किसी भी चीज़ के लिए वापस न जाएं।',
      'कारण न ढूंढें।',
      'अलार्म की बैटरी न निकालें।',
      'चक्कर, मतली या नींद आ रही हो तो गाड़ी न चलाएं।'
    ]
  },
  fire: {
    title: 'बाहर निकलें, बाहर रहें, 911 पर फोन करें',
    steps: [
      'इमारत से अभी बाहर निकलें। सबको साथ ले जाएं।',
      'आग और गैस की गंध से बहुत दूर जाएं।',
      '911 पर और फिर हमें फोन करें।',
      'दमकल का इंतज़ार करें और दूसरों को दूर रखें।'
    ],
    avoid: ['जलती गैस को बुझाने की कोशिश न करें, पानी से भी नहीं।', 'वापस अंदर न जाएं।', 'गैस वाल्व, मीटर या स्विच न छुएं।']
  },
  avoidTitle: 'ऐसा न करें',
  callTitle: 'सुरक्षित जगह से फोन करें',
  lines: {
    gas: [{ label: 'आपातकालीन सेवा', number: '911' }, { label: 'हमारी आपातकालीन लाइन' }],
    co: [{ label: 'आपातकालीन सेवा', number: '911' }, { label: 'हमारी आपातकालीन लाइन' }],
    fire: [{ label: 'आपातकालीन सेवा', number: '911' }, { label: 'हमारी आपातकालीन लाइन' }]
  }
};

const french: PipedWording = {
  gas: {
    title: 'Sortez tout de suite, puis appelez',
    steps: [
      'Quittez le bâtiment maintenant. Emmenez tout le monde.',
      'Éloignez-vous de l’odeur à pied, jusqu’à un endroit sûr. Ne prenez pas la voiture.',
      'De là, appelez le 911, puis nous.',
      'Attendez dehors. Ne rentrez pas avant que nous disions qu’il n’y a plus de danger.'
    ],
    avoid: [
      'N’allumez et n’éteignez ni lumière ni appareil.',
      'N’utilisez aucun téléphone à l’intérieur, pas même celui-ci.',
      'Pas d’allumette, de briquet ni de cigarette.',
      'Ne démarrez ni voiture ni moteur.',
      'Ne perdez pas de temps à ouvrir les fenêtres ou à chercher la fuite.'
    ]
  },
  co: {
    title: 'À l’air libre tout de suite, puis appelez',
    steps: [
      'Sortez maintenant. Emmenez tout le monde et vos animaux.',
      'Appelez le 911 de dehors. Dites que c’est peut-être du monoxyde de carbone et qui se sent mal.',
      'Puis appelez-nous.',
      'Restez dehors jusqu’à ce que les pompiers ou nous disions qu’il n’y a plus de danger, même si vous allez mieux.'
    ],
    avoid: [
      'Ne retournez rien chercher.',
      'Ne cherchez pas la cause.',
      'N’enlevez pas les piles de l’alarme.',
      'Ne conduisez pas si vous avez des vertiges, des nausées ou sommeil.'
    ]
  },
  fire: {
    title: 'Sortez, restez dehors, appelez le 911',
    steps: [
      'Quittez le bâtiment maintenant. Emmenez tout le monde.',
      'Éloignez-vous le plus possible du feu et de l’odeur de gaz.',
      'Appelez le 911, puis nous.',
      'Attendez les pompiers et tenez les autres à distance.'
    ],
    avoid: [
      'N’essayez pas d’éteindre du gaz qui brûle, même avec de l’eau.',
      'Ne rentrez pas.',
      'Ne touchez ni vanne, ni compteur, ni interrupteur.'
    ]
  },
  avoidTitle: 'À ne pas faire',
  callTitle: 'Appelez d’un endroit sûr',
  lines: {
    gas: [{ label: 'Secours', number: '911' }, { label: 'Notre ligne d’urgence' }],
    co: [{ label: 'Secours', number: '911' }, { label: 'Notre ligne d’urgence' }],
    fire: [{ label: 'Secours', number: '911' }, { label: 'Notre ligne d’urgence' }]
  }
};

export const unitedStates: Wording = {
  version: 'US-4',
  words: {
    en: { ...english, ...cylinders.en, around: around.en },
    es: { ...spanish, ...cylinders.es, around: around.es },
    hi: { ...hindi, ...cylinders.hi, around: around.hi },
    fr: { ...french, ...cylinders.fr, around: around.fr }
  }
};
