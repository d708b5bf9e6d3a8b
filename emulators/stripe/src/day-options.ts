import { ApiProblem } from './problem.js';

/** The scripted day of an invented merchant; the same seed gives the same steps, amounts and names. */
export interface DayOptions {
  readonly seed: number;
  /** Number of ordinary payments; the special ones come in addition. */
  readonly payments: number;
  /** Between two steps, ms. */
  readonly pauseMs: number;
  /** Names of scenarios that are played after the day, as a part of it. */
  readonly scenarios: readonly string[];
}

/** The day of the demo. */
export const defaultDay: DayOptions = { seed: 20261121, payments: 60, pauseMs: 400, scenarios: [] };

/** Between two steps of a scenario, ms, when nothing else is asked for. */
export const defaultScenarioPauseMs = 50;

/** A payment that a ledger must hold at the end of the day. */
export interface ExpectedPayment {
  readonly chargeId: string;
  /** Captured, in minor units of the currency. */
  readonly amount: number;
  readonly currency: string;
  readonly customer: string | null;
}

/** Progress of the day, or of the scenarios. */
export interface DayState {
  readonly state: 'idle' | 'running' | 'done' | 'failed';
  readonly step: number;
  readonly steps: number;
  readonly payments: number;
  readonly delivered: number;
  readonly pending: number;
  readonly problem?: string;
}

const minPayments = 6; // the script refunds the sixth charge
const maxPayments = 10_000;
const maxPauseMs = 60_000;
const maxSeed = 0xffff_ffff;

/** @throws {ApiProblem} 400 for an option out of its bounds. */
export function checkDayOptions({ seed, payments, pauseMs }: DayOptions): void {
  check('Starting the day', [
    ['seed', seed, 0, maxSeed],
    ['payments', payments, minPayments, maxPayments],
    ['pauseMs', pauseMs, 0, maxPauseMs],
  ]);
}

/** @throws {ApiProblem} 400 for an option out of its bounds. */
export function checkScenarioOptions({ seed, pauseMs }: { readonly seed: number; readonly pauseMs: number }): void {
  check('Playing a scenario', [
    ['seed', seed, 0, maxSeed],
    ['pauseMs', pauseMs, 0, maxPauseMs],
  ]);
}

function check(doing: string, bounds: readonly (readonly [name: string, value: unknown, least: number, most: number])[]): void {
  for (const [name, value, least, most] of bounds)
    if (!Number.isInteger(value) || (value as number) < least || (value as number) > most)
      throw new ApiProblem(400, {
        type: 'invalid_request_error',
        param: name,
        message: `${doing}: expected ${name}: an integer from ${least} to ${most}.`,
      });
}
