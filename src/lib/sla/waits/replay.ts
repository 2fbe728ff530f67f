/** Goes through a history as it happened, and says at each opening what would have been estimated then. */
import { forecaster, type Waiting } from './forecast.ts';

export type Past = Waiting & { closed: number | null };

/** Estimates in order of opening; each knows only what had been opened and closed before. */
export function replay(history: readonly Past[]): { id: string; estimate: number[] }[] {
  const opened = history.toSorted((one, other) => one.opened - other.opened);
  const closed = history
    .flatMap(({ closed: at }, number) => (at === null ? [] : [{ at, number }]))
    .sort((one, other) => one.at - other.at);
  const numbers = new Map(history.map((one, number) => [one, String(number)]));
  const forecast = forecaster();
  let next = 0;
  return opened.map((one) => {
    for (; next < closed.length && closed[next]!.at < one.opened; next++)
      forecast.close(String(closed[next]!.number), closed[next]!.at);
    return { id: one.id, estimate: forecast.open({ ...one, id: numbers.get(one) ?? one.id }) };
  });
}
