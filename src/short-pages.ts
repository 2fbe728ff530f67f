/** The pages that can be answered by the short road: those that customers open most, and follow live. */
import type { Place } from '#lib/platform/server/short-road.ts';
import RequestList from './routes/(home)/requests/+page.svelte';
import { _page as requestList } from './routes/(home)/requests/+page.server.ts';
import OneRequest from './routes/(home)/requests/[reference]/+page.svelte';
import { _page as oneRequest } from './routes/(home)/requests/[reference]/+page.server.ts';

export const shortPages = [
  {
    route: '/(home)/requests',
    path: /^\/requests$/,
    example: '/requests',
    queries: ['show', 'page'],
    page: requestList,
    component: RequestList
  },
  {
    route: '/(home)/requests/[reference]',
    path: /^\/requests\/(?<reference>[2-9A-Z]{4}-[2-9A-Z]{4})$/,
    example: '/requests/2222-2222',
    queries: [],
    page: oneRequest,
    component: OneRequest
  }
] as unknown as readonly Place[]; // Each draws what its own page shows; the list does not know what.
