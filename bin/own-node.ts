/** Goes on under the project's own Node when somebody started a script with an older one. Import it first. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const own = resolve(import.meta.dirname, '../node_modules/.bin/node');

if (Number(process.versions.node.split('.')[0]) < 24) {
  if (!existsSync(own) || !process.execve) {
    process.stderr.write('Hearth needs Node 24 or newer. "npm start" brings its own.\n');
    process.exit(1);
  }
  process.execve(own, [own, ...process.execArgv, ...process.argv.slice(1)]);
}
