/** A pledge in words: "we answer within one working day, and solve it within ten". */
import type { Words } from '#lib/platform/words.ts';
import type { Pledge } from './promise.ts';

/** The hours of a weekday at the office, and of a day of the clock. */
const hoursOf = { working: 10, clock: 24 };

/** What is promised for a kind of request, before anything was asked. `wished`: its form asks for when it is wanted. */
export function sayPledge(
  t: Words,
  { first_response_hours: answer, resolution_hours: solved, hours }: Pledge,
  wished = false
) {
  const span = (count: number) => {
    const days = count / hoursOf[hours];
    const whole = Number.isInteger(days);
    return t(`requests.span_${hours}`, {
      unit: whole ? 'days' : count < 1 ? 'minutes' : 'hours',
      count: whole ? days : count < 1 ? Math.round(count * 60) : count
    });
  };
  if (solved === undefined) return t('requests.pledge_answer', { answer: span(answer) });
  if (wished) return t('requests.pledge_wish', { answer: span(answer) });
  return solved === answer
    ? t('requests.pledge_same', { solved: span(solved) })
    : t('requests.pledge', { answer: span(answer), solved: span(solved) });
}
