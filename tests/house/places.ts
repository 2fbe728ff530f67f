/** The places of a message that values fill. */
import { type MessageFormatElement, TYPE } from '@formatjs/icu-messageformat-parser';

/** Their names, each once, in order of the alphabet. */
export const placesIn = (elements: MessageFormatElement[]) => [...new Set(named(elements))].sort();

function named(elements: MessageFormatElement[]): string[] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.literal || element.type === TYPE.pound) return [];
    if (element.type === TYPE.plural || element.type === TYPE.select) {
      return [element.value, ...Object.values(element.options).flatMap(({ value }) => named(value))];
    }
    return 'value' in element ? [element.value] : [];
  });
}
