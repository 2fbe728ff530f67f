/** How long a password is, and which ones are guessed first. */

export const shortestPassword = 10;
export const longestPassword = 128;

/** Whether it is little more than what everybody tries, or than what is known of whoever chooses it. */
export function isEasy(password: string, { email = '', name = '' }: { email?: string; name?: string }) {
  const plain = password.toLowerCase();
  const parts = [email, email.split('@')[0] ?? '', ...name.toLowerCase().split(' ')].filter(
    (part) => part.length > 3
  );
  const isMostly = (part: string) => plain.includes(part) && plain.length - part.length < 6;
  return parts.some(isMostly) || everybodyTries.some(isMostly) || isRun(plain);
}

const everybodyTries = [
  'password',
  'contraseña',
  'contrasena',
  'qwertyuiop',
  'iloveyou',
  'welcome',
  'letmein',
  'hearth'
];

/** `aaaaaaaaaa`, `1234567890`, `abcabcabcabc`: few kinds of letters, or every step the same. */
function isRun(text: string): boolean {
  const codes = [...text].map((letter) => letter.codePointAt(0) ?? 0);
  const steps = new Set(codes.slice(1).map((code, index) => code - (codes[index] ?? 0)));
  return new Set(codes).size < 4 || steps.size < 3;
}
