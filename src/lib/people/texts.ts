/** Text messages to customers: what is known of their number, and which replies say stop. */

export interface TextNumber {
  number: string;
  verified_at: Date;
  /** When they said stop; null while they are texted. */
  stopped_at: Date | null;
  /** When the gateway said that it cannot be texted. */
  failed_at: Date | null;
}

/** Whether texts reach somebody now. */
export const isTexted = (number: TextNumber | null): boolean =>
  number !== null && number.stopped_at === null && number.failed_at === null;

const stopWords = new Set(
  'stop stopall unsubscribe cancel end quit baja alto parar para cancelar detener ruko band'.split(' ')
);

/** Whether a reply says stop: the word alone, however it is written. A sentence with it in is read by nobody. */
export const saysStop = (reply: string): boolean =>
  stopWords.has(
    reply
      .normalize('NFKD')
      .replaceAll(/[^\p{L}]+/gu, '')
      .toLowerCase()
  );
