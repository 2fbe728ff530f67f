/** Where the source says something from the catalogue, with which keys, and what it gives to fill the places. */
import { parse } from 'svelte/compiler';
import { read } from './source.ts';

export interface Saying<Key extends string = string> {
  at: string;
  /** The keys as they are written there. */
  said: string;
  /** All keys that it may be. */
  keys: Key[];
  /** Whether a key is only begun there, so that more are found than are meant. */
  begun: boolean;
  /** The names of what is given; `null` where only the program knows them. */
  given: string[] | null;
  /** Whether that is given to this alone, and not kept for several. */
  alone: boolean;
}

type Node = { type: string; start: number; end: number } & Record<string, unknown>;

/** Which argument of these is a key; what fills its places comes next. */
const speakers = new Map([
  ['t', 0],
  ['say', 0],
  ['refuse', 1]
]);

/** All in a file. Code alone is read as the script of a component, so one parser reads everything. */
export function sayingsIn<Key extends string>(file: string, known: readonly Key[]): Saying<Key>[] {
  const script = file.endsWith('.ts');
  const text = script ? `<script lang="ts">\n${read(file)}\n</script>` : read(file);
  const nodes = [...walk(parse(text, { modern: true }))];
  const named = nodes.filter(({ type }) => type === 'VariableDeclarator');
  return nodes.flatMap((node) => {
    if (node.type !== 'CallExpression') return [];
    const nth = speakers.get(nameOf(node['callee'] as Node));
    const [key, values] = nth === undefined ? [] : (node['arguments'] as Node[]).slice(nth);
    const keys = key ? keysOf(key, known) : [];
    if (!key || keys.length === 0) return [];
    const line = text.slice(0, node.start).split('\n').length - Number(script);
    const said = text.slice(key.start, key.end);
    const begun = said.includes('${');
    const given = values ? namesIn(values, named) : [];
    const alone = !values || values.type === 'ObjectExpression';
    return [{ at: `${file}:${line}`, said, keys, begun, given, alone }];
  });
}

const nameOf = (callee: Node): string =>
  String(callee['name'] ?? (callee['property'] as Node | undefined)?.['name']);

/** The keys that an argument may stand for: itself, either way of a choice, or all that begin and end so. */
function keysOf<Key extends string>(node: Node, known: readonly Key[]): Key[] {
  if (node.type === 'Literal') return known.filter((key) => key === node['value']);
  if (node.type === 'ConditionalExpression')
    return [node['consequent'], node['alternate']].flatMap((way) => keysOf(way as Node, known));
  if (node.type !== 'TemplateLiteral') return [];
  const parts = (node['quasis'] as { value: { cooked: string } }[]).map(({ value }) => value.cooked);
  if (!/^\w+\./.test(parts[0] ?? '')) return [];
  const pattern = new RegExp(`^${parts.map((part) => part.replaceAll('.', '\\.')).join('\\w*')}$`);
  return known.filter((key) => pattern.test(key));
}

/** The names in an object, also in those that are spread in it, whether always or only where something holds. */
function namesIn(node: Node, named: readonly Node[]): string[] | null {
  const all = (parts: Node[]) => {
    const names = parts.map((part) => namesIn(part, named));
    return names.includes(null) ? null : names.flatMap((some) => some ?? []);
  };
  switch (node.type) {
    case 'Identifier': {
      const object = objectNamed(node, named);
      return object && namesIn(object, named);
    }
    case 'LogicalExpression':
      return namesIn(node['right'] as Node, named);
    case 'ConditionalExpression':
      return all([node['consequent'] as Node, node['alternate'] as Node]);
    case 'SpreadElement':
      return namesIn(node['argument'] as Node, named);
    case 'ObjectExpression':
      return all(node['properties'] as Node[]);
    case 'Property':
      return node['computed'] ? null : [propertyName(node['key'] as Node)];
    default:
      return null;
  }
}

const propertyName = (key: Node) => String(key['name'] ?? key['value']);

/** The object of that name, the last that is written before; null where the name is of something else. */
function objectNamed({ name, start }: Node, named: readonly Node[]): Node | null {
  const last = named.findLast((one) => one.start < start && (one['id'] as Node)['name'] === name);
  const init = last ? valueOf(last['init'] as Node | null) : null;
  return init?.type === 'ObjectExpression' ? init : null;
}

/** What a name stands for, without `$derived(…)` around it. */
const valueOf = (init: Node | null): Node | null =>
  init?.type === 'CallExpression' && nameOf(init['callee'] as Node) === '$derived'
    ? ((init['arguments'] as Node[])[0] ?? null)
    : init;

function* walk(value: unknown): Generator<Node> {
  if (typeof value !== 'object' || value === null) return;
  if (typeof (value as Node).type === 'string') yield value as Node;
  for (const [name, inner] of Object.entries(value)) if (name !== 'metadata') yield* walk(inner);
}
