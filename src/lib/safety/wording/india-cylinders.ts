/** What people in India are told otherwise of cylinders: regulator, no switch, air, out, and 1906, the cylinder-leak line. */
import type { Advice, Otherwise, WordingLocale } from '../wording.ts';
import { french, spanish } from './india-cylinders-abroad.ts';

/** Labels of the lines, and the words that differ, in one language. */
export interface Told {
  ambulance: string;
  brigade: string;
  leak: string;
  own: string;
  ownPiped: string;
  cylinder: { gas: Advice; coStep: readonly string[]; fire: Advice };
  unknown: { gas: Omit<Advice, 'title'>; coStep: readonly string[]; fireSteps: readonly string[] };
}

function otherwise({ ambulance, brigade, leak, own, ownPiped, cylinder, unknown }: Told): Otherwise {
  const national = { label: leak, number: '1906' };
  const ours = { label: own, of: 'cylinder' as const };
  const pipes = { label: ownPiped };
  const ill = { label: ambulance, number: '112' };
  const fire = { label: brigade, number: '112' };
  return {
    cylinder: {
      gas: { ...cylinder.gas, lines: [national, ours] },
      co: { steps: cylinder.coStep, lines: [ill, national, ours] },
      fire: { ...cylinder.fire, lines: [fire, national] }
    },
    unknown: {
      gas: { ...unknown.gas, lines: [national, pipes] },
      co: { steps: unknown.coStep, lines: [ill, national, pipes] },
      fire: { steps: unknown.fireSteps, lines: [fire, national, pipes] }
    }
  };
}

export const cylinders: Record<WordingLocale, Otherwise> = {
  en: otherwise({
    ambulance: 'Ambulance',
    brigade: 'Fire brigade',
    leak: 'Cylinder leak',
    own: 'Our emergency line',
    ownPiped: 'Our line: piped gas',
    cylinder: {
      gas: {
        title: 'Act now: regulator, air, out, call 1906',
        steps: [
          'Turn off the regulator on the cylinder.',
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
      coStep: [
        'Go outside now. Carry out anyone who is unconscious if you can do it safely.',
        'Open doors and windows on your way.',
        'Turn off the geyser, heater or stove only if it is on your way.',
        'Call 112 if anyone is ill. Then call 1906 and us.',
        'Stay outside until somebody qualified says it is safe.'
      ],
      fire: {
        title: 'Get out and call 112',
        steps: [
          'Go outside now with everyone.',
          'Move far from the cylinder. It can burst.',
          'Call 112 for the fire brigade. Then call 1906.',
          'Keep others away and wait for help.'
        ],
        avoid: ['Do not try to move a burning cylinder.', 'Do not go back in.', 'Do not touch switches.']
      }
    },
    unknown: {
      gas: {
        steps: [
          'Turn off the regulator on the cylinder, or the gas valve if you have piped gas.',
          'Put out every flame: stove, lamp, incense.',
          'Open doors and windows.',
          'Go outside with everyone. LPG sinks, so stay away from low places and drains.',
          'From outside, call 1906 for a cylinder. For piped gas, call us.'
        ],
        avoid: [
          'Do not switch anything electrical on or off, fans included.',
          'No matches and no smoking.',
          'Do not use a phone inside.',
          'Do not move the cylinder. Do not turn the gas back on yourself.'
        ]
      },
      coStep: [
        'Go outside now. Carry out anyone who is unconscious if you can do it safely.',
        'Open doors and windows on your way.',
        'Turn off the geyser, heater or stove only if it is on your way.',
        'Call 112 if anyone is ill. Then 1906 for a cylinder, or us for piped gas.',
        'Stay outside until somebody qualified says it is safe.'
      ],
      fireSteps: [
        'Go outside now with everyone.',
        'Move far from the fire and from any cylinder. It can burst.',
        'Call 112 for the fire brigade. Then 1906 for a cylinder, or us for piped gas.',
        'Keep others away and wait for help.'
      ]
    }
  }),
  hi: otherwise({
    ambulance: 'एम्बुलेंस',
    brigade: 'दमकल',
    leak: 'सिलेंडर का रिसाव',
    own: 'हमारी आपातकालीन लाइन',
    ownPiped: 'हमारी लाइन: पाइप वाली गैस',
    cylinder: {
      gas: {
        title: 'अभी करें: रेगुलेटर बंद, हवा, बाहर, 1906',
        steps: [
          'सिलेंडर का रेगुलेटर बंद करें।',
          'हर लौ बुझा दें: चूल्हा, दीया, अगरबत्ती।',
          'दरवाज़े और खिड़कियां खोलें।',
          'सबके साथ बाहर जाएं। एलपीजी नीचे बैठती है, नीची जगहों और नालियों से दूर रहें।',
          'बाहर से 1906 पर फोन करें। फिर हमें फोन करें।'
        ],
        avoid: [
          'बिजली का कोई स्विच चालू या बंद न करें, पंखा भी नहीं।',
          'माचिस न जलाएं, धूम्रपान न करें।',
          'अंदर फोन का इस्तेमाल बिल्कुल न करें।',
          'सिलेंडर को उसकी जगह से न हटाएं, न खुद ठीक करें।'
        ]
      },
      coStep: [
        'अभी बाहर जाएं। कोई बेहोश हो तो उसे बाहर तभी ले जाएं जब आप बिना खतरे के ऐसा कर सकें।',
        'जाते हुए दरवाज़े और खिड़कियां खोलें।',
        'गीज़र, हीटर या चूल्हा तभी बंद करें जब वह रास्ते में हो।',
        'कोई बीमार हो तो 112 पर फोन करें। फिर 1906 पर और हमें फोन करें।',
        'जब तक कोई प्रशिक्षित व्यक्ति न कहे कि खतरा नहीं है, बाहर ही रहें।'
      ],
      fire: {
        title: 'बाहर निकलें और 112 पर फोन करें',
        steps: [
          'सबके साथ अभी बाहर जाएं।',
          'सिलेंडर से बहुत दूर जाएं। वह फट सकता है।',
          'दमकल के लिए 112 पर फोन करें। फिर 1906 पर फोन करें।',
          'दूसरों को दूर रखें और मदद का इंतज़ार करें।'
        ],
        avoid: ['जलते सिलेंडर को हटाने की कोशिश न करें।', 'वापस अंदर न जाएं।', 'स्विच न छुएं।']
      }
    },
    unknown: {
      gas: {
        steps: [
          'सिलेंडर का रेगुलेटर बंद करें। पाइप वाली गैस हो तो उसका वाल्व बंद करें।',
          'हर लौ बुझा दें: चूल्हा, दीया, अगरबत्ती।',
          'दरवाज़े और खिड़कियां खोलें।',
          'सबके साथ बाहर जाएं। एलपीजी नीचे बैठती है, नीची जगहों और नालियों से दूर रहें।',
          'बाहर से सिलेंडर के लिए 1906 पर, पाइप वाली गैस के लिए हमें फोन करें।'
        ],
        avoid: [
          'बिजली का कोई स्विच चालू या बंद न करें, पंखा भी नहीं।',
          'माचिस न जलाएं, धूम्रपान न करें।',
          'अंदर फोन का इस्तेमाल बिल्कुल न करें।',
          'सिलेंडर को उसकी जगह से न हटाएं। गैस खुद दोबारा चालू न करें।'
        ]
      },
      coStep: [
        'अभी बाहर जाएं। कोई बेहोश हो तो उसे बाहर तभी ले जाएं जब आप बिना खतरे के ऐसा कर सकें।',
        'जाते हुए दरवाज़े और खिड़कियां खोलें।',
        'गीज़र, हीटर या चूल्हा तभी बंद करें जब वह रास्ते में हो।',
        'कोई बीमार हो तो 112 पर फोन करें। फिर सिलेंडर के लिए 1906 पर, पाइप वाली गैस के लिए हमें फोन करें।',
        'जब तक कोई प्रशिक्षित व्यक्ति न कहे कि खतरा नहीं है, बाहर ही रहें।'
      ],
      fireSteps: [
        'सबके साथ अभी बाहर जाएं।',
        'आग से और हर सिलेंडर से बहुत दूर जाएं। वह फट सकता है।',
        'दमकल के लिए 112 पर फोन करें। फिर सिलेंडर के लिए 1906 पर, पाइप वाली गैस के लिए हमें फोन करें।',
        'दूसरों को दूर रखें और मदद का इंतज़ार करें।'
      ]
    }
  }),
  es: otherwise(spanish),
  fr: otherwise(french)
};
