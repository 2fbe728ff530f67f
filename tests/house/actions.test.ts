/** Every form of a page is answered in one way (`src/routes/form-action.ts`): done, refused and led on by the same few lines. */
import ts from 'typescript';
import { expect, test } from 'vitest';
import { filesOf, importsOf, read } from './source.ts';

const wrapper = 'src/routes/form-action.ts';

/** Actions that are not answered by it, each for its reason. */
const apart: Record<string, string> = {
  'src/routes/(desk)/desk/accounts/+page.server.ts find': 'a search shows what it found, and does nothing',
  'src/routes/(desk)/desk/customers/+page.server.ts default': 'a search',
  'src/routes/(desk)/desk/orders/new/+page.server.ts find': 'a search',
  'src/routes/(desk)/desk/requests/new/+page.server.ts caller': 'a search',
  'src/routes/(desk)/desk/(queue)/requests/[reference]/+page.server.ts find': 'a search',
  'src/routes/(open)/emergency/heard/+page.server.ts words':
    'in danger nothing is refused: what to do is shown',
  'src/routes/(open)/emergency/heard/+page.server.ts confirm': 'in danger nothing is refused',
  'src/routes/(open)/emergency/heard/+page.server.ts safe': 'in danger nothing is refused',
  'src/routes/(open)/emergency/heard/+page.server.ts contact': 'in danger nothing is refused'
};

/** Who catches a refusal beside it: none of them answers a form. */
const catchers: Record<string, string> = {
  'src/routes/(desk)/desk/(queue)/requests/[reference]/+page.server.ts':
    'asks for a reason where nothing is seen',
  'src/routes/(home)/to-provider.ts': 'what was asked for stands, paid or not',
  'src/routes/(open)/call-me/+page.server.ts': 'who has a call already is shown it',
  'src/routes/(open)/requests/new/[code]/subject.ts':
    'what it is about may be gone: then it is about nothing',
  'src/routes/(open)/requests/new/[code]/form-page.ts': 'what it follows may be gone',
  'src/routes/(open)/requests/new/[code]/submit.ts': 'asks whether it is a new one or more of the first',
  'src/routes/out-of-reach.ts': 'turns what is broken into a refusal'
};

const pages = filesOf('src/routes/**/+page.server.ts').filter((file) => read(file).includes('const actions'));

test('there are forms', () => expect(pages.length).toBeGreaterThan(80));

test.each(pages)('%s answers its forms by the wrapper', (file) => {
  for (const { name, body } of actionsOf(file))
    expect(leadsToWrapper(file, body) || `${file} ${name}` in apart, `${file}: ${name}`).toBe(true);
});

test.each(Object.keys(apart))('%s stands apart truly', (which) => {
  const [file, name] = [which.slice(0, which.lastIndexOf(' ')), which.slice(which.lastIndexOf(' ') + 1)];
  const action = actionsOf(file).find((one) => one.name === name);
  expect(action && leadsToWrapper(file, action.body)).toBe(false);
});

test('nobody else catches what a form is refused', () => {
  const found = filesOf('src/routes/**/*.ts').filter((file) => read(file).includes('instanceof Refusal'));
  expect(found.filter((file) => file !== wrapper)).toEqual(Object.keys(catchers).sort());
});

/** The actions of a page: its object `actions`, property by property. */
function actionsOf(file: string) {
  const found: { name: string; body: ts.Node }[] = [];
  for (const statement of parsed(file).statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations)
      if (name.getText() === 'actions' && initializer && ts.isObjectLiteralExpression(initializer))
        for (const one of initializer.properties) found.push({ name: one.name?.getText() ?? '', body: one });
  }
  return found;
}

/** Whether what is called here comes to the wrapper: directly, or by functions of the roof. */
function leadsToWrapper(file: string, body: ts.Node, seen = new Set<string>()): boolean {
  const names = new Set<string>();
  const visit = (node: ts.Node) => {
    if (ts.isIdentifier(node)) names.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(body);
  return [...names].some((name) => {
    if (seen.has(`${file} ${name}`)) return false;
    seen.add(`${file} ${name}`);
    const home = importedFrom(file).get(name);
    if (home?.file === wrapper) return home.name === 'answer';
    if (home) return isOfRoof(home.file) && comesFrom(home.file, home.name, seen);
    return comesFrom(file, name, seen);
  });
}

/** Types that are generated have no text here. */
const isOfRoof = (file: string) => file.startsWith('src/routes/') && file.endsWith('.ts');

function comesFrom(file: string, name: string, seen: Set<string>) {
  const declared = declarationsOf(file).get(name);
  return declared !== undefined && leadsToWrapper(file, declared, seen);
}

function declarationsOf(file: string) {
  const found = new Map<string, ts.Node>();
  for (const statement of parsed(file).statements) {
    if (ts.isFunctionDeclaration(statement) && statement.name) found.set(statement.name.text, statement);
    if (ts.isVariableStatement(statement))
      for (const one of statement.declarationList.declarations) found.set(one.name.getText(), one);
  }
  return found;
}

function importedFrom(file: string) {
  const found = new Map<string, { file: string; name: string }>();
  for (const statement of parsed(file).statements) {
    const given = ts.isImportDeclaration(statement) && statement.importClause?.namedBindings;
    if (!given || !ts.isNamedImports(given)) continue;
    const [from] = importsOf(file, statement.getText());
    if (!from) continue;
    for (const { name, propertyName } of given.elements)
      found.set(name.text, { file: from, name: (propertyName ?? name).text });
  }
  return found;
}

const trees = new Map<string, ts.SourceFile>();

function parsed(file: string) {
  const known = trees.get(file);
  if (known) return known;
  const tree = ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true);
  trees.set(file, tree);
  return tree;
}
