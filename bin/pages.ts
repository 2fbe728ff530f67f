/** The web process of `npm run dev`: pages made anew by Vite as they are asked for, with the shell before them. */
import { createServer } from 'vite';
import { giveUp, sayReady, whenAskedToStop } from '#lib/platform/server/supervised.ts';
import { config } from '#lib/platform/server/config.ts';

const server = await createServer({
  clearScreen: false,
  logLevel: 'warn',
  server: {
    host: config.host,
    port: config.port,
    strictPort: true,
    allowedHosts: [new URL(config.origin).hostname]
  }
});
await server.listen().then(sayReady, (problem: Error) => giveUp(problem.message));
// Streams and half-sent uploads would hold it up, and nobody but us is served here.
whenAskedToStop(() => process.exit(0));
