/** Somebody else at a request, right now. */
export interface Present {
  id: string;
  name: string;
  typing: boolean;
}
