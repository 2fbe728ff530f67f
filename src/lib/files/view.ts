/** Who gets which form of a file, and what is told of it. Nothing goes out before it was looked through. */
import { isStaff, type Actor } from '#lib/platform/actor.ts';
import {
  isReason,
  limitsFor,
  problemKept,
  type AttachmentState,
  type FileProblem,
  type Kind,
  type Preview,
  type Scan
} from './limits.ts';

/** What rules ask of an attachment. Properties are those of its row. */
export interface AttachmentFacts {
  id: string;
  name: string;
  size: number;
  state: AttachmentState;
  kind: Kind | null;
  type: string | null;
  scan: Scan;
  preview: Preview;
  has_position: boolean | null;
  stripped: boolean;
  visibility: 'public' | 'internal';
  width: number | null;
  height: number | null;
  seconds: number | null;
  why_rejected: string | null;
}

export const variants = ['thumb', 'shown', 'poster', 'original'] as const;
export type Variant = (typeof variants)[number];

/** A file that may be handed out: its name in the folder, its type, and whether a browser may show it in place. */
export interface Served {
  file: string;
  type: string;
  inline: boolean;
  name: string;
}

/**
 * The file behind a variant, or null when this actor does not get it. An original that says where it was taken, or
 * of which we could not tell, goes to staff only.
 */
export function served(actor: Actor, attachment: AttachmentFacts, variant: Variant): Served | null {
  const { state, scan, kind, type, preview } = attachment;
  if (state !== 'ready' || (scan !== 'clean' && scan !== 'not_scanned') || !type) return null;

  const as = (file: string, of: string, inline: boolean) => ({
    file,
    type: of,
    inline,
    name: nameFor(attachment.name, of)
  });
  const mayHaveOriginal = isStaff(actor) || attachment.has_position === false;
  if (variant === 'original') return mayHaveOriginal ? as('original', type, false) : null;
  if (variant === 'shown' && kind === 'video') {
    if (attachment.stripped) return as('stripped', type, true);
    return mayHaveOriginal ? as('original', type, true) : null;
  }
  const made = preview === 'made' && madeOf[kind ?? 'pdf'].includes(variant);
  return made ? as(`${variant}.webp`, 'image/webp', true) : null;
}

/** Which pictures are made of each kind. */
const madeOf: Record<Kind, readonly Variant[]> = {
  image: ['thumb', 'shown'],
  video: ['thumb', 'poster'],
  pdf: []
};

/** Everything a page needs to show a file to somebody, with the addresses that will open for them. */
export interface AttachmentView extends Omit<AttachmentFacts, 'why_rejected' | 'stripped' | 'type'> {
  problem: FileProblem | null;
  /** Staff are told what it was spared: a customer has no use for it. */
  for_staff?: boolean;
  address: Partial<Record<Variant, string>>;
}

export function attachmentView(actor: Actor, attachment: AttachmentFacts): AttachmentView {
  const { id, name, size, state, kind, scan, preview, has_position, visibility, width, height, seconds } =
    attachment;
  const open = variants.filter((variant) => served(actor, attachment, variant));
  return {
    ...{ id, name, size, state, kind, scan, preview, has_position, visibility, width, height, seconds },
    for_staff: isStaff(actor),
    problem: isReason(attachment.why_rejected)
      ? problemKept(attachment.why_rejected, limitsFor(actor), kind)
      : null,
    address: Object.fromEntries(open.map((variant) => [variant, `/files/${id}/${variant}`]))
  };
}

/** The icon that stands for a file of which there is no picture. */
export const signOf = (kind: Kind | null | undefined) =>
  kind === 'video' ? 'video' : kind === 'image' ? 'image' : 'file-text';

/** Endings that tell the truth about a type; the first is given to names that do not. */
const endings: Record<string, readonly string[]> = {
  'image/jpeg': ['jpg', 'jpeg', 'jpe', 'jfif'],
  'image/png': ['png'],
  'image/webp': ['webp'],
  'image/gif': ['gif'],
  'image/avif': ['avif'],
  'image/heic': ['heic', 'heif'],
  'video/mp4': ['mp4', 'm4v'],
  'video/quicktime': ['mov', 'qt'],
  'video/webm': ['webm'],
  'video/3gpp': ['3gp', '3g2'],
  'application/pdf': ['pdf']
};

/** The name to save a file under: `bill.exe` that is a PDF becomes `bill.exe.pdf`, and nothing runs by mistake. */
function nameFor(name: string, type: string): string {
  const [right = 'bin', ...others] = endings[type] ?? [];
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  if (ending === right || others.includes(ending)) return name;
  const known = Object.values(endings).some((list) => list.includes(ending));
  return `${known ? name.slice(0, -ending.length - 1) : name}.${right}`;
}
