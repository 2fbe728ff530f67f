/** Program: says whether a document brings along pictures that tell where they were taken. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { carriesPosition } from '../position.ts';
import { answer } from './answering.ts';

const task = JSON.parse(process.argv[2] ?? '{}') as { folder: string };
const has_position = carriesPosition(readFileSync(join(task.folder, 'original')));
answer({ has_position, preview: 'none' });
