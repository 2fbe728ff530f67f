/** The process that lays papers out: tagged PDF with its fonts inside, the same bytes for the same data. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import type { Answer, Order } from './press.ts';

/** Files of ours, so that a paper looks the same on every machine; for names, also the letters of India. */
const fontFiles = [
  'atkinson-hyperlegible-next/400Regular/AtkinsonHyperlegibleNext_400Regular.ttf',
  'atkinson-hyperlegible-next/700Bold/AtkinsonHyperlegibleNext_700Bold.ttf',
  'noto-sans-devanagari/400Regular/NotoSansDevanagari_400Regular.ttf',
  'noto-sans-devanagari/700Bold/NotoSansDevanagari_700Bold.ttf'
];
const { resolve } = createRequire(import.meta.url);
const fontBlobs = fontFiles.map((file) => readFileSync(resolve(`@expo-google-fonts/${file}`)));

/** One for each folder of layouts: none reads outside of its own. */
const compilers = new Map<string, NodeCompiler>();

function compilerOf(workspace: string) {
  const known = compilers.get(workspace);
  if (known) return known;
  const made = NodeCompiler.create({ workspace, fontArgs: [{ fontBlobs }] });
  compilers.set(workspace, made);
  return made;
}

function print({ layout, data, madeAt }: Order) {
  const what = { mainFilePath: layout, inputs: { data } };
  const compiler = compilerOf(dirname(layout));
  try {
    const paper = compiler.pdf(what, { pdfStandard: 'ua-1', creationTimestamp: madeAt });
    return { paper, boxes: false };
  } catch {
    // A name in letters that no font has makes the strict form fail; a paper with boxes is better than none.
    const paper = compiler.pdf(what, { creationTimestamp: madeAt });
    return { paper, boxes: true };
  } finally {
    compiler.evictCache(2);
  }
}

const answerTo = (order: Order): Answer => {
  try {
    return { id: order.id, ...print(order) };
  } catch (problem) {
    return { id: order.id, problem: told(problem) };
  }
};

/** What the compiler says is wrong, without a word of the data. */
function told(problem: unknown): string {
  const diagnostics = problem instanceof Object && 'shortDiagnostics' in problem && problem.shortDiagnostics;
  return String((diagnostics && JSON.stringify(diagnostics)) || problem).slice(0, 500);
}

process.on('message', (order: Order) => void process.send?.(answerTo(order)));
process.on('disconnect', () => process.exit(0));
