/** Every way in from outside, read from the source: pages, their forms, endpoints, and what the shell mounts. */
import { filesOf, read } from '../house/source.ts';

export interface Route {
  /** As SvelteKit names it, such as `/(home)/requests/[reference]`. */
  id: string;
  /** The address, with its parameters in brackets. */
  path: string;
  /** Whether it is a page or endpoint that can be fetched. */
  get: boolean;
  /** Names of form actions (`default` among them), or `POST` of an endpoint. */
  posts: string[];
}

const files = filesOf('src/routes/**/{+page.svelte,+page.server.ts,+server.ts}');

export const routes: Route[] = [...new Set(files.map(folderOf))].map(routeIn);

/** The first words of the addresses that the process shell answers before any page. */
export const mounts: string[] = mountsIn(read('bin/shell.ts'));

function routeIn(folder: string): Route {
  const sources = files.filter((file) => file.endsWith('.ts') && folderOf(file) === folder).map(read);
  const methods = sources.flatMap((source) => named(source, /^export const (GET|POST|PUT|PATCH|DELETE)\b/gm));
  const actions = sources
    .flatMap((source) => named(source, /^export const actions[^=]*= \{\n([\s\S]*?)^\};/gm))
    .flatMap((body) => named(body, /^ {2}(\w+):/gm));
  const id = folder.slice('src/routes'.length);
  return {
    id,
    path: id.replace(/\/\([^)]*\)/g, '') || '/',
    get: methods.includes('GET') || methods.length === 0,
    posts: [...actions, ...methods.filter((method) => method !== 'GET')]
  };
}

function mountsIn(shell: string) {
  const [table = ''] = named(shell, /^const mounted[^=]*= \[\n([\s\S]*?)^\];/gm);
  return named(table, /^ {2}\[([^,]+),/gm).map((name) => name.replace(/'/g, ''));
}

function named(text: string, pattern: RegExp) {
  return [...text.matchAll(pattern)].map(([, name = '']) => name);
}

function folderOf(file: string) {
  return file.split('/').slice(0, -1).join('/');
}
