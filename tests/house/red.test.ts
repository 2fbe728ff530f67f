/** Red says that somebody is in danger, or that what was just sent was refused. Lateness and low marks are not red. */
import { expect, test } from 'vitest';
import { filesOf, read } from './source.ts';

const parts = 'the colour of a part of which others say what it is for';
const refused = 'what was refused, or is gone wrong, beside its field or button';
const alarm = 'a live alarm';
const danger = 'what to do in danger';

/** Where red stands, and why. Buttons that end something for good are known by their kind. */
const red: Record<string, string> = {
  'src/lib/ui/Badge.svelte': parts,
  'src/lib/ui/BigLinks.svelte': parts,
  'src/lib/ui/Notice.svelte': parts,
  'src/lib/ui/Toasts.svelte': parts,
  'src/lib/emergencies/ui/EmergencyClocks.svelte': alarm,
  'src/lib/emergencies/ui/EmergencyStatus.svelte': alarm,
  'src/lib/emergencies/ui/Waiting.svelte': alarm,
  'src/routes/(desk)/desk/requests/new/Danger.svelte': alarm,
  'src/lib/forms/ui/WayOut.svelte': danger,
  'src/lib/safety/ui/SafetySteps.svelte': danger,
  'src/routes/(open)/emergency/heard/+page.svelte': danger,
  'src/routes/(open)/emergency/heard/Contact.svelte': danger,
  'src/lib/files/ui/UploadRow.svelte': refused,
  'src/lib/files/ui/Uploader.svelte': refused,
  'src/lib/forms/ui/RequestField.svelte': refused,
  'src/lib/orders/ui/OfferField.svelte': refused,
  'src/lib/orders/ui/SlotChoice.svelte': refused,
  'src/lib/desk/ui/Action.svelte': refused,
  'src/lib/desk/ui/Actions.svelte': refused,
  'src/lib/ui/Choices.svelte': refused,
  'src/lib/ui/FieldFrame.svelte': refused,
  'src/lib/ui/Problems.svelte': refused,
  'src/routes/(desk)/desk/(queue)/requests/[reference]/ChatHands.svelte': refused,
  'src/routes/(desk)/desk/(queue)/requests/[reference]/sending.svelte.ts': refused,
  'src/routes/(desk)/desk/emergencies/wording/+page.svelte': refused
};

/** The colour itself, or the tone that takes it; not the kind of a button. */
const isRed = (source: string) =>
  /var\(--danger|tone="danger"|tone=\{[^}]*'danger'|\w+: 'danger'[,\s]|say\([^;]*'danger'/.test(source);

test('red stands only where somebody is in danger or something was refused', () => {
  const found = filesOf('src/**/*.{svelte,ts}').filter((file) => isRed(read(file)));
  expect(found.filter((file) => !(file in red))).toEqual([]);
  expect(Object.keys(red).filter((file) => !found.includes(file))).toEqual([]);
});
