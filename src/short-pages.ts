/** The pages that can be answered by the short road: those that customers open most, and follow live (decision 12). */
import { writtenReference } from '#lib/platform/reference.ts';
import { place } from '#lib/platform/server/short-road.ts';
import RequestList from './routes/(home)/requests/+page.svelte';
import { _page as requestList } from './routes/(home)/requests/+page.server.ts';
import OneRequest from './routes/(home)/requests/[reference]/+page.svelte';
import { _page as oneRequest } from './routes/(home)/requests/[reference]/+page.server.ts';

export const shortPages = [
  place('/(home)/requests', { page: requestList, component: RequestList, queries: ['show', 'page'] }),
  place('/(home)/requests/[reference]', {
    page: oneRequest,
    component: OneRequest,
    params: { reference: writtenReference }
  })
];
