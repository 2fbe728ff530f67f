/** What the emergency screen is to read of a message: danger told in two messages is heard as in one. */
import { screenText } from './screening.ts';

/** The message with the one before it, unless that one had danger in it by itself and was dealt with then. */
export async function heardTogether(before: string | null, text: string): Promise<string[]> {
  if (!before || (await screenText(before)).level !== 'clear') return [text];
  return [before, text];
}
