/** What files may come with a request: which kinds, how large, how many. */
import type { Actor } from '#lib/platform/actor.ts';
import type { Values, WordKey, Words } from '#lib/platform/words.ts';

export const attachmentStates = ['receiving', 'received', 'ready', 'rejected', 'removed'] as const;
export type AttachmentState = (typeof attachmentStates)[number];
export const kinds = ['image', 'video', 'pdf'] as const;
export type Kind = (typeof kinds)[number];
export type Scan = 'pending' | 'clean' | 'not_scanned' | 'infected';
export type Preview = 'pending' | 'made' | 'none' | 'too_large' | 'failed';

/** Every type we take, by content. */
export const acceptedTypes: Record<string, Kind> = {
  'image/jpeg': 'image',
  'image/png': 'image',
  'image/webp': 'image',
  'image/gif': 'image',
  'image/avif': 'image',
  'image/heic': 'image',
  'video/mp4': 'video',
  'video/quicktime': 'video',
  'video/webm': 'video',
  'video/3gpp': 'video',
  'application/pdf': 'pdf'
};

/** What a file dialog offers. HEIC is taken but not named here: asked for JPEG, a phone converts by itself. */
export const offeredTypes = Object.keys(acceptedTypes).filter((type) => type !== 'image/heic');

export const kindOf = (type: string): Kind | null => acceptedTypes[type] ?? null;

const megabyte = 1024 * 1024;

/** How much one form may carry, and for how long it is kept before it is sent. */
export interface Limits {
  files: number;
  bytes: Record<Kind, number>;
  daysKept: number;
}

export const personLimits: Limits = {
  files: 10,
  bytes: { image: 25 * megabyte, video: 500 * megabyte, pdf: 25 * megabyte },
  daysKept: 14
};

export const visitorLimits: Limits = {
  files: 3,
  bytes: { image: 25 * megabyte, video: 25 * megabyte, pdf: 25 * megabyte },
  daysKept: 1
};

/** How many photos go along with one reading: more say no more of one dial. */
export const mostPhotos = 3;

/** What all visitors behind one network address may send in a day. */
export const addressLimits = { files: 20, bytes: 300 * megabyte };

export const limitsFor = (actor: Actor) => (actor.kind === 'person' ? personLimits : visitorLimits);

/** A file as somebody offers it; `type` is what they say it is. */
export interface Offer {
  size: number;
  type: string;
}

/** Why a file is not taken; turned into a sentence by `problemSentence`. `limit` is a number of the reason's own. */
export interface FileProblem {
  reason: Reason;
  limit?: number | undefined;
  /** The file's name, where a sentence has to say which file it is about. */
  name?: string | undefined;
}

const wordsOf = {
  empty: 'uploads.empty',
  type_refused: 'uploads.type_refused',
  no_photo: 'uploads.no_photo',
  too_large: 'uploads.too_large',
  infected: 'uploads.infected',
  broken_off: 'uploads.broken_off',
  too_many: 'uploads.too_many',
  too_many_today: 'uploads.too_many_today',
  too_many_waiting: 'uploads.too_many_waiting',
  too_many_kept: 'uploads.too_many_kept',
  no_form: 'uploads.no_form',
  not_there: 'uploads.not_there',
  not_now: 'uploads.not_now'
} as const satisfies Record<string, WordKey>;

export type Reason = keyof typeof wordsOf;

export const isReason = (value: unknown): value is Reason =>
  typeof value === 'string' && Object.hasOwn(wordsOf, value);

export const wordsOfProblem = ({ reason, limit }: FileProblem): [WordKey, Values] => [
  wordsOf[reason],
  { limit }
];

/** The whole sentence, with the file's name in front where it is known. */
export function problemSentence(t: Words, problem: FileProblem): string {
  const sentence = t(...wordsOfProblem(problem));
  return problem.name ? t('uploads.problem_of_file', { name: problem.name, problem: sentence }) : sentence;
}

/** What can be said against a file before any of it has come. Content has the last word, in `problemWithContent`. */
export function problemWithOffer(limits: Limits, { size, type }: Offer): FileProblem | null {
  const kind = kindOf(type);
  return problemWithSize(size, kind ? limits.bytes[kind] : largest(limits));
}

/** What can be said against a file whose content we have seen. */
export function problemWithContent(
  limits: Limits,
  { size, type }: { size: number; type: string | null }
): FileProblem | null {
  const kind = type && kindOf(type);
  return kind ? problemWithSize(size, limits.bytes[kind]) : { reason: 'type_refused' };
}

/** A reason that was kept, with the limit that its sentence names. */
export const problemKept = (reason: Reason, limits: Limits, kind: Kind | null): FileProblem => ({
  reason,
  limit:
    reason === 'too_large'
      ? (kind ? limits.bytes[kind] : largest(limits)) / megabyte
      : reason === 'too_many'
        ? limits.files
        : undefined
});

export const largest = (limits: Limits) => Math.max(...Object.values(limits.bytes));

function problemWithSize(size: number, limit: number): FileProblem | null {
  if (size <= 0) return { reason: 'empty' };
  return size > limit ? { reason: 'too_large', limit: limit / megabyte } : null;
}
