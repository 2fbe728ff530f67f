/** Where a request comes from: counted to keep anybody from sending too much, and never stored as it is. */
import { createHmac } from 'node:crypto';
import { isIPv6 } from 'node:net';

/** A digest that says whether two addresses are the same household, and nothing about which. */
export const addressDigest = (address: string, secret: string) =>
  createHmac('sha256', secret)
    .update(`address ${networkOf(address)}`)
    .digest('base64url');

/** One household has one IPv4 address, or the first half of all its IPv6 addresses: whatever is counted counts these. */
export function networkOf(address: string): string {
  const v4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (v4 || !isIPv6(address)) return v4 ?? address;
  const [head = '', tail = ''] = address.split('%')[0]?.split('::') ?? [];
  const front = head.split(':').filter(Boolean);
  const back = tail.split(':').filter(Boolean);
  const gap = address.includes('::') ? Array<string>(8 - front.length - back.length).fill('0') : [];
  return [...front, ...gap, ...back]
    .slice(0, 4)
    .map((group) => parseInt(group, 16).toString(16))
    .join(':');
}
