/** Which tests took the longest or needed a second attempt, read from what Vitest and Playwright write about a run. */
import { stripVTControlCharacters } from 'node:util';

/** Something that took time: a file of Vitest's tests, or one journey; in milliseconds. */
export type Took = { name: string; ms: number };

export interface VitestReport {
  testResults?: {
    name: string;
    status?: string;
    startTime: number;
    endTime: number;
    assertionResults?: { fullName: string; failureMessages?: string[] | null }[];
  }[];
}

export interface PlaywrightReport {
  suites?: PlaywrightSuite[];
}

interface PlaywrightSuite {
  suites?: PlaywrightSuite[];
  specs?: { title: string; file: string; tests: PlaywrightTest[] }[];
}

interface PlaywrightTest {
  status?: string;
  results: { duration: number; error?: { message?: string } }[];
}

/** Something that came right only when it was made again, and what it said before. */
export type Unsteady = { name: string; said: string };

/** The longest first, ten of them. */
export const slowest = (all: Took[]) => all.toSorted((one, other) => other.ms - one.ms).slice(0, 10);

/** Vitest's tests share what their file prepares, so it is files that take time. Names are cut to start below `root`. */
export const filesOf = (report: VitestReport, root: string): Took[] =>
  (report.testResults ?? []).map(({ name, startTime, endTime }) => ({
    name: name.replace(`${root}/`, ''),
    ms: endTime - startTime
  }));

export const journeysOf = ({ suites = [] }: PlaywrightReport): Took[] => suites.flatMap(inSuite);

/** Journeys that failed at first and came right when they were made again. */
export const unsteadyOf = ({ suites = [] }: PlaywrightReport): Unsteady[] =>
  suites.flatMap(({ suites: inner = [], specs = [] }) => [
    ...unsteadyOf({ suites: inner }),
    ...specs
      .filter(({ tests }) => tests.some(({ status }) => status === 'flaky'))
      .map(({ title, file, tests }) => ({
        name: `${file}: ${title}`,
        said: beginningOf(tests.flatMap(({ results }) => results.map(({ error }) => error?.message ?? '')))
      }))
  ]);

/** Files of Vitest's tests that failed, and what their first failure said. */
export const failedOf = ({ testResults = [] }: VitestReport, root: string): Unsteady[] =>
  testResults
    .filter(({ status }) => status === 'failed')
    .map(({ name, assertionResults = [] }) => ({
      name: name.replace(`${root}/`, ''),
      said: beginningOf(
        assertionResults.flatMap(({ fullName, failureMessages }) =>
          (failureMessages ?? []).map((message) => `${fullName}: ${message}`)
        )
      )
    }));

/** The first lines of the first message, without a terminal's colours. */
const beginningOf = (messages: string[]) =>
  stripVTControlCharacters(messages.find(Boolean) ?? '')
    .split('\n')
    .slice(0, 12)
    .join('\n')
    .slice(0, 1_000);

const inSuite = ({ suites = [], specs = [] }: PlaywrightSuite): Took[] => [
  ...suites.flatMap(inSuite),
  ...specs.map(({ title, file, tests }) => ({
    name: `${file}: ${title}`,
    ms: sum(tests.flatMap(({ results }) => results.map(({ duration }) => duration)))
  }))
];

const sum = (all: number[]) => all.reduce((total, one) => total + one, 0);
