/** The kinds of value a variable can have, each with the sentence that a wrong one is answered with. */
import * as v from 'valibot';
import { isHolidayRegion, readDays, readWeek } from './working-days.ts';

export const text = v.optional(v.string());

export const wholeNumber = (name: string, least: number, most: number) =>
  kind(`${name} must be a whole number from ${least} to ${most}.`, (value) => {
    const number = Number(value);
    return Number.isInteger(number) && number >= least && number <= most ? number : undefined;
  });

export const yesOrNo = (name: string) =>
  kind(`${name} must be 1 or 0.`, (value) => {
    if (['1', 'true', 'yes', 'on'].includes(value.toLowerCase())) return true;
    return ['0', 'false', 'no', 'off'].includes(value.toLowerCase()) ? false : undefined;
  });

export const oneOf = <const T extends readonly string[]>(name: string, choices: T) =>
  v.optional(v.picklist(choices, `${name} must be one of ${choices.join(', ')}.`));

/** A web address without path: scheme, host and perhaps a port. */
export const origin = (name: string) =>
  kind(`${name} must look like https://service.example, without a path.`, (value) => {
    const url = parsed(value, ['http:', 'https:']);
    return url && url.href === `${url.origin}/` ? url.origin : undefined;
  });

export const address = (name: string, schemes: string[]) =>
  kind(
    `${name} must be an address that begins with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}.`,
    (value) => (parsed(value, schemes) ? value : undefined)
  );

export const mailAddress = (name: string) =>
  kind(`${name} must be one mail address, such as post-room@gas.example.`, (value) =>
    isMailAddress(value) ? value : undefined
  );

/** One or more mail addresses, separated by commas. */
export const mailAddresses = (name: string) =>
  kind(`${name} must hold mail addresses such as duty@gas.example, separated by commas.`, (value) => {
    const all = value.split(',').map((one) => one.trim());
    return all.every(isMailAddress) ? all : undefined;
  });

/** A sender: a mail address, alone or as `Name <address>`. */
export const sender = (name: string) =>
  kind(`${name} must be a mail address, such as: Northgate Gas <service@gas.example>`, (value) =>
    isMailAddress(/<(.*)>$/.exec(value)?.[1] ?? value) ? value : undefined
  );

/** Facts, each with its name: `Bank: First Bank | Account: 123`. */
export const facts = (name: string) =>
  kind(`${name} must look like: Bank: First Bank | Account number: 12345678`, (value) => {
    const all = value.split('|').map((one) => /^\s*([^:]{1,40}):\s*(.{1,80}?)\s*$/.exec(one));
    return all.length <= 8 && all.every((one) => one !== null)
      ? all.map(([, label = '', text = '']) => ({ label, text }))
      : undefined;
  });

export const timeZone = (name: string) =>
  kind(`${name} must be the name of a time zone, such as America/New_York.`, (value) =>
    isKnown(() => new Intl.DateTimeFormat('en', { timeZone: value })) ? value : undefined
  );

export const currency = (name: string) =>
  kind(`${name} must be the three-letter code of a currency, such as USD.`, (value) =>
    Intl.supportedValuesOf('currency').includes(value) ? value : undefined
  );

export const week = (name: string) =>
  kind(
    `${name} must look like: Mon-Fri 08:00-18:00, Sat 09:00-13:00`,
    (value) => readWeek(value) ?? undefined
  );

export const days = (name: string) =>
  kind(
    `${name} must hold days such as 2026-12-24, or 12-24 for every year, separated by commas.`,
    (value) => readDays(value) ?? undefined
  );

export const holidayRegion = (name: string) =>
  kind(`${name} must be a country or a part of one, such as US, GB-SCT or IN-MH.`, (value) =>
    isHolidayRegion(value) ? value : undefined
  );

/** One line to be shown to people. */
export const shortText = (name: string, most: number) =>
  v.optional(v.pipe(v.string(), v.maxLength(most, `${name} must have at most ${most} characters.`)));

export const longText = (name: string, least: number) =>
  v.optional(v.pipe(v.string(), v.minLength(least, `${name} must have at least ${least} characters.`)));

/** A variable that may be missing; where it is there, `read` makes a value of it, or nothing when it is wrong. */
const kind = <T>(sentence: string, read: (value: string) => T | undefined) =>
  v.optional(
    v.pipe(
      v.string(),
      v.rawTransform<string, T>(({ dataset, addIssue, NEVER }) => {
        const value = read(dataset.value);
        if (value !== undefined) return value;
        addIssue({ message: sentence });
        return NEVER;
      })
    )
  );

const isMailAddress = (value: string) => /^[^\s@<>,]+@[^\s@<>,]+$/.test(value);

function parsed(value: string, schemes: string[]) {
  const url = URL.canParse(value) ? new URL(value) : null;
  return url && schemes.includes(url.protocol) ? url : null;
}

function isKnown(ask: () => unknown) {
  try {
    ask();
    return true;
  } catch {
    return false;
  }
}
