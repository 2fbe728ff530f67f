/** Why somebody at a place is served first (priority services), in the words of the form by which they ask for it. */

export const needs = [
  'age',
  'child',
  'disability',
  'hearing',
  'sight',
  'smell',
  'mental_health',
  'equipment',
  'language',
  'short_term'
] as const;
export type Need = (typeof needs)[number];
