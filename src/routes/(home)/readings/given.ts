/** A reading as it was typed into a form, here or at the desk: what it says, or what is wrong with it in words. */
import { readDigits } from '#lib/accounts/reading.ts';
import { isDay } from '#lib/platform/dates.ts';
import { problemSentence } from '#lib/files/limits.ts';
import { problemWithPhotos } from '#lib/files/server/of-readings.ts';
import { keyOf, textIn, textsIn } from '#lib/platform/posted.ts';
import type { Words } from '#lib/platform/words.ts';

export function typedReading(form: FormData) {
  return {
    digits: (textIn(form, 'digits') || textIn(form, 'meant_digits')).slice(0, 200),
    read_on: textIn(form, 'read_on') || textIn(form, 'meant_on')
  };
}

export function judgeReading(
  { digits, read_on }: ReturnType<typeof typedReading>,
  places: number,
  { today, t }: { today: string; t: Words }
): { ok: true; digits: string; read_on: string } | { ok: false; problems: Record<string, string> } {
  const read = readDigits(digits, places);
  const dayIsRight = isDay(read_on) && read_on <= today && read_on >= earliest(today);
  if ('digits' in read && dayIsRight) return { ok: true, digits: read.digits, read_on };

  const example = '00412'.padStart(places, '0');
  return {
    ok: false,
    problems: {
      ...('problem' in read && { digits: t(`readings.${read.problem}`, { count: places, example }) }),
      ...(!dayIsRight && { read_on: t('readings.day_wrong') })
    }
  };
}

/** The photos that came with it. Files that could not be taken are told of by the shell, in the words of the page. */
export const photosIn = (form: FormData) => ({
  formKey: keyOf(form.get('key')),
  attachments: textsIn(form, 'attachment'),
  refused: textsIn(form, 'attachment_problem').join(' ')
});

/** What is wrong with the photos, as a sentence. */
export async function problemOfPhotos({ db, t }: App.Locals, photos: ReturnType<typeof photosIn>) {
  if (photos.refused) return photos.refused;
  const problem = await problemWithPhotos(db, photos);
  return problem && problemSentence(t, problem);
}

export const earliest = (today: string) => Temporal.PlainDate.from(today).subtract({ days: 60 }).toString();
