/** The app on the phone: six digits from the address behind the picture (RFC 6238), worked out apart from the library. */
import { createHmac } from 'node:crypto';

/** What the app shows `later` seconds from now. */
export function codeOf(uri: string, later = 0): string {
  const step = Math.floor((Date.now() / 1000 + later) / 30);
  const moment = Buffer.alloc(8);
  moment.writeBigUInt64BE(BigInt(step));

  const digest = createHmac('sha1', fromBase32(new URL(uri).searchParams.get('secret') ?? ''))
    .update(moment)
    .digest();
  const offset = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

function fromBase32(text: string): Buffer {
  const bits = [...text.replaceAll('=', '')]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  return Buffer.from(bits.match(/.{8}/g)?.map((byte) => parseInt(byte, 2)) ?? []);
}
