type Prefixed<Part extends string, Messages> = {
  [Key in keyof Messages as `${Part}.${Key & string}`]: string;
};

/** The messages of one part, each under `part.key`. */
export function part<const Part extends string, Messages extends Record<string, string>>(
  name: Part,
  messages: Messages
) {
  const entries = Object.entries(messages).map(([key, message]) => [`${name}.${key}`, message]);
  // Object.fromEntries forgets the keys that the type just computed.
  return Object.fromEntries(entries) as Prefixed<Part, Messages>;
}
