/** Who may do what to an emergency. Anybody may cause one; only staff see it, move it and take its record out. */
import { isStaff, type Actor } from '#lib/platform/actor.ts';
import { canGo, type EmergencyStatus } from './life.ts';

export const canMoveEmergency = (actor: Actor, from: EmergencyStatus, to: EmergencyStatus) =>
  isStaff(actor) && canGo(from, to);

/** The record that regulators ask for leaves the house only by those who answer for it. */
export const canTakeOutRecord = (actor: Actor) => isStaff(actor) && actor.role !== 'agent';

/** Who answers for what people in danger are told. */
export const mayApproveWording = (actor: Actor) => isStaff(actor) && actor.role === 'admin';
