/** Brings the places for files on a page to life, where nothing else on it does. */
import { enhanceUploader } from './uploader.ts';

for (const uploader of document.querySelectorAll<HTMLElement>('[data-uploader]')) enhanceUploader(uploader);
