/** Everything a customer may ask for, group by group. Emergencies and notices of our own are not in it. */
import type { Group, ServiceType } from '#lib/forms/definition.ts';
import { billsGroup, billsTypes } from './bills.ts';
import { cylinderChangesTypes } from './cylinder-changes.ts';
import { cylindersGroup, cylindersTypes } from './cylinders.ts';
import { meterGroup, meterTypes } from './meter.ts';
import { movingGroup, movingTypes } from './moving-home.ts';
import { paymentsGroup, paymentsTypes } from './payments.ts';
import { supplyGroup, supplyTypes } from './supply.ts';
import { supportGroup, supportTypes } from './support.ts';
import { worksGroup, worksTypes } from './works.ts';
import { yourAccountGroup, yourAccountTypes } from './your-account.ts';

export const groups: Group[] = [
  supplyGroup,
  billsGroup,
  paymentsGroup,
  meterGroup,
  movingGroup,
  cylindersGroup,
  worksGroup,
  supportGroup,
  yourAccountGroup
];

export const serviceTypes: ServiceType[] = [
  ...supplyTypes,
  ...billsTypes,
  ...paymentsTypes,
  ...meterTypes,
  ...movingTypes,
  ...cylindersTypes,
  ...cylinderChangesTypes,
  ...worksTypes,
  ...supportTypes,
  ...yourAccountTypes
];
