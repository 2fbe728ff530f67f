/** The photos of reports that wait for a line: kept beside them, and sent before them. */
import { filesKept, keepFiles, letGoFile, letGoFiles } from '#lib/files/ui/kept-files.ts';
import { personLimits, problemSentence, problemWithOffer, type FileProblem } from '#lib/files/limits.ts';
import type { Words } from '#lib/platform/words.ts';

/** What became of one photo: with us under an id, or not taken for a reason in words. */
export type Arrived = { name: string } & ({ id: string } | { problem: string });

/** Keeps them all, or says by its name which one cannot be kept, and then none is. */
export async function keepPhotos(form: string, files: readonly File[], t: Words): Promise<string | null> {
  const wrong = problemIn(files);
  if (wrong) return t('visits.photo_not_kept', { problem: problemSentence(t, wrong) });
  const { noRoomFor } = await keepFiles(form, files);
  return noRoomFor === null ? null : t('visits.photo_no_room', { name: noRoomFor });
}

function problemIn(files: readonly File[]): FileProblem | null {
  const over = files[personLimits.files];
  if (over) return { reason: 'too_many', limit: personLimits.files, name: over.name };
  for (const { name, size, type } of files) {
    const problem = problemWithOffer(personLimits, { size, type });
    if (problem) return { ...problem, name };
  }
  return null;
}

/** One after the other; `arrived` is told of each before it is let go here. Says whether the line held. */
export async function sendPhotos(
  place: string,
  key: string,
  arrived: (photo: Arrived) => void
): Promise<boolean> {
  const { uploadKept } = await import('#lib/files/ui/upload-kept.ts');
  for (const { at, file } of await filesKept(place).catch(() => [])) {
    const became = await uploadKept(file, key);
    if (!became) return false;
    arrived({ name: file.name, ...became });
    await letGoFile(at);
  }
  return true;
}

/** A browser that keeps no files has none to let go. */
export const letGoPhotos = (form: string) => letGoFiles(form).catch(() => {});
