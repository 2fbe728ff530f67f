/** Whether texts are sent, and so somebody delivers them: no database is asked, for this page stands without one. */
import { htmlOnly } from '#lib/platform/html-only.ts';
import { config } from '#lib/platform/server/config.ts';

export const load = () => htmlOnly({ texts: config.texts });
