/** From what a register says to what is billed: the difference of two readings, and the energy in that much gas. */
import { divideHalfEven } from './money.ts';

/** Thousandths of a unit (therm, kWh, kg), so that quantities are whole numbers too. */
export type Thousandths = bigint;

/** What a register counted between two readings of as many digits, past its last number back to nought if need be. */
export function counted(opening: string, closing: string): bigint {
  if (opening.length !== closing.length)
    throw new RangeError('two readings of one register have as many digits');
  const round = 10n ** BigInt(opening.length);
  return (BigInt(closing) - BigInt(opening) + round) % round;
}

/**
 * Therms in so many hundred cubic feet: volume × billing (heat) factor, to the whole therm as bills show it. The factor
 * is given in ten-thousandths: 37 ccf × 1.0850 are 40 therms (energyknowledgebase.com/topics/therm.asp).
 */
export const therms = (ccf: bigint, factor: bigint): Thousandths =>
  divideHalfEven(ccf * factor, 10_000n) * 1000n;

/**
 * Kilowatt hours in so many cubic metres: volume × 1.02264 × calorific value ÷ 3.6, to the thousandth. The calorific
 * value is given in tenths of MJ/m³. For an imperial meter, which counts hundreds of cubic feet, the volume is first
 * multiplied by 2.83 (valdaenergy.com/help-and-faqs/how-do-i-convert-gas-units-to-kwh).
 */
export function kilowattHours(volume: bigint, calorific: bigint, { imperial = false } = {}): Thousandths {
  const hundredths = volume * (imperial ? 283n : 100n);
  return divideHalfEven(hundredths * 102_264n * calorific * 1000n, 100n * 100_000n * 36n);
}
