/** One file that waited for a line, on its way to us without a form on the page. It goes on where it broke off. */
import { Upload } from 'tus-js-client';
import { idOf, pieceSize, problemIn, safetyIn } from './upload.ts';

/** A line can be dead without saying so, in milliseconds. */
const patience = 30_000;

/** Its id, or why we do not take it in the server's words; null where there is no line. */
export function uploadKept(file: File, key: string): Promise<{ id: string } | { problem: string } | null> {
  return new Promise((resolve) => {
    const upload = new Upload(file, {
      endpoint: '/uploads',
      chunkSize: pieceSize,
      // Whoever keeps it tries again by and by.
      retryDelays: [],
      metadata: { name: file.name, type: file.type, form_key: key, safe: '' },
      fingerprint: async () => ['hearth', 'kept', key, file.name, file.size, file.lastModified].join('-'),
      removeFingerprintOnSuccess: true,
      onProgress: wait,
      onSuccess: () => end({ id: idOf(upload) }),
      onError(error) {
        const problem = safetyIn(error) === null ? problemIn(error) : file.name;
        end(problem === null ? null : { problem });
      }
    });
    let dead: ReturnType<typeof setTimeout> | undefined;

    function wait() {
      clearTimeout(dead);
      dead = setTimeout(() => {
        void upload.abort();
        end(null);
      }, patience);
    }

    function end(became: { id: string } | { problem: string } | null) {
      clearTimeout(dead);
      resolve(became);
    }

    async function begin() {
      const [before] = await upload.findPreviousUploads().catch(() => []);
      if (before) upload.resumeFromPreviousUpload(before);
      wait();
      upload.start();
    }
    void begin();
  });
}
