/** What search engines may read: what is open to everybody, and nothing that is about somebody. */
import { config } from '#lib/platform/server/runtime.ts';
import type { RequestHandler } from './$types';

const closed = [
  '/account',
  '/bills',
  '/chat',
  '/desk',
  '/files',
  '/history',
  '/invitation',
  '/mail',
  '/payments'
];
const ofSomebody = [
  '/readings',
  '/requests',
  '/reset-password',
  '/sign-',
  '/uploads',
  '/usage',
  '/verify-email'
];

export const GET: RequestHandler = () => {
  const shut = [...closed, ...ofSomebody].map((path) => `Disallow: ${path}`);
  // The kinds of request are worth finding; a search is nobody's page.
  const lines = ['User-agent: *', 'Allow: /requests/new', ...shut, 'Disallow: /*?', ''];
  return new Response([...lines, `Sitemap: ${config.origin}/sitemap.xml`, ''].join('\n'), {
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'public, max-age=3600' }
  });
};
