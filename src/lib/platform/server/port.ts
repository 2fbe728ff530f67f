/** Ports to listen at: whether one can be had, said beforehand and in words, and one that is free. */
import { createServer } from 'node:net';

interface Place {
  host: string;
  port: number;
}

/** Why nobody can listen there, in words that say what to do. */
export function sayUnavailable({ host, port }: Place, problem: NodeJS.ErrnoException): string {
  const sentences: Record<string, string> = {
    EADDRINUSE: `Port ${port} on ${host} is taken: stop what runs there, or start Hearth with another PORT.`,
    EACCES: `This account may not listen on port ${port}: start Hearth with a PORT above 1023.`,
    EADDRNOTAVAIL: `${host} is no address of this machine: start Hearth with another HOST.`,
    EAI_AGAIN: `${host} is no address of this machine: start Hearth with another HOST.`,
    ENOTFOUND: `${host} is no address of this machine: start Hearth with another HOST.`
  };
  return sentences[problem.code ?? ''] ?? problem.message;
}

/** Several web processes share the port, so a second Hearth would join them unnoticed. */
export function refuseTakenPort(place: Place) {
  return new Promise<void>((free, refuse) => {
    const probe = createServer();
    probe.once('error', (problem) => refuse(new Error(sayUnavailable(place, problem))));
    probe.listen({ ...place }, () => probe.close(() => free()));
  });
}

/** A port of loopback that is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
