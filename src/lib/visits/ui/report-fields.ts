/** What stands in a technician's report, as it is kept and sent. */

export const idsIn = (attachment: string | undefined) => (attachment ?? '').split(',').filter(Boolean);

/** All fields but files; several photos travel as one field, with those that had arrived before. */
export function fieldsOf(form: HTMLFormElement, arrived: readonly string[]): Record<string, string> {
  const fields: Record<string, string> = {};
  const posted = new FormData(form);
  for (const [name, value] of posted) if (typeof value === 'string') fields[name] = value;
  const ids = posted.getAll('attachment').filter((one) => typeof one === 'string');
  fields['attachment'] = [...new Set([...arrived, ...ids])].join(',');
  return fields;
}
