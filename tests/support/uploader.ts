/** A client of the upload protocol for tests: whole uploads as a browser makes them, and every step by itself. */
import { randomUUID } from 'node:crypto';
import { Upload } from 'tus-js-client';
import { expect } from 'vitest';
import { origin } from './senders.ts';

export const idIn = (location: string) => location.split('/').at(-1) ?? '';

/** Speaks to `server` as the sender named in each call, or as Ada. */
export function uploader(server: string) {
  return { upload, begin, create, patch, call };

  function upload(
    content: Buffer,
    { sender = 'ada', form_key = randomUUID(), name = 'p.jpg', type = 'image/jpeg' }: Choice
  ) {
    return new Promise<string>((resolve, reject) => {
      const going = new Upload(content, {
        endpoint: `${server}/uploads`,
        headers: { 'x-sender': sender, origin },
        metadata: { name, type, form_key },
        retryDelays: [],
        onSuccess: () => resolve(idIn(going.url ?? '')),
        onError: reject
      });
      going.start();
    });
  }

  function begin(
    size: number,
    { sender = 'ada', address = 'home', form_key = randomUUID(), name = 'p', type = '' }: Choice = {}
  ) {
    const metadata = { form_key, name, type };
    return call('POST', `${server}/uploads`, {
      sender,
      headers: {
        'x-address': address,
        'upload-length': String(size),
        'upload-metadata': Object.entries(metadata)
          .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
          .join(',')
      }
    });
  }

  async function create(size: number, choice?: Choice) {
    const answer = await begin(size, choice);
    expect(answer.status).toBe(201);
    return new URL(answer.headers.get('location') ?? '', server).href;
  }

  function patch(location: string, offset: number, body: Buffer, sender = 'ada') {
    return call('PATCH', location, {
      sender,
      body,
      headers: { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' }
    });
  }

  function call(
    method: string,
    url: string,
    {
      sender = 'ada',
      headers = {},
      body
    }: { sender?: string; headers?: Record<string, string>; body?: Buffer } = {}
  ) {
    return fetch(url, {
      method,
      headers: { 'x-sender': sender, 'tus-resumable': '1.0.0', origin, ...headers },
      ...(body && { body: new Uint8Array(body) })
    });
  }
}

export interface Choice {
  sender?: string;
  address?: string;
  form_key?: string;
  name?: string;
  type?: string;
}
