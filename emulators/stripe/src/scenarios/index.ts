import { ApiProblem } from '../problem.js';
import type { Scenario } from '../script.js';
import { disputeSeason } from './dispute-season.js';
import { payoutSample } from './payout-sample.js';
import { payoutWeek } from './payout-week.js';
import { refundStorm } from './refund-storm.js';

/** Every scenario that can be played by its name. */
export const scenarios: readonly Scenario[] = [payoutWeek, disputeSeason, refundStorm, payoutSample];

/** @throws {ApiProblem} 400 naming the scenarios there are. */
export function scenarioNamed(name: string): Scenario {
  const found = scenarios.find((scenario) => scenario.name === name);
  if (found) return found;
  const names = scenarios.map((scenario) => scenario.name).join(', ');
  throw new ApiProblem(400, {
    type: 'invalid_request_error',
    param: 'name',
    message: `There is no scenario "${name}". There are: ${names}.`,
  });
}
