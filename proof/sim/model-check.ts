import { step } from '@tributary/posting';
import { nameOf } from './model-name.js';
import { initial, now } from './model-state.js';
import type { Setting, State } from './model-state.js';
import { Model } from './model.js';

/** Result of exploring one setting. */
export interface ModelRun {
  readonly name: string;
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  readonly ms: number;
  /** Whether every reachable state was visited before the bound was met. */
  readonly complete: boolean;
  readonly violation: string | undefined;
  /** The shortest path to the violation, one state per line. */
  readonly trail?: readonly string[];
}

interface Node {
  readonly state: State;
  readonly parent: Node | undefined;
}

/** Results of all settings. */
export interface ModelResult {
  readonly runs: readonly ModelRun[];
}

/** What to explore, and how much of it. */
export interface ModelOptions {
  readonly settings?: readonly Setting[];
  /** The step of a mutant. */
  readonly apply?: typeof step;
  readonly maxStates?: number;
  readonly onProgress?: (text: string) => void;
}

/** The settings of `npm run sim -- --model`. */
export const settings: readonly Setting[] = [
  { name: 'one receipt, delivered three times', keys: 1, records: 3, workers: 2, faults: 3, protocol: 'create-once', chained: false },
  { name: 'one customer, three versions', keys: 1, records: 3, workers: 2, faults: 3, protocol: 'versioned-upsert', chained: false },
  { name: 'a chain of three documents', keys: 3, records: 1, workers: 2, faults: 1, protocol: 'create-once', chained: true },
  { name: 'three keys with three records each', keys: 3, records: 3, workers: 2, faults: 1, protocol: 'versioned-upsert', chained: false },
];
/** States per setting, so that everything stays within a minute and 2 GB. */
const defaultMaxStates = 400_000;

/** Explores every interleaving of workers, ticks and faults breadth-first; the first violation ends it. */
export function modelCheck({
  settings: chosen = settings,
  apply = step,
  maxStates = defaultMaxStates,
  onProgress,
}: ModelOptions = {}): ModelResult {
  return { runs: chosen.map((setting) => explore(setting, apply, maxStates, onProgress)) };
}

function explore(setting: Setting, apply: typeof step, maxStates: number, onProgress?: (text: string) => void): ModelRun {
  const startedAt = performance.now();
  const model = new Model(setting, apply);
  const start = initial(setting);
  const seen = new Set([nameOf(start, setting.chained)]);
  let level: Node[] = [{ state: start, parent: undefined }];
  let last: Node | undefined;
  let depth = 0;
  let transitions = 0;
  while (level.length > 0 && seen.size < maxStates && model.violation === undefined) {
    const below: Node[] = [];
    for (const node of level) {
      last = node;
      for (const next of model.next(node.state)) {
        transitions += 1;
        const name = nameOf(next, setting.chained);
        if (seen.has(name)) continue;
        seen.add(name);
        below.push({ state: next, parent: node });
      }
      if (model.violation !== undefined || seen.size >= maxStates) break;
    }
    level = below;
    depth += 1;
    if (depth % 5 === 0) onProgress?.(`${setting.name}: depth ${depth}, ${seen.size} states`);
  }
  return {
    name: setting.name,
    states: seen.size,
    transitions,
    depth,
    ms: Math.round(performance.now() - startedAt),
    complete: level.length === 0,
    violation: model.violation,
    ...(model.violation === undefined ? {} : { trail: trailOf(last) }),
  };
}

function trailOf(node: Node | undefined): string[] {
  const trail: string[] = [];
  for (let at = node; at; at = at.parent) {
    const workers = at.state.workers.map(({ doing, ticks, answer, lease, key, record }) =>
      doing === 'idle' ? '-' : `${doing} k${key} r${record} ${answer} in ${ticks}, lease ${lease}`,
    );
    const keys = at.state.keys.map(
      ({ posting, documents, late, records }) =>
        `${posting.state}/${posting.fence} v${posting.version} lease ${posting.leaseUntil && posting.leaseUntil - now}${posting.sentAt === undefined ? '' : ' open'}, documents [${documents.join()}], late [${late.map((one) => `v${one.version} within ${one.within}`).join()}], ${records.map(({ todo, outcome }) => `${todo ? 'todo' : 'done'} ${outcome}`).join(', ')}`,
    );
    trail.unshift(`${workers.join(' | ')} || ${keys.join(' || ')}`);
  }
  return trail;
}
