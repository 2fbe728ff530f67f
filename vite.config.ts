/** How Hearth is built: SvelteKit on Node, strict content security, one copy of every server module. */
import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig, type Plugin } from 'vite';

export default defineConfig({
  plugins: [
    oneCopy(),
    sveltekit({
      adapter: adapter({ precompress: true }),
      csp: {
        mode: 'nonce',
        directives: {
          'default-src': ['self'],
          'img-src': ['self', 'blob:', 'data:'],
          'media-src': ['self', 'blob:'],
          'object-src': ['none'],
          'base-uri': ['none'],
          'form-action': ['self'],
          'frame-ancestors': ['none'],
          // Kit's route announcer carries this one inline style on hydrated pages.
          'style-src-attr': ['unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo=']
        }
      }
    })
  ],
  worker: { format: 'es' }
});

/**
 * Leaves `#lib/**.ts` imports of the server build alone, so that Node resolves them at run time. Otherwise the
 * pages would hold a second copy of every module: two pools, two event hubs, two `Refusal` classes.
 */
function oneCopy(): Plugin {
  return {
    name: 'one-copy',
    enforce: 'pre',
    apply: 'build',
    resolveId(id) {
      if (this.environment.name === 'ssr' && /^#lib\/.*\.ts$/.test(id)) return { id, external: true };
      return null;
    }
  };
}
