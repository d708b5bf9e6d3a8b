import { faultAction, faultMatch, faultPlanOf, Faults as KitFaults, matchesOperation } from '@tributary/emulator-kit';
import { z } from 'zod';

const actionKinds = [
  'status',
  'delay',
  'commit-then-drop-connection',
  'commit-then-502',
  'commit-then-stall',
  'drop-before',
  'stall',
  'licence',
  'stale',
  'period-closed',
  'post-stuck',
  'group-locked',
  'session-expired',
  'refuse',
  'header-only',
  'line-dropped',
  'line-doubled',
  'down',
] as const;

/** What the control surface takes. */
export const faultPlan = faultPlanOf(
  z.strictObject({
    match: z
      .strictObject({
        method: z.enum(['GET', 'POST', 'PATCH', 'DELETE']).optional(),
        service: z.string().optional(),
        operation: z.string().optional(),
        ...faultMatch,
      })
      .default({}),
    action: z.strictObject({
      kind: z.enum(actionKinds),
      ...faultAction,
      /** For `delay`: before the call is done, ms. */
      delayMs: z.number().int().nonnegative().optional(),
    }),
  }),
);

type FaultRule = z.infer<typeof faultPlan>['rules'][number];
/** What a rule does to a call. */
export type FaultAction = FaultRule['action'];

/** What a rule looks at. */
interface FaultCall {
  readonly method: string;
  readonly service: string;
  readonly operation: string;
}

/** The rules in force. */
export class Faults extends KitFaults<FaultCall, FaultRule['match'], FaultAction> {
  constructor() {
    super(matchesOperation);
  }
}
