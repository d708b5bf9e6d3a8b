import { z } from 'zod';

const actionKinds = [
  'status',
  'delay',
  'commit-then-drop-connection',
  'commit-then-502',
  'commit-then-stall',
  'drop-before',
  'stall',
  'down',
  'refuse',
  'not-stored',
  'line-dropped',
  'line-doubled',
  'pop-up',
  'saved-then-error',
  'session-contaminated',
  'no-session',
  'licence',
  'token-expired',
  'odata-denied',
  'period-closed',
] as const;

/** What the control surface takes. `times` limits how often a rule acts, `skip` lets that many matching calls pass first. */
export const faultPlan = z.strictObject({
  seed: z.number().int().nonnegative().default(1),
  rules: z.array(
    z.strictObject({
      match: z
        .strictObject({
          method: z.enum(['GET', 'POST', 'PUT']).optional(),
          /** Family below /api, or `security`, `router`, `odata`, `transaction`. */
          service: z.string().optional(),
          /** Name of the table, of the Transaction service, or of the call in its family. */
          operation: z.string().optional(),
          probability: z.number().min(0).max(1).optional(),
          times: z.number().int().positive().optional(),
          skip: z.number().int().nonnegative().optional(),
        })
        .default({}),
      action: z.strictObject({
        kind: z.enum(actionKinds),
        /** For `status`. */
        status: z.number().int().min(400).max(599).optional(),
        /** For `status`: text is sent as plain text, an object as JSON. */
        body: z.union([z.string(), z.record(z.string(), z.unknown())]).optional(),
        /** For `delay`: before the call is done, ms. */
        delayMs: z.number().int().nonnegative().optional(),
      }),
    }),
  ),
});

/** Rules that say which calls fail, and how. */
export type FaultPlan = z.infer<typeof faultPlan>;
/** What a rule does to a call. */
export type FaultAction = FaultPlan['rules'][number]['action'];

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
  for(call: { readonly method: string; readonly service: string; readonly operation: string }): FaultAction | undefined {
    for (const [index, { match, action }] of this.plan.rules.entries()) {
      if (match.method !== undefined && match.method !== call.method) continue;
      if (match.service !== undefined && match.service.toLowerCase() !== call.service.toLowerCase()) continue;
      if (match.operation !== undefined && match.operation !== call.operation) continue;
      const seen = (this.seen[index] ?? 0) + 1;
      this.seen[index] = seen;
      if (seen <= (match.skip ?? 0)) continue;
      if (match.times !== undefined && (this.acted[index] ?? 0) >= match.times) continue;
      if (match.probability !== undefined && this.random() >= match.probability) continue;
      this.acted[index] = (this.acted[index] ?? 0) + 1;
      return action;
    }
    return undefined;
  }
}
