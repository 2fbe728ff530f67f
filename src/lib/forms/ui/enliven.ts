/** Makes the asking form livelier: steps, checks while leaving a field, uploads with progress, and a kept draft. */
import { catchUp } from '#lib/ui/catch-up.ts';
import { enhanceQuestions } from './form-steps.ts';
import { keepAddress, keepWhileTyping } from './autosave.ts';
import { enhanceUploader } from '#lib/files/ui/uploader.ts';

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-asking]')) {
  enhanceQuestions(form);
  for (const uploader of form.querySelectorAll<HTMLElement>('[data-uploader]')) enhanceUploader(uploader);
  keepWhileTyping(form);
  keepAddress(form);
  catchUp(form);
}
