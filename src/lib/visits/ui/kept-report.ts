/** A report that waits in the browser of a telephone, and what is known of its photos. */
import type { Words } from '#lib/platform/words.ts';
import type { Arrived } from './kept-photos.ts';
import { idsIn } from './report-fields.ts';

export interface KeptReport {
  key: string;
  /** The visit it is about. */
  id: string;
  /** All fields of the form, as they were sent. */
  fields: Record<string, string>;
  /** The names of its photos that have not been sent. */
  photos?: string[];
  /** What is to be said of photos that did not come with it. */
  without?: string[];
  /** It is with us; what is left is to be told of its photos. */
  arrived?: boolean;
  /** Why it was refused, in words: then only its writer can help. */
  problem?: string;
  /** It may go by itself when the page is opened anew. */
  again?: boolean;
}

/** Of one photo that has been sent, or was not taken. */
export const took =
  (photo: Arrived, t: Words) =>
  ({ fields, photos = [], without = [] }: KeptReport): Partial<KeptReport> => ({
    photos: photos.toSpliced(photos.indexOf(photo.name), 1),
    ...('id' in photo
      ? {
          fields: { ...fields, attachment: [...idsIn(fields['attachment']), photo.id].join(',') }
        }
      : {
          without: [...without, t('uploads.problem_of_file', { name: photo.name, problem: photo.problem })]
        })
  });
