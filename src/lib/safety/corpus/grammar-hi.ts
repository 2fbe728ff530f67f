/** Hindi patterns in Latin letters the emergency screen is trained on; Devanagari is read by the same sounds. */
import type { Grammar } from './grammar.ts';

export const hindi: Grammar = {
  slots: {
    gas: 'gas | gas | gas | lpg | gais',
    me: 'me | mein | me | mai',
    in: 'ghar {me} | kitchen {me} | rasoi {me} | kamre {me} | bathroom {me} | seedhi {me} | dukan {me} | flat {me} | office {me} | {by} | pure ghar {me} | building {me} | basement {me}',
    by: '{thing} ke paas | {thing} ke pass | {thing} ke piche | {thing} ke neeche | {thing} se',
    thing:
      'chulhe | cylinder | meter | geyser | regulator | pipe | stove | heater | gas pipe | gas meter | chulha | silendar',
    out: 'gali {me} | sadak par | bahar | park ke paas | school ke bahar | society {me} | road pe | padosi ke ghar se | naali ke paas',
    smell:
      'gas ki badbu | gas ki smell | gas ki gandh | gas ki mehak | gas jaisi badbu | sade ande jaisi badbu | gas ki boo | gas ki tez smell | ajeeb badbu',
    is: 'aa rahi hai | aa rhi hai | hai | aa rahi | ho rahi hai | aati hai | faili hai | aa rahi he',
    when: 'subah se | kal raat se | abhi | bahut der se | ek ghante se | aaj | fir se | |||',
    hiss: 'seeti ki awaz | sur sur ki awaaz | hissing ki awaz | hawa nikalne ki awaz | phus phus ki awaz | sss ki awaj',
    leaks:
      'leak ho raha hai | leak hai | leak kar raha hai | se gas nikal rahi hai | se gas leak ho rahi hai | leak ho gaya | lik ho rha h',
    ills: 'chakkar | sar dard | sir dard | ulti | ghutan | kamzori | neend | sar me dard',
    victims: 'mummy | papa | bhai | beti | biwi | dadi | bachcha | padosi | kutta | mera dost',
    collapses: 'behosh ho gaya | behosh ho gayi | gir gaye | uth nahi rahe | behosh mile | hosh nahi hai',
    on: 'heater chalu tha | geyser on tha | gas chalu thi | angithi jal rahi thi | stove on hai | heater chalane ke baad | geyser chalane par',
    alarm:
      'co alarm | gas alarm | carbon monoxide alarm | gas detector | co detector | carbon monoxide detector',
    sounds:
      'baj raha hai | baj rha hai | beep kar raha hai | baj gaya | ki lal batti jal rahi hai | band nahi ho raha',
    breaker: 'jcb ne | majdur ne | gaadi ne | truck ne | padosi ne | khudai wale ne | plumber ne | drill se',
    broke: 'tod diya | tod di | kaat diya | thok diya | me ched kar diya | fod diya | kaat di',
    pipe: 'gas pipe | gas line | gas meter | gas ki nali | gas pipeline | peeli pipe | regulator',
    boom: 'me aag lag gayi | fat gaya | blast ho gaya | me dhamaka hua | jal raha hai | me aag lagi hai | fat gayi',
    urgent: 'jaldi aao | madad karo | help | jaldi bhejo | kya kare | emergency hai | bachao ||||',
    body: 'bill | gas bill | payment | subsidy | refund | receipt',
    money:
      'mera {body} galat hai | {body} kab aayega | {body} kaise check kare | {body} nahi mila | {body} ke baare me puchna hai',
    ask: 'technician kab aayega | appointment badalna hai | cylinder kab milega | booking cancel karo | service kab hogi | naya connection chahiye',
    wet: 'nal | chhat | toilet | pani ki tanki | washing machine | geyser | sink | bathroom ka nal',
    dull: 'chulha nahi jal raha | garam pani nahi aa raha | gas kam aa rahi hai | geyser nahi chal raha | flame choti hai'
  },
  emergency: [
    '{in} {smell} {is} {when}',
    '{when} {in} {smell} {is} {urgent}',
    '{smell} {is} {in}',
    '{out} {smell} {is}',
    '{smell} {is} {urgent}',
    '{by} {smell} {is}',
    '{by} {hiss} {is}',
    '{thing} {leaks} {urgent}',
    'mera {thing} {leaks}',
    'gas leak ho rahi hai {in} {urgent}',
    '{in} gas leak hai {when}',
    '{alarm} {sounds} {urgent}',
    '{in} {alarm} {sounds}',
    '{ills} aa raha hai {on}',
    'sabko {ills} ho raha hai {on}',
    '{victims} ko {ills} {on}',
    '{victims} {collapses} {on}',
    '{breaker} {pipe} {broke} {urgent}',
    '{pipe} toot gaya {urgent}',
    '{thing} {boom} {urgent}',
    'gas khuli reh gayi {when}',
    'stove khula tha bina flame {when}',
    'sabun lagaya to bulbule aaye {by}',
    '{smell} aaye to kya kare',
    'gas leak ki complaint kaise kare {urgent}',
    '{money} aur {in} {smell} {is}',
    '{ask} aur {alarm} {sounds}'
  ],
  nearMiss: [
    'gas ki smell nahi hai {dull}',
    '{dull} koi smell nahi',
    'koi leak nahi hai {ask}',
    'emergency nahi hai {money}',
    'leak theek ho gaya {ask}',
    '{wet} se pani leak ho raha hai',
    '{wet} leak kar raha hai pani',
    '{wet} se pani tapak raha hai',
    'mera data leak ho gaya {money}',
    '{alarm} kitne ka hai',
    '{alarm} lagwana hai',
    'jaldi karo {money}',
    'bill dekh kar {ills} aa gaya',
    'help chahiye {money}',
    'pet me gas hai'
  ],
  ordinary: [
    '{money}',
    '{ask}',
    '{dull}',
    '{dull} {ask}',
    'namaste {money}',
    '{money} aur {ask}',
    'mujhe {body} chahiye'
  ]
};
