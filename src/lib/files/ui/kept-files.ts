/** Files that a telephone could not send yet: kept in this browser, form by form, until there is a line again. */

interface KeptFile {
  at: IDBValidKey;
  file: File;
}

/** All of them or none: what has no room is told by its name, and nothing of the form stays half kept. */
export async function keepFiles(form: string, files: readonly File[]): Promise<{ noRoomFor: string | null }> {
  const put: IDBValidKey[] = [];
  for (const [nth, file] of files.entries()) {
    try {
      put.push(await within('readwrite', (store) => store.add(file, [form, Date.now(), nth])));
    } catch {
      await Promise.all(put.map(letGoFile));
      return { noRoomFor: file.name };
    }
  }
  return { noRoomFor: null };
}

export async function filesKept(form: string): Promise<KeptFile[]> {
  const all = allOf(form);
  const [keys, files] = [
    await within('readonly', (store) => store.getAllKeys(all)),
    await within('readonly', (store) => store.getAll(all) as IDBRequest<File[]>)
  ];
  return files.flatMap((file, nth) => {
    const at = keys[nth];
    return at === undefined ? [] : [{ at, file }];
  });
}

export const letGoFile = (at: IDBValidKey) => within('readwrite', (store) => store.delete(at));
export const letGoFiles = (form: string) => within('readwrite', (store) => store.delete(allOf(form)));

/** By form, then by when they were kept. */
const allOf = (form: string) => IDBKeyRange.bound([form], [form, []]);

async function within<T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>) {
  const db = await open();
  try {
    return await new Promise<T>((done, fail) => {
      // On the disk, and not only on its way there: a telephone may be out of battery a second later.
      const work = db.transaction('file', mode, { durability: 'strict' });
      const asked = ask(work.objectStore('file'));
      work.oncomplete = () => done(asked.result);
      work.onabort = () => fail(work.error ?? new Error('not kept'));
    });
  } finally {
    db.close();
  }
}

const open = () =>
  new Promise<IDBDatabase>((done, fail) => {
    const asked = indexedDB.open('hearth files', 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore('file');
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error ?? new Error('no place to keep files'));
  });
