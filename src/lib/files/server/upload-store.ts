/** What the upload protocol knows of our files: bytes lie in the folder, everything else stands in the row. */
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DataStore, ERRORS, Upload } from '@tus/server';
import { refuse } from '#lib/platform/refusal.ts';
import { sniff, sniffable } from './sniff.ts';
import { originalFile, type Storage } from './storage.ts';
import { isReason, limitsFor, problemWithContent, wordsOfProblem } from '../limits.ts';
import { finishFile, takeBackFile, turnAwayFile, type Sender } from './commands.ts';
import { unsent } from './unsent.ts';

/** Sees only what its sender may see: to everybody else an upload does not exist. */
export class UploadStore extends DataStore {
  #sender: Sender;
  #storage: Storage;

  constructor(sender: Sender, storage: Storage) {
    super();
    this.extensions = ['creation', 'creation-with-upload', 'termination'];
    this.#sender = sender;
    this.#storage = storage;
  }

  override async create(upload: Upload) {
    await this.#storage.create(upload.id, originalFile);
    return upload;
  }

  override async write(readable: Readable, id: string, offset: number) {
    const file = this.#storage.write(id, originalFile, offset);
    await pipeline(readable, file);
    const received = offset + file.bytesWritten;
    if (offset < sniffable && received >= sniffable) await this.#turnAwayEarly(id, received);
    return received;
  }

  override async getUpload(id: string) {
    const row = await this.#row(id);
    if (!row) throw protocolError(ERRORS.FILE_NOT_FOUND);
    if (isReason(row.why_rejected)) refuse('invalid', ...wordsOfProblem({ reason: row.why_rejected }));

    const offset = await this.#storage.size(id, originalFile);
    if (offset === null) throw protocolError(ERRORS.FILE_NO_LONGER_EXISTS);
    if (offset === row.size && row.state === 'receiving') await this.#finish(id);
    return new Upload({ id, size: row.size, offset, creation_date: row.created_at.toISOString() });
  }

  override async remove(id: string) {
    if (!(await takeBackFile(this.#sender, this.#storage, id))) throw protocolError(ERRORS.FILE_NOT_FOUND);
  }

  /** A file that is here, but whose sender was never told: the process died between the two. */
  async #finish(id: string) {
    const problem = await finishFile(this.#sender, this.#storage, id);
    if (problem) refuse('invalid', ...wordsOfProblem(problem));
  }

  /** As soon as enough is here to tell what it is, what we do not take is turned away. */
  async #turnAwayEarly(id: string, received: number) {
    const type = await sniff(await this.#storage.head(id, originalFile));
    const problem = problemWithContent(limitsFor(this.#sender.actor), { type, size: received });
    if (!problem) return;
    await turnAwayFile(this.#sender, this.#storage, id, problem);
    refuse('invalid', ...wordsOfProblem(problem));
  }

  #row(id: string) {
    return this.#sender.db
      .selectFrom('attachment')
      .select(['size', 'state', 'why_rejected', 'created_at'])
      .where('id', '=', id)
      .where(unsent)
      .where('state', '<>', 'removed')
      .executeTakeFirst();
  }
}

/** The protocol's answers are plain objects; thrown ones should be errors. */
const protocolError = (answer: { status_code: number; body: string }) =>
  Object.assign(new Error(answer.body), answer);
