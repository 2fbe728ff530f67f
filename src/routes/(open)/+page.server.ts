/** The first page. For customers who have signed in it also brings what they have under way. */
import type { PageServerLoad } from './$types';
import type { HomeCard } from './HomeCards.svelte';

type Home = { cards: HomeCard[]; zone: string };

export const load: PageServerLoad = (): { home: Home | null } => ({ home: null });
