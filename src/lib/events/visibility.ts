/** Who an event is for: everybody who may see its subject, or staff alone. */
export type Visibility = 'public' | 'internal';
