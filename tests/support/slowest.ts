/** Which tests took the longest or needed a second attempt, read from what Vitest and Playwright write about a run. */

/** Something that took time: a file of Vitest's tests, or one journey; in milliseconds. */
export type Took = { name: string; ms: number };

export interface VitestReport {
  testResults?: { name: string; startTime: number; endTime: number }[];
}

export interface PlaywrightReport {
  suites?: PlaywrightSuite[];
}

interface PlaywrightSuite {
  suites?: PlaywrightSuite[];
  specs?: { title: string; file: string; tests: { status?: string; results: { duration: number }[] }[] }[];
}

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
export const unsteadyOf = ({ suites = [] }: PlaywrightReport): string[] =>
  suites.flatMap(({ suites: inner = [], specs = [] }) => [
    ...unsteadyOf({ suites: inner }),
    ...specs
      .filter(({ tests }) => tests.some(({ status }) => status === 'flaky'))
      .map(({ title, file }) => `${file}: ${title}`)
  ]);

const inSuite = ({ suites = [], specs = [] }: PlaywrightSuite): Took[] => [
  ...suites.flatMap(inSuite),
  ...specs.map(({ title, file, tests }) => ({
    name: `${file}: ${title}`,
    ms: sum(tests.flatMap(({ results }) => results.map(({ duration }) => duration)))
  }))
];

const sum = (all: number[]) => all.reduce((total, one) => total + one, 0);
