import { z } from 'zod';

const actionKinds = [
  'status',
  'slow',
  'commit-then-drop-connection',
  'commit-then-502',
  'commit-then-stall',
  'drop-before',
  'stall',
  'down',
  'refuse',
  'licence',
  'password-expired',
  'header-only',
  'line-dropped',
  'line-doubled',
  'stuck-suspended',
  'period-closed',
  'second-writer',
] as const;

/** What the control surface takes. `times` limits how often a rule acts, `skip` lets that many matching calls pass first. */
export const faultPlan = z.strictObject({
  seed: z.number().int().nonnegative().default(1),
  rules: z.array(
    z.strictObject({
      match: z
        .strictObject({
          door: z.enum(['rest', 'soap']).optional(),
          method: z.enum(['GET', 'POST', 'PUT', 'PATCH']).optional(),
          service: z.string().optional(),
          operation: z.string().optional(),
          actionType: z.string().optional(),
          writes: z.boolean().optional(),
          probability: z.number().min(0).max(1).optional(),
          times: z.number().int().positive().optional(),
          skip: z.number().int().nonnegative().optional(),
        })
        .default({}),
      action: z.strictObject({
        kind: z.enum(actionKinds),
        /** For `status`. */
        status: z.number().int().min(400).max(599).optional(),
        /** For `status`: text is sent as HTML, an object as JSON. */
        body: z.union([z.string(), z.record(z.string(), z.unknown())]).optional(),
        /** For `slow`: time before the call is done, ms of the real system; divided by EMULATOR_TIME_SCALE. */
        delayMs: z.number().int().nonnegative().max(300_000).optional(),
      }),
    }),
  ),
});

/** Rules that say which calls fail, and how. */
export type FaultPlan = z.infer<typeof faultPlan>;
/** What a rule does to a call. */
export type FaultAction = FaultPlan['rules'][number]['action'];
type Match = FaultPlan['rules'][number]['match'];

/** What a rule looks at. */
export interface FaultCall {
  readonly door: 'rest' | 'soap';
  readonly method: string;
  readonly service: string;
  readonly operation: string;
  /** Of editScreen and applyPayment. */
  readonly actionType: string;
  readonly writes: boolean;
}

/** Random numbers in [0, 1) that a seed repeats (mulberry32), so that a run with the same order of calls replays. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const named = ['door', 'method', 'service', 'operation', 'actionType', 'writes'] as const;
const matches = (match: Match, call: FaultCall): boolean =>
  named.every((name) => match[name] === undefined || String(match[name]).toLowerCase() === String(call[name]).toLowerCase());

/** The rules in force. The first rule that matches a call, and whose probability is met, acts. */
export class Faults {
  private plan: FaultPlan = { seed: 1, rules: [] };
  private random = seededRandom(1);
  private acted: number[] = [];
  private seen: number[] = [];

  set(plan: FaultPlan): void {
    this.plan = plan;
    this.random = seededRandom(plan.seed);
    this.acted = plan.rules.map(() => 0);
    this.seen = plan.rules.map(() => 0);
  }

  /** The plan with how often each rule acted. */
  show(): object {
    return { seed: this.plan.seed, rules: this.plan.rules.map((rule, index) => ({ ...rule, acted: this.acted[index] })) };
  }

  /** The fault of this call, if any. */
  for(call: FaultCall): FaultAction | undefined {
    for (const [index, { match, action }] of this.plan.rules.entries()) {
      if (!matches(match, call)) continue;
      const seen = (this.seen[index] ?? 0) + 1;
      this.seen[index] = seen;
      if (seen <= (match.skip ?? 0)) continue;
      const acted = this.acted[index] ?? 0;
      if (match.times !== undefined && acted >= match.times) continue;
      if (match.probability !== undefined && this.random() >= match.probability) continue;
      this.acted[index] = acted + 1;
      return action;
    }
    return undefined;
  }
}
