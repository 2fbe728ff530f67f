/** Nothing is here. Whoever comes to a door that is not theirs is shown this page, in the frame of every other. */
import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => error(404, locals.t('errors.missing'));
