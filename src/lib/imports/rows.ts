/** Reads the rows of one file of a kind: cells become what the database takes, or a problem that says where and why. */
import { clean, isBlank } from '#lib/platform/cleaning.ts';
import { unfit, Wrong } from './cells.ts';
import { type Column, type Kind, kinds } from './kinds.ts';

export interface Problem {
  /** As a spreadsheet counts them: the header is row 1. */
  row: number;
  column: string;
  reason: string;
}

/** What takes one row of cells: the values in the order of the kind's columns, null where empty, or the problems. */
export type RowReader = (cells: readonly string[], row: number) => (string | null)[] | Problem[];

export const isRefused = (read: (string | null)[] | Problem[]): read is Problem[] =>
  typeof read[0] === 'object' && read[0] !== null;

/** A reader for the rows below this header, or why there can be none. Columns may stand in any order. */
export function readerFor(kind: Kind, header: readonly string[]): RowReader | { reasons: string[] } {
  const columns: Column[] = kinds[kind];
  const names = header.map((name) => name.trim().toLowerCase());
  const reasons = [
    ...columns
      .filter(({ name, absent }) => !absent && !names.includes(name))
      .map(({ name }) => `The column “${name}” is missing.`),
    ...names
      .filter((name, at) => names.indexOf(name) !== at)
      .map((name) => `The column “${name}” stands there twice.`),
    ...names
      .filter((name) => !columns.some((column) => column.name === name))
      .map((name) => `No column is called “${name.slice(0, 40)}”.`)
  ];
  if (reasons.length) return { reasons };

  const places = columns.map(({ name }) => names.indexOf(name));
  const currencyAt = names.indexOf('currency');
  return (cells, row) => {
    if (cells.length !== names.length)
      return [{ row, column: '', reason: `Has ${cells.length} cells; the header has ${names.length}.` }];
    const currency = cells[currencyAt] ?? '';
    const problems: Problem[] = [];
    const values = columns.map((column, nth) => {
      const value = readCell(column, cells[places[nth] ?? -1] ?? '', currency);
      if (!(value instanceof Wrong)) return value;
      problems.push({ row, column: column.name, reason: value.reason });
      return null;
    });
    return problems.length ? problems : values;
  };
}

const empty = new Wrong('Must not be empty.');

function readCell({ read, optional }: Column, text: string, currency: string) {
  const wrong = unfit(text);
  if (wrong) return wrong;
  if (isBlank(text)) return optional ? null : empty;
  return read(clean(text), currency);
}

/** The sign between cells, as the header shows it. */
export function delimiterOf(header: string): ',' | ';' | '\t' {
  const count = (sign: string) => header.split(sign).length;
  if (count(';') > count(',')) return ';';
  return count('\t') > count(',') ? '\t' : ',';
}
