import type { RoundResult } from './results.js';

/** Text about a failed round: how to repeat it, what was violated, and its plan. */
export function explainFailure(seed: number, result: RoundResult): string {
  const [first] = result.violations;
  return [
    `round ${result.round} FAILED; replay its plan with: npm run chaos -- --seed ${seed} --round ${result.round} (the timing within is never the same)`,
    `first violation: ${first?.fault} ${first?.id}: ${first?.text}`,
    ...result.violations.slice(1, 10).map(({ fault, id, text }) => `  also: ${fault} ${id}: ${text}`),
    'plan:',
    ...result.plan.map(({ atMs, treatment, victim, forMs }) => `  at ${atMs} ms: ${treatment} ${victim} for ${forMs} ms`),
    ...result.ownEnds.map(({ part, code, signal }) => `  exited unexpectedly: ${part} with ${signal ?? code}`),
  ].join('\n');
}
