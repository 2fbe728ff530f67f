/** Forms that bring files along, from browsers without our script: the files are stored, the pages see a small form. */
import type { IncomingMessage } from 'node:http';
import type { Readable, Writable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { Busboy } from '@fastify/busboy';
import { cleanName, wordsOfName } from '#lib/platform/filename.ts';
import { Refusal, refuse } from '#lib/platform/refusal.ts';
import { isUnreachable } from '#lib/platform/server/db.ts';
import { originalFile, type Storage } from './storage.ts';
import { formBudget, openBudget, smallForm } from '#lib/platform/server/form-body.ts';
import { inTime } from '#lib/platform/server/timeout.ts';
import { log } from '#lib/platform/server/log.ts';
import { kindOf, largest, limitsFor, problemSentence, type FileProblem } from '../limits.ts';
import { beginFile, finishFile, takeBackFile, turnAwayFile } from './commands.ts';
import type { Uploader } from './uploads.ts';

/** Bounds of a form, apart from its files. All of its text together has a budget of its own. */
const limits = {
  fieldNameSize: 200,
  fieldSize: formBudget.text,
  fields: formBudget.fields,
  files: 40,
  parts: formBudget.fields + 40,
  headerPairs: 40
};

/** How long the database may take to make room for a file, and to take it, in milliseconds. */
const patience = { toBegin: 3_000, toFinish: 30_000 };

/** Whether a request goes to a form that takes files. */
export const takesFiles = (req: IncomingMessage) =>
  /^\/(requests\/|readings\?|desk\/|chat\?)/.test(req.url ?? '');

/**
 * Reads a form with files to its end. Its files become attachments of the form that its field `key` names, which
 * must stand before them. The answer is the same request with a small body for the pages: all fields, an
 * `attachment` for every file that was taken, and an `attachment_problem`, as a sentence, for every one that was
 * not; and the `attachment_name` of each. Throws a refusal for a form that cannot be read, and leaves nothing of it behind. Whatever keeps a file from being
 * kept (the database, a disk that is full, read-only or broken), it is read past and said not to have been taken: the
 * words beside it are what cannot wait.
 */
export async function unpackMultipart(req: IncomingMessage, storage: Storage | null, uploader: Uploader) {
  const fields = new URLSearchParams();
  // What another site sends will be refused, once it was heard. We only must not keep any file that it brings.
  const keeping = req.headers.origin === uploader.origin ? storage : null;
  const stored: string[] = [];
  let away = false;
  try {
    for (const taken of await readForm(req, fields, takeFile)) {
      if (typeof taken === 'string') fields.append('attachment', taken);
      else if (taken) fields.append('attachment_problem', problemSentence(uploader.t, taken));
    }
  } catch (error) {
    await Promise.all(stored.map(letGo));
    throw error;
  }
  return plainForm(req, fields);

  /** All of the file is read, whether it is taken or not. */
  async function takeFile(file: FormFile): Promise<Taken> {
    const { stream, name } = file;
    if (name === '') return drain(stream, null);
    // A file's name is read for danger like every other word.
    fields.append('attachment_name', wordsOfName(name));
    const notNow = { reason: 'not_now', name: cleanName(name) } as const;
    if (!keeping || away) return drain(stream, notNow);
    try {
      return await storeFile(file, keeping);
    } catch (problem) {
      if (!isUnreachable(problem) && !brokeOff(problem))
        log.error('a file could not be kept', { error: problem });
      // The next one would fare no better, and its sender has waited long enough.
      away = true;
      stream.resume();
      return notNow;
    }
  }

  /** What cannot be taken back now is swept away with its row, once disk and database are back. */
  async function letGo(id: string) {
    if (storage) await inTime(takeBackFile(uploader, storage, id), patience.toBegin).catch(() => {});
  }

  async function storeFile({ stream, name, type }: FormFile, into: Storage): Promise<Taken> {
    const most = limitsFor(uploader.actor);
    const kind = kindOf(type);
    const limit = kind ? most.bytes[kind] : largest(most);
    const size = Math.min(Number(req.headers['content-length'] ?? limit) || limit, limit);
    const offer = { form_key: fields.get('key') ?? '', name, type, size };
    const begun = await inTime(beginFile(uploader, offer), patience.toBegin);
    if ('reason' in begun) return drain(stream, { ...begun, name: cleanName(name) });

    stored.push(begun.id);
    try {
      const problem = await keep(into, begun.id, stream, limit);
      return problem ? { ...problem, name: cleanName(name) } : begun.id;
    } catch (problem) {
      stream.resume();
      await letGo(begun.id);
      throw problem;
    }
  }

  async function keep(into: Storage, id: string, stream: Readable, limit: number) {
    let received = 0;
    await inTime(into.create(id, originalFile), patience.toBegin);
    await pipeline(
      async function* () {
        // What is too much is read, too, or the rest of the form would never come; but it is not kept. Where it cannot
        // be written the stream lives on, for the same reason. It comes in buffers, for nobody has set an encoding.
        for await (const piece of stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
          if ((received += piece.length) <= limit) yield piece;
        }
      },
      into.write(id, originalFile, 0)
    );

    if (received <= limit) return inTime(finishFile(uploader, into, id), patience.toFinish);
    const problem: FileProblem = { reason: 'too_large', limit: limit / (1024 * 1024) };
    await inTime(turnAwayFile(uploader, into, id, problem), patience.toFinish);
    return problem;
  }
}

/** The id of a file, what is wrong with it, or nothing when there was none. */
type Taken = string | FileProblem | null;

interface FormFile {
  stream: Readable;
  name: string;
  type: string;
}

/** Reads fields into `fields`, and hands on each file. Gives what became of the files, in their order. */
async function readForm(
  req: IncomingMessage,
  fields: URLSearchParams,
  /** Takes or leaves a file; it does not throw. */
  take: (file: FormFile) => Promise<Taken>
): Promise<Taken[]> {
  const files: Promise<Taken>[] = [];
  const streams: Readable[] = [];
  const spend = openBudget();
  let refusal: Refusal | undefined;

  const form = openReader(req);
  const tooLong = () => form.destroy((refusal ??= new Refusal('invalid', 'uploads.form_too_long')));
  form.on('field', (name, value, nameCut, valueCut, _encoding, type) => {
    // All of it is read, whatever type it says it has, and counts.
    if (nameCut || valueCut || !spend(name, value)) tooLong();
    // An input for files that was left empty comes as a field with the type of a file.
    else if (type === 'text/plain') fields.append(name, value);
  });
  form.on('file', (_field, stream, name, _encoding, type) => {
    streams.push(stream);
    // One after the other, in the order of the form.
    files.push(Promise.resolve(files.at(-1)).then(() => take({ stream, name: name ?? '', type })));
  });
  form.on('fieldsLimit', tooLong);
  form.on('filesLimit', () => files.push(Promise.resolve({ reason: 'too_many', limit: limits.files })));

  try {
    await pour(req, form);
  } catch {
    for (const stream of streams) stream.destroy();
    await Promise.allSettled(files);
    if (refusal) throw refusal;
    refuse('invalid', 'uploads.form_broken');
  }
  return Promise.all(files);
}

/** It cannot read what does not say where its parts end. */
function openReader(req: IncomingMessage) {
  try {
    return new Busboy({
      headers: { ...req.headers, 'content-type': req.headers['content-type'] ?? '' },
      limits
    });
  } catch {
    req.resume();
    refuse('invalid', 'uploads.form_broken');
  }
}

/** Not a pipeline: that would close the line on which we still have to say what was wrong. */
async function pour(req: IncomingMessage, form: Writable) {
  try {
    await new Promise<void>((resolve, reject) => {
      form.on('finish', resolve).on('error', reject);
      req.on('error', reject).on('close', () => req.complete || reject(new Error('the form broke off')));
      req.pipe(form);
    });
  } finally {
    req.unpipe(form);
    req.resume();
  }
}

const plainForm = (req: IncomingMessage, fields: URLSearchParams) =>
  smallForm(req, Buffer.from(fields.toString()));

/** The line broke, or the form was no form: whoever reads it says so. */
const brokeOff = (problem: unknown) =>
  problem instanceof Error && 'code' in problem && problem.code === 'ERR_STREAM_PREMATURE_CLOSE';

/** Reads a stream past. Where it breaks off, whoever reads the form says so. */
async function drain<T>(stream: Readable, answer: T): Promise<T> {
  await finished(stream.resume()).catch(() => {});
  return answer;
}
