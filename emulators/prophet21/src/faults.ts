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

/** What the control surface takes. */
export const faultPlan = faultPlanOf(
  z.strictObject({
    match: z
      .strictObject({
        method: z.enum(['GET', 'POST', 'PUT']).optional(),
        /** Family below /api, or `security`, `router`, `odata`, `transaction`. */
        service: z.string().optional(),
        /** Name of the table, of the Transaction service, or of the call in its family. */
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
