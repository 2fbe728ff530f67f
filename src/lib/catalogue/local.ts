/** The catalogue as one jurisdiction has it: its kinds, its units, its deadlines and notes, and nobody else's. */
import type { Jurisdiction } from '#lib/safety/wording.ts';
import type { Field, ServiceType } from '#lib/forms/definition.ts';

/** What is offered there, as plain definitions that know of no other place. */
export const catalogueOf = (jurisdiction: Jurisdiction, types: readonly ServiceType[]): ServiceType[] =>
  types.flatMap(({ in: elsewhere, ...type }) => {
    const otherwise = elsewhere?.[jurisdiction];
    if (otherwise === false) return [];
    if (!otherwise) return [type];

    const { fields = {}, promise, ...parts } = otherwise;
    const own = { ...type.promise, ...promise };
    return [
      {
        ...type,
        ...parts,
        promise: own,
        fields: type.fields.map((field) => changed(field, fields[field.name]))
      }
    ];
  });

type Changes = NonNullable<
  Exclude<NonNullable<ServiceType['in']>[Jurisdiction], false | undefined>['fields']
>[string];

function changed(field: Field, changes: Changes | undefined): Field {
  if (!changes) return field;
  const { without = [], called = {}, ...parts } = changes;
  // A test holds changes to parts that the field has.
  const whole = { ...field, ...parts } as Field;
  return 'options' in whole
    ? {
        ...whole,
        options: whole.options
          .filter(({ value }) => !without.includes(value))
          .map((option) => ({ ...option, label: called[option.value] ?? option.label }))
      }
    : whole;
}
