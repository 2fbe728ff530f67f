/** The log: one line per happening, as JSON for machines and plain for a terminal. Nothing personal goes in. */
import { inspect } from 'node:util';
import { config } from './config.ts';

type Facts = Record<string, unknown>;

const levels = ['debug', 'info', 'warn', 'error'] as const;
type Level = (typeof levels)[number];

export const log = {
  debug: (message: string, facts?: Facts) => write('debug', message, facts),
  info: (message: string, facts?: Facts) => write('info', message, facts),
  warn: (message: string, facts?: Facts) => write('warn', message, facts),
  /** Takes what was caught as it is. */
  error: (problem: unknown, facts?: Facts) =>
    typeof problem === 'string' ? write('error', problem, facts) : write('error', ...told(problem, facts))
};

function write(level: Level, message: string, facts: Facts = {}) {
  if (levels.indexOf(level) < levels.indexOf(config.logLevel)) return;
  const time = new Date().toISOString();
  const line = process.stderr.isTTY
    ? `${time.slice(11, 19)} ${level.padEnd(5)} ${message}${plain(facts)}`
    : JSON.stringify({ time, level, message, ...facts });
  process.stderr.write(`${withoutAddresses(line)}\n`);
}

const plain = (facts: Facts) =>
  Object.entries(facts)
    .filter(([, value]) => value !== undefined)
    .map(
      ([name, value]) =>
        ` ${name}=${typeof value === 'string' ? value : inspect(value, { breakLength: Infinity })}`
    )
    .join('');

/** An error in the words we may keep. The database quotes what people typed in its details, so those stay out. */
function told(problem: unknown, facts: Facts = {}): [string, Facts] {
  if (!(problem instanceof Error))
    return [`Something other than an error was thrown: ${typeof problem}`, facts];
  const code = 'code' in problem && typeof problem.code === 'string' ? problem.code : undefined;
  const message = code?.startsWith('22') ? 'The database could not read a value.' : problem.message;
  const stack = problem.stack
    ?.split('\n')
    .slice(1, 9)
    .map((line) => line.trim());
  return [`${problem.name}: ${message}`, { ...facts, code, stack }];
}

const withoutAddresses = (line: string) => line.replace(/[\w.+-]+@[\w-]+\.[\w.-]+/g, '(e-mail address)');
