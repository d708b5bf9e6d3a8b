import { faultAction, faultMatch, faultPlanOf, Faults as KitFaults } from '@tributary/emulator-kit';
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

/** What the control surface takes. */
export const faultPlan = faultPlanOf(
  z.strictObject({
    match: z
      .strictObject({
        door: z.enum(['rest', 'soap']).optional(),
        method: z.enum(['GET', 'POST', 'PUT', 'PATCH']).optional(),
        service: z.string().optional(),
        operation: z.string().optional(),
        actionType: z.string().optional(),
        writes: z.boolean().optional(),
        ...faultMatch,
      })
      .default({}),
    action: z.strictObject({
      kind: z.enum(actionKinds),
      ...faultAction,
      /** For `slow`: time before the call is done, ms of the real system; divided by EMULATOR_TIME_SCALE. */
      delayMs: z.number().int().nonnegative().max(300_000).optional(),
    }),
  }),
);

type FaultRule = z.infer<typeof faultPlan>['rules'][number];
/** What a rule does to a call. */
export type FaultAction = FaultRule['action'];

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

const named = ['door', 'method', 'service', 'operation', 'actionType', 'writes'] as const;
const matches = (match: FaultRule['match'], call: FaultCall): boolean =>
  named.every((name) => match[name] === undefined || String(match[name]).toLowerCase() === String(call[name]).toLowerCase());

/** The rules in force. */
export class Faults extends KitFaults<FaultCall, FaultRule['match'], FaultAction> {
  constructor() {
    super(matches);
  }
}
