import { exploreChain } from './chain/check.js';
import { huntChains } from './chain/hunt.js';
import type { ChainHunt } from './chain/hunt.js';
import { chainSettings, fullChainSettings } from './chain/settings.js';
import { modelCheck } from './model-check.js';
import type { ModelResult, ModelRun } from './model-check.js';
import { provenance, resultPath, writeResult } from './stage.js';

/** Bounds of the chains: the short form reaches every state well before, the full one needs some minutes and 3 GB. */
const [mostStates, mostStatesInFull] = [400_000, 4_000_000];

/** Result of `npm run sim -- --model`. */
export interface ModelReport extends ModelResult {
  /** Documents with lines, needs and releases. */
  readonly chains?: readonly ModelRun[];
  readonly hunts?: readonly ChainHunt[];
}

/**
 * Explores the protocol alone, then chains of documents, then looks for the planted bugs of the chains. Keeps the result; exit code 1 when an
 * invariant is violated or a planted bug is not found.
 * @param options `full`: one more fault in each chain. `trace`: print the counterexample of each planted bug.
 */
export function modelCommand({ full, trace, name }: { full: boolean; trace: boolean; name: string | undefined }): void {
  const say = (text: string): void => console.log(text);
  const { runs } = modelCheck({ onProgress: say });
  const chains = (full ? fullChainSettings : chainSettings).map((setting) =>
    exploreChain(setting, { maxStates: full ? mostStatesInFull : mostStates, onProgress: say }),
  );
  for (const run of [...runs, ...chains]) say(told(run));
  const hunts = huntChains(({ name: planted, states, violation, trail }) => {
    say(`${planted.padEnd(28)} ${violation === undefined ? `NOT FOUND in ${states} states` : `after ${states} states: ${violation}`}`);
    if (trace) for (const line of trail) say(`    ${line}`);
  });
  say(`model check: ${hunts.filter(({ violation }) => violation !== undefined).length} of ${hunts.length} planted bugs found`);
  writeResult(resultPath(name ?? 'quick-model-check'), { ...provenance(), runs, chains, hunts } satisfies ModelReport);
  const failed = [...runs, ...chains].some(({ violation }) => violation !== undefined);
  if (failed || hunts.some(({ violation }) => violation === undefined)) process.exitCode = 1;
}

function told({ name, states, transitions, depth, ms, complete, violation, trail = [] }: ModelRun): string {
  const reached = complete ? 'every reachable state' : 'up to the bound';
  const violated = violation === undefined ? '' : `: VIOLATED ${violation}\n    ${trail.join('\n    ')}`;
  return `${name}: ${states} states (${reached}), ${transitions} transitions, depth ${depth}, ${ms} ms${violated}`;
}
