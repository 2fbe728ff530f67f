/** Everything a customer may ask for, group by group. Emergencies and notices of our own are not in it. */
import type { Group, ServiceType } from '../definition.ts';
import { meterGroup, meterTypes } from './meter.ts';

export const groups: Group[] = [meterGroup];
export const serviceTypes: ServiceType[] = [...meterTypes];
