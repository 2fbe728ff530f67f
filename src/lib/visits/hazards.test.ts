/** What is known of codes that came from outside. */
import { expect, test } from 'vitest';
import { hazardAnswersIn, hazardsIn } from './hazards.ts';

test('codes are read in one order, each once, and “nothing else” is an answer but no hazard', () => {
  const codes = ['nothing_else', 'key_safe', 'dog', 'dog', 'dragon'];
  expect(hazardsIn(codes)).toEqual(['dog', 'key_safe']);
  expect(hazardAnswersIn(codes)).toEqual(['dog', 'key_safe', 'nothing_else']);
});
