/** The clocks of an emergency: by when somebody is sent, and by when somebody is there. They run day and night. */
import { emergencyStatuses, isOver, type EmergencyStatus } from './life.ts';

/** Minutes from when it came in (UK licence condition D10: an hour where gas still escapes, two where it does not). */
export const minutesTo = { dispatched: 60, attended: 120 } as const;
/** How many minutes before its end a clock warns. */
export const warnBefore = 30;
/** Once a clock is past its end, how many minutes until it is said again. */
const sayAgain = 60;

export type ClockStep = keyof typeof minutesTo;
/** `near`: its warning is due. */
export type ClockState = 'running' | 'near' | 'late';

export interface Clock {
  step: ClockStep;
  due: Date;
  state: ClockState;
  /** 0 while it runs, 1 once it warns, 2 when it is past its end, and one more each time it is to be said again. */
  level: number;
}

interface Running {
  status: EmergencyStatus;
  received_at: Date;
}

/** The clocks that still run. What was left out is not waited for: whoever is there need not be sent. */
export function clocksOf({ status, received_at }: Running, now: Date): Clock[] {
  const minutes = (now.getTime() - received_at.getTime()) / 60_000;
  return steps
    .filter((step) => !isOver(status) && order(status) < order(step))
    .map((step) => {
      const left = minutesTo[step] - minutes;
      const level = left > warnBefore ? 0 : left > 0 ? 1 : 2 + Math.floor(-left / sayAgain);
      return {
        step,
        due: new Date(received_at.getTime() + minutesTo[step] * 60_000),
        state: level === 0 ? 'running' : level === 1 ? 'near' : 'late',
        level
      };
    });
}

const steps = ['dispatched', 'attended'] as const;
const order = (status: EmergencyStatus) => emergencyStatuses.indexOf(status);
