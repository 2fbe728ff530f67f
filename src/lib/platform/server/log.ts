/** The log: one line per happening, as JSON for machines and plain for a terminal. Nothing personal goes in. */
import { inspect } from 'node:util';
import { config } from './config.ts';

export type Facts = Record<string, unknown>;

const levels = ['debug', 'info', 'warn', 'error'] as const;
type Level = (typeof levels)[number];

// Whoever reads the log may go away; that is no reason to fall over.
process.stderr.on('error', () => {});

export const log = {
  debug: (message: string, facts?: Facts) => write('debug', message, facts),
  info: (message: string, facts?: Facts) => write('info', message, facts),
  warn: (message: string, facts?: Facts) => write('warn', message, facts),
  /** Takes a sentence, or what was caught as it is. */
  error: (problem: unknown, facts?: Facts) =>
    typeof problem === 'string'
      ? write('error', problem, facts)
      : write('error', 'something failed', { ...facts, error: problem })
};

function write(level: Level, message: string, facts: Facts = {}) {
  if (levels.indexOf(level) < levels.indexOf(config.logLevel)) return;
  const forTerminal = process.stderr.isTTY;
  // In a terminal the line may be taken by a progress display, which is painted anew.
  const clear = forTerminal ? '\r\x1b[2K' : '';
  process.stderr.write(`${clear}${lineOf(level, message, facts, new Date().toISOString(), forTerminal)}\n`);
}

/** One line, without anything that may be about a person. */
export function lineOf(level: Level, message: string, facts: Facts, time: string, forTerminal: boolean) {
  const kept = Object.entries(facts).flatMap<[string, unknown]>(([name, value]) =>
    name === 'error' ? told(value) : [[name, value]]
  );
  const line = forTerminal
    ? `${time.slice(11, 19)} ${level.padEnd(5)} ${message}${kept.map(plain).join('')}`
    : JSON.stringify({ time, level, message, ...Object.fromEntries(kept) });
  return withoutAddresses(line);
}

function plain([name, value]: [string, unknown]) {
  if (value === undefined) return '';
  return ` ${name}=${typeof value === 'string' ? value : inspect(value, { breakLength: Infinity })}`;
}

/** An error in the words we may keep. Where the database could not read a value it quotes it, so that stays out. */
function told(error: unknown): [string, unknown][] {
  if (!(error instanceof Error)) return [['error', `a ${typeof error} was thrown`]];
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const message = code?.startsWith('22') ? 'the database could not read a value' : error.message;
  const stack = error.stack?.split('\n').filter((line) => /^ +at /.test(line));
  return [
    ['error', `${error.name}: ${message}`],
    ['code', code],
    ['stack', stack?.slice(0, 8).map((line) => line.trim())]
  ];
}

const withoutAddresses = (line: string) => line.replace(/[\w.+-]+@[\w-]+\.[\w.-]+/g, '(mail address)');
