/** How Hearth is built: SvelteKit on Node, strict content security, one copy of every server module. */
import { writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import lucide from '@iconify-json/lucide/icons.json' with { type: 'json' };
import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig, isRunnableDevEnvironment, type Plugin, type ViteDevServer } from 'vite';
import type * as Shell from './bin/shell.ts';
import { providerPages } from './src/lib/payments/provider-pages.ts';
import { iconNames } from './src/lib/ui/icons.ts';
import { sprite } from './src/lib/ui/sprite.ts';

/**
 * What pages share comes in one file: on a slow line each file is one more wait, and most of these are a few hundred
 * bytes. Components stay apart, so that no page brings along the styles of others; so do the words, of which a browser
 * wants those of one language, and the reader of Markdown, which two pages want.
 */
const fewFiles = { groups: [{ name: 'shared', test: isShared, minShareCount: 2 }] };

function isShared(id: string) {
  return /\.(ts|js)$/.test(id) && !/\/words\/(en|es)\.ts$|\/help\/markdown\.ts$/.test(id);
}

export default defineConfig({
  plugins: [
    oneCopy(),
    icons(),
    shell(),
    sveltekit({
      adapter: adapter({ precompress: true }),
      // The safety page may be the answer to a form of any address, and must find its style there.
      paths: { relative: false },
      csp: {
        mode: 'nonce',
        directives: {
          'default-src': ['self'],
          'img-src': ['self', 'blob:', 'data:'],
          'media-src': ['self', 'blob:'],
          'object-src': ['none'],
          'base-uri': ['none'],
          // Whoever pays by card is led on to the provider's page.
          'form-action': ['self', ...providerPages],
          // The chat over another page is a page of ours within one of ours.
          'frame-ancestors': ['self'],
          // Kit's route announcer carries this one inline style on hydrated pages.
          'style-src-attr': ['unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo=']
        }
      }
    })
  ],
  worker: { format: 'es' },
  environments: { client: { build: { rolldownOptions: { output: { codeSplitting: fewFiles } } } } },
  // Found late, they would make `npm run dev` load a page anew in the middle of somebody's work.
  optimizeDeps: { include: ['idiomorph', 'tus-js-client'] }
});

/**
 * Leaves `#lib/**.ts` imports of the server build alone, so that Node resolves them at run time. Otherwise the
 * pages would hold a second copy of every module: two pools, two event hubs, two `Refusal` classes. Svelte
 * stays outside with them: a context set by one copy is not found by another; and SvelteKit's own errors, a redirect
 * above all, are known by their class. Runes need the compiler, so `*.svelte.ts` is bundled.
 */
function oneCopy(): Plugin {
  return {
    name: 'one-copy',
    enforce: 'pre',
    apply: 'build',
    resolveId(id) {
      const ours = /^#lib\/.*(?<!\.svelte)\.ts$/.test(id);
      const svelte = /^svelte(\/|$)/.test(id);
      const kit = /^@sveltejs\/kit(\/internal(\/server)?)?$/.test(id);
      return this.environment.name === 'ssr' && (ours || svelte || kit) ? { id, external: true } : null;
    }
  };
}

/** Draws the icons we use into one file that every page refers to and a browser keeps. */
function icons(): Plugin {
  return {
    name: 'icons',
    config() {
      writeFileSync(new URL('src/lib/ui/icons.svg', import.meta.url), sprite(lucide, iconNames));
    }
  };
}

/** Under `npm run dev`, puts the shell before the pages as `bin/web.ts` does: streams, uploads, files, health. */
function shell(): Plugin {
  return {
    name: 'shell',
    apply: 'serve',
    configureServer(server) {
      const passed = new WeakSet<IncomingMessage>();
      server.middlewares.use((req, res, next) => {
        if (passed.has(req) || isVites.test(req.url ?? '')) return next();
        loadShell(server).then(
          ({ shell }) =>
            shell(req, res, (request) => {
              passed.add(request);
              server.middlewares(request, res, next);
            }),
          next
        );
      });
    }
  };
}

/** What Vite serves for itself and for the pages' scripts. It must come even when the shell cannot be loaded. */
const isVites = /^\/(@|src\/|node_modules\/|\.svelte-kit\/)/;

/** Through Vite, like the pages: so that they share one copy of every module, and a change is taken up. */
function loadShell({ environments: { ssr } }: ViteDevServer) {
  if (!isRunnableDevEnvironment(ssr)) throw new Error('Vite runs no server code in this environment.');
  return ssr.runner.import<typeof Shell>('/bin/shell.ts');
}
