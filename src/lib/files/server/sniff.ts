/** What a file is, by what is in it. Its name and what the sender called it count for nothing. */
import { fileTypeFromBuffer } from 'file-type';

/** Enough of the beginning to tell every type we know. */
export const sniffable = 4100;

/** Names that mean the same to us. A sequence of pictures is shown by its first. */
const synonyms: Record<string, string> = {
  'image/apng': 'image/png',
  'image/heif': 'image/heic',
  'image/heic-sequence': 'image/heic',
  'image/heif-sequence': 'image/heic',
  'video/x-m4v': 'video/mp4',
  'video/3gpp2': 'video/3gpp'
};

/** The media type of what begins with these bytes, or null when nobody could say. Text is nothing we can say. */
export async function sniff(head: Uint8Array): Promise<string | null> {
  const found = await fileTypeFromBuffer(head);
  return found ? (synonyms[found.mime] ?? found.mime) : null;
}
