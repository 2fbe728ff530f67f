/** Gives every test run its database server, once, before the first test. */
import type { TestProject } from 'vitest/node';
import { startTestServer } from './server.ts';

export default async function setUp(project: TestProject) {
  const { stop, ...server } = await startTestServer();
  project.provide('testServer', server);
  return stop;
}
