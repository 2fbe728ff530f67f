/** Gives every test run its database server, once, before the first test. */
import type { TestProject } from 'vitest/node';
import { learnedDir } from './hearth.ts';
import { startTestServer } from './server.ts';

export default async function setUp(project: TestProject) {
  process.env.LEARNED_DIR = learnedDir;
  const { stop, ...server } = await startTestServer();
  project.provide('testServer', server);
  return stop;
}
