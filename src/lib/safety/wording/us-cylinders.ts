/** What people in the United States are told otherwise where the gas comes from a cylinder or a tank: it sinks, and they burst. */
import type { Otherwise, WordingLocale } from '../wording.ts';

/** Labels of the lines, and the words that differ, in one language. */
interface Told {
  emergency: string;
  own: string;
  ownPiped: string;
  ownCylinder: string;
  gasSteps: readonly string[];
  gasAvoid: readonly string[];
  unknownAvoid: readonly string[];
  fireSteps: readonly string[];
}

function otherwise(told: Told): Otherwise {
  const { emergency, own, ownPiped, ownCylinder, gasSteps, gasAvoid, unknownAvoid, fireSteps } = told;
  const services = { label: emergency, number: '911' };
  const cylinderLines = [services, { label: own, of: 'cylinder' as const }];
  const bothLines = [services, { label: ownPiped }, { label: ownCylinder, of: 'cylinder' as const }];
  return {
    cylinder: {
      gas: { steps: gasSteps, avoid: gasAvoid, lines: cylinderLines },
      co: { lines: cylinderLines },
      fire: { steps: fireSteps, lines: cylinderLines }
    },
    unknown: {
      gas: { avoid: unknownAvoid, lines: bothLines },
      co: { lines: bothLines },
      fire: { steps: fireSteps, lines: bothLines }
    }
  };
}

export const cylinders: Record<WordingLocale, Otherwise> = {
  en: otherwise({
    emergency: 'Emergency services',
    own: 'Our emergency line',
    ownPiped: 'Our line: gas from the street',
    ownCylinder: 'Our line: cylinder or tank',
    gasSteps: [
      'Leave the building now. Take everyone with you.',
      'Walk to a safe place, well away from the tank or cylinder and from the smell. Do not drive.',
      'From there, call 911 and then us.',
      'Wait outside. Do not go back in until we tell you it is safe.'
    ],
    gasAvoid: [
      'Keep out of cellars, ditches and other low places: this gas sinks.',
      'Do not switch lights or appliances on or off.',
      'Do not use a phone inside, not even this one.',
      'No matches, lighters or cigarettes. Do not start a car or any engine.',
      'Do not move the cylinder. Do not stop to look for the leak.'
    ],
    unknownAvoid: [
      'Do not switch lights or appliances on or off.',
      'Do not use a phone inside, not even this one.',
      'No matches, lighters or cigarettes. Do not start a car or any engine.',
      'Do not stop to open windows or to look for the leak.',
      'Is it a cylinder or a tank? Keep out of low places: that gas sinks.'
    ],
    fireSteps: [
      'Leave the building now. Take everyone with you.',
      'Move far away from the fire and from any cylinder or tank. It can burst.',
      'Call 911, then us.',
      'Wait for the firefighters and keep others away.'
    ]
  }),
  es: otherwise({
    emergency: 'Emergencias',
    own: 'Nuestra línea de emergencia',
    ownPiped: 'Nuestra línea: gas de la calle',
    ownCylinder: 'Nuestra línea: cilindro o tanque',
    gasSteps: [
      'Salga del edificio ahora. Lleve a todos con usted.',
      'Camine hasta un lugar seguro, lejos del tanque o cilindro y del olor. No maneje.',
      'Desde ahí llame al 911 y después a nosotros.',
      'Espere afuera. No vuelva a entrar hasta que le digamos que es seguro.'
    ],
    gasAvoid: [
      'No entre en sótanos, zanjas ni otros lugares bajos: este gas se acumula a ras del suelo.',
      'No encienda ni apague luces ni aparatos.',
      'No use ningún teléfono adentro, tampoco este.',
      'Nada de fósforos, encendedores ni cigarrillos. No arranque un auto ni otro motor.',
      'No mueva el cilindro. No se detenga a buscar la fuga.'
    ],
    unknownAvoid: [
      'No encienda ni apague luces ni aparatos.',
      'No use ningún teléfono adentro, tampoco este.',
      'Nada de fósforos, encendedores ni cigarrillos. No arranque un auto ni otro motor.',
      'No se detenga a abrir ventanas ni a buscar la fuga.',
      '¿Es un cilindro o un tanque? Evite los lugares bajos: ese gas se acumula a ras del suelo.'
    ],
    fireSteps: [
      'Salga del edificio ahora. Lleve a todos con usted.',
      'Aléjese mucho del fuego y de todo cilindro o tanque. Puede reventar.',
      'Llame al 911 y después a nosotros.',
      'Espere a los bomberos y no deje que otros se acerquen.'
    ]
  }),
  hi: otherwise({
    emergency: 'आपातकालीन सेवा',
    own: 'हमारी आपातकालीन लाइन',
    ownPiped: 'हमारी लाइन: पाइप वाली गैस',
    ownCylinder: 'हमारी लाइन: सिलेंडर या टैंक',
    gasSteps: [
      'इमारत से अभी बाहर निकलें। सबको साथ ले जाएं।',
      'पैदल चलकर टैंक या सिलेंडर और गंध से दूर, सुरक्षित जगह पर जाएं। गाड़ी न चलाएं।',
      'वहां से 911 पर और फिर हमें फोन करें।',
      'बाहर रुकें। जब तक हम न कहें कि अब खतरा नहीं है, अंदर न जाएं।'
    ],
    gasAvoid: [
      'तहखाने, गड्ढे और नीची जगहों से दूर रहें: यह गैस नीचे बैठती है।',
      'बत्ती या कोई उपकरण चालू या बंद न करें।',
      'अंदर कोई फोन इस्तेमाल न करें, यह भी नहीं।',
      'माचिस, लाइटर या सिगरेट न जलाएं। कार या कोई इंजन चालू न करें।',
      'सिलेंडर को उसकी जगह से न हटाएं। रिसाव ढूंढने के लिए न रुकें।'
    ],
    unknownAvoid: [
      'बत्ती या कोई उपकरण चालू या बंद न करें।',
      'अंदर कोई फोन इस्तेमाल न करें, यह भी नहीं।',
      'माचिस, लाइटर या सिगरेट न जलाएं। कार या कोई इंजन चालू न करें।',
      'खिड़की खोलने या रिसाव ढूंढने के लिए न रुकें।',
      'सिलेंडर या टैंक है? नीची जगहों से दूर रहें: वह गैस नीचे बैठती है।'
    ],
    fireSteps: [
      'इमारत से अभी बाहर निकलें। सबको साथ ले जाएं।',
      'आग से और हर सिलेंडर या टैंक से बहुत दूर जाएं। वह फट सकता है।',
      '911 पर और फिर हमें फोन करें।',
      'दमकल का इंतज़ार करें और दूसरों को दूर रखें।'
    ]
  }),
  fr: otherwise({
    emergency: 'Secours',
    own: 'Notre ligne d’urgence',
    ownPiped: 'Notre ligne : gaz de ville',
    ownCylinder: 'Notre ligne : bouteille ou citerne',
    gasSteps: [
      'Quittez le bâtiment maintenant. Emmenez tout le monde.',
      'Éloignez-vous à pied de la citerne ou de la bouteille et de l’odeur. Ne prenez pas la voiture.',
      'De là, appelez le 911, puis nous.',
      'Attendez dehors. Ne rentrez pas avant que nous disions qu’il n’y a plus de danger.'
    ],
    gasAvoid: [
      'N’allez pas dans les caves, les fossés ni d’autres points bas : ce gaz s’accumule au sol.',
      'N’allumez et n’éteignez ni lumière ni appareil.',
      'N’utilisez aucun téléphone à l’intérieur, pas même celui-ci.',
      'Pas d’allumette, de briquet ni de cigarette. Ne démarrez ni voiture ni moteur.',
      'Ne déplacez pas la bouteille. Ne cherchez pas la fuite.'
    ],
    unknownAvoid: [
      'N’allumez et n’éteignez ni lumière ni appareil.',
      'N’utilisez aucun téléphone à l’intérieur, pas même celui-ci.',
      'Pas d’allumette, de briquet ni de cigarette. Ne démarrez ni voiture ni moteur.',
      'Ne perdez pas de temps à ouvrir les fenêtres ou à chercher la fuite.',
      'Une bouteille ou une citerne ? Éloignez-vous des points bas : ce gaz s’accumule au sol.'
    ],
    fireSteps: [
      'Quittez le bâtiment maintenant. Emmenez tout le monde.',
      'Éloignez-vous le plus possible du feu et de toute bouteille ou citerne. Elle peut exploser.',
      'Appelez le 911, puis nous.',
      'Attendez les pompiers et tenez les autres à distance.'
    ]
  })
};
