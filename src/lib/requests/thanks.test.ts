/** What is heard as thanks, and what is somebody's concern again. */
import { expect, test } from 'vitest';
import { isThanks, wordsOf } from './thanks.ts';
import { courtesies, thanks } from './thanks-words.ts';

test.each([
  'Thank you!',
  'THANKS',
  'Thanks a lot, Grace 🙏',
  'Great, thank you so much for your help! Have a nice day.',
  'Perfect, it works now. Thanks again :)',
  'thx',
  'Many thanks and best regards, Ada',
  '¡Muchas gracias!',
  'Perfecto, ya funciona. Mil gracias por todo. Saludos, Ada',
  'Gracias, señora Grace, muy amable',
  'Merci beaucoup, c’est parfait. Bonne journée !',
  'Je vous remercie pour votre aide.',
  'बहुत बहुत धन्यवाद',
  'धन्यवाद, सब ठीक है 🙏',
  'Shukriya ji, ho gaya',
  'thanks ❤️',
  'ｔｈａｎｋｓ'
])('%s', (text) => expect(isThanks(text, ['Grace Lindholm', 'Ada Mercer'])).toBe(true));

test.each([
  'Thanks for nothing',
  'Thank you, but it is still leaking',
  'Thanks. When will it arrive?',
  'No thanks',
  'Not solved, thanks',
  'Thanks, one more thing',
  'Thanks. It works now but the bill is wrong',
  'Thanks, please call me',
  'Thanks in advance',
  'Thanks 😡',
  'Thanks :(',
  'Thanks, 555 010 0199',
  'Thanks for your help with the meter, it stopped again',
  'Great.',
  'All good now',
  '',
  '👍',
  'No, gracias',
  'Gracias, pero sigue igual',
  'Gracias por nada',
  'Gracias, ¿y la factura?',
  'Merci de me rappeler',
  'Merci, mais rien ne marche',
  'धन्यवाद, लेकिन गैस नहीं है',
  'Shukriya lekin gas nahi hai',
  'Thanks Grace, Bob did not come',
  'thanks '.repeat(60)
])('not %s', (text) => expect(isThanks(text, ['Grace Lindholm', 'Ada Mercer'])).toBe(false));

test('every phrase is written as a message is read, or it would never be found', () => {
  const lost = [...thanks, ...courtesies].filter((phrase) => wordsOf(phrase).join(' ') !== phrase);
  expect(lost).toEqual([]);
});
