import { z } from 'zod';

/** What the rules of every emulator can say about when they act: `times` limits how often, `skip` lets that many matching calls pass first. */
export const faultMatch = {
  probability: z.number().min(0).max(1).optional(),
  times: z.number().int().positive().optional(),
  skip: z.number().int().nonnegative().optional(),
};

/** What the actions of every emulator can carry. */
export const faultAction = {
  /** For `status`. */
  status: z.number().int().min(400).max(599).optional(),
  /** For `status`: a text, or an object that is sent as JSON. */
  body: z.union([z.string(), z.record(z.string(), z.unknown())]).optional(),
};

/** What a control surface takes: rules that say which calls fail, and how. */
export function faultPlanOf<Rule extends z.ZodType>(
  rule: Rule,
): z.ZodObject<{ seed: z.ZodDefault<z.ZodNumber>; rules: z.ZodArray<Rule> }, z.core.$strict> {
  return z.strictObject({ seed: z.number().int().nonnegative().default(1), rules: z.array(rule) });
}

/** Whether a rule is about a call that has a method, a service (in any case) and an operation. */
export function matchesOperation(
  match: { readonly method?: string | undefined; readonly service?: string | undefined; readonly operation?: string | undefined },
  call: { readonly method: string; readonly service: string; readonly operation: string },
): boolean {
  if (match.method !== undefined && match.method !== call.method) return false;
  if (match.service !== undefined && match.service.toLowerCase() !== call.service.toLowerCase()) return false;
  return match.operation === undefined || match.operation === call.operation;
}

/** One rule, as far as the engine reads it. */
export interface FaultRule<Match, Action> {
  readonly match: Match & {
    readonly probability?: number | undefined;
    readonly times?: number | undefined;
    readonly skip?: number | undefined;
  };
  readonly action: Action;
}

/** Random numbers in [0, 1) that a seed repeats (mulberry32), so that a run with the same order of calls replays. */
function seededRandom(seed: number): () => number {
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
export class Faults<Call, Match, Action> {
  private plan: { readonly seed: number; readonly rules: readonly FaultRule<Match, Action>[] } = { seed: 1, rules: [] };
  private random = seededRandom(1);
  private acted: number[] = [];
  private seen: number[] = [];

  /** @param matches whether a call is one that a rule is about. */
  constructor(private readonly matches: (match: Match, call: Call) => boolean) {}

  set(plan: { readonly seed: number; readonly rules: readonly FaultRule<Match, Action>[] }): void {
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
  for(call: Call): Action | undefined {
    for (const [index, { match, action }] of this.plan.rules.entries()) {
      if (!this.matches(match, call)) continue;
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
