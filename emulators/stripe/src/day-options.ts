import { ApiProblem } from './problem.js';

/** The scripted day of an invented merchant; the same seed gives the same steps, amounts and names. */
export interface DayOptions {
  readonly seed: number;
  /** Number of ordinary payments; the special ones come in addition. */
  readonly payments: number;
  /** Between two steps, ms. */
  readonly pauseMs: number;
}

/** The day of the demo. */
export const defaultDay: DayOptions = { seed: 20261121, payments: 60, pauseMs: 400 };

/** A payment that a ledger must hold at the end of the day. */
export interface ExpectedPayment {
  readonly chargeId: string;
  /** Captured, in minor units of the currency. */
  readonly amount: number;
  readonly currency: string;
  readonly customer: string | null;
}

/** Progress of the day. */
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

/** @throws {ApiProblem} 400 for an option out of its bounds. */
export function checkDayOptions({ seed, payments, pauseMs }: DayOptions): void {
  const between = (value: unknown, least: number, most: number): boolean =>
    Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
  const wrong = !between(seed, 0, 0xffff_ffff)
    ? `seed: an integer from 0 to ${0xffff_ffff}`
    : !between(payments, minPayments, maxPayments)
      ? `payments: an integer from ${minPayments} to ${maxPayments}`
      : !between(pauseMs, 0, maxPauseMs)
        ? `pauseMs: an integer from 0 to ${maxPauseMs}`
        : undefined;
  if (wrong) throw new ApiProblem(400, { type: 'invalid_request_error', message: `Starting the day: expected ${wrong}.` });
}
