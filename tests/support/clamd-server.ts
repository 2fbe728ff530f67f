/** A virus scanner for tests: speaks clamd's own protocol, and knows one signature, which is ours. */
import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** What our scanner takes for a virus. */
export const signature = 'HEARTH-TEST-SIGNATURE-OF-OUR-OWN';

/** Serves on a free port; `limit` is the most bytes of a stream that it takes. */
export async function serveClamd({ limit = 50_000_000 } = {}) {
  const seen: number[] = [];
  const server = createServer((socket) => void answer(socket, limit, seen).catch(() => socket.destroy()));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close: () => void server.close()
  };
}

async function answer(socket: Socket, limit: number, seen: number[]) {
  let buffer = Buffer.alloc(0);
  let content = Buffer.alloc(0);
  let begun = false;

  for await (const piece of socket) {
    buffer = Buffer.concat([buffer, piece]);
    if (!begun && buffer.includes(0)) {
      if (buffer.toString('latin1', 0, buffer.indexOf(0)) !== 'zINSTREAM')
        return void socket.end('UNKNOWN COMMAND\0');
      buffer = buffer.subarray(buffer.indexOf(0) + 1);
      begun = true;
    }
    while (begun && buffer.length >= 4 && buffer.length >= 4 + buffer.readUInt32BE()) {
      const length = buffer.readUInt32BE();
      if (length === 0) {
        seen.push(content.length);
        return void socket.end(content.includes(signature) ? 'stream: Our.Own.Test FOUND\0' : 'stream: OK\0');
      }
      content = Buffer.concat([content, buffer.subarray(4, 4 + length)]);
      buffer = buffer.subarray(4 + length);
      if (content.length > limit) return void socket.end('INSTREAM size limit exceeded. ERROR\0');
    }
  }
}
