import { z } from 'zod';
import { currencyText, filterText, pageFields, timeRange } from '../../shared/accept/list-query.js';
import { reasonText, typedText } from '../../shared/accept/typed-text.js';
import { OrderRefusedError } from '../emit/order.errors.js';
import type { DeadLetterFilter } from '../emit/dead-letter-filter.js';

const defaultRate = 10;
const mostPerSecond = 1_000;
/** As many as somebody selects on a page. */
const mostSequences = 500;
const time = z.iso.datetime();
const named = typedText(200, { missing: 'what?' });

const query = z
  .strictObject({
    cause: z.string().optional(),
    group: z.string().optional(),
    topic: z.string().optional(),
    sequence: z.string().optional(),
    eventType: z.string().optional(),
    held: z.boolean().optional(),
    again: z.boolean().optional(),
    currency: currencyText.optional(),
    sequences: z.array(z.string().min(1)).min(1).max(mostSequences).optional(),
    from: time.optional(),
    to: time.optional(),
  })
  .refine(
    (given) => Object.values(given).some((value) => value !== undefined),
    'at least one condition: an order for everything is a mistake',
  )
  .refine(
    ({ sequences, group, topic }) => sequences === undefined || (group !== undefined && topic !== undefined),
    'sequences: say of which group and topic they are',
  );

/** Query of `GET /dead-letter-orders`. */
export const ordersQuery = z.strictObject({
  state: z.enum(['waiting-approval', 'running', 'paused', 'cancelling', 'cancelled', 'done', 'refused', 'expired']).optional(),
  action: z.enum(['replay', 'skip', 'resolve']).optional(),
  /** Who gave it, by the name that it shows. */
  by: filterText.optional(),
  ...timeRange,
  ...pageFields(z.string().max(64)),
});

const lettersOfOrder = {
  action: z.enum(['replay', 'skip', 'resolve']),
  scope: z.enum(['one', 'sequence', 'cause', 'query']),
  ids: z.array(z.string()).min(1).max(1_000).optional(),
  sequence: z.string().min(1).optional(),
  cause: z.string().min(1).optional(),
  group: z.string().min(1).optional(),
  query: query.optional(),
  editedValue: z.unknown().optional(),
  reference: z.record(named, named).optional(),
  /** Believe it although the ledger does not say so: a second person has to approve that. */
  acceptDifference: z.boolean().optional(),
  answer: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,49}$/)
    .optional(),
};

/** Body of `POST /dead-letter-orders/preview`. */
export const previewedOrder = z.strictObject(lettersOfOrder).superRefine(refuseMisfits);

/** Body of `POST /dead-letter-orders`. Every order has to give a reason: without it nobody can understand it a year later. */
export const newOrder = z
  .strictObject({
    ...lettersOfOrder,
    reason: reasonText,
    ratePerSecond: z.number().positive().max(mostPerSecond).default(defaultRate),
    /** How many letters were shown to whoever gives it: with another number it is refused. */
    expectedLetters: z.number().int().min(1).optional(),
  })
  .superRefine(refuseMisfits);

/** Fields that do not go together. */
function refuseMisfits(order: z.infer<z.ZodObject<typeof lettersOfOrder>>, context: z.core.$RefinementCtx): void {
  const refuse = (field: string, message: string): void => context.addIssue({ code: 'custom', path: [field], message });
  const given = { one: order.ids, sequence: order.sequence, cause: order.cause, query: order.query }[order.scope];
  if (given === undefined) refuse(order.scope === 'one' ? 'ids' : order.scope, `scope "${order.scope}" needs it`);
  const single = order.scope === 'one' && order.ids?.length === 1;
  if (order.editedValue !== undefined && !(order.action === 'replay' && single))
    refuse('editedValue', 'goes with a replay of exactly one dead letter');
  if (order.answer !== undefined && !(order.action === 'replay' && order.scope === 'one'))
    refuse('answer', 'answers the question of dead letters that are named, by replaying them');
  if (order.reference !== undefined && !(order.action === 'resolve' && single && Object.keys(order.reference).length > 0))
    refuse('reference', 'the keys of the document in the ERP that stands for exactly one dead letter: with resolve, and only then');
  if (order.acceptDifference !== undefined && order.reference === undefined)
    refuse('acceptDifference', 'goes with resolve, and with the reference that is to be believed');
}

/** What a valid body says about the letters of an order. */
export type OrderedLettersBody = z.infer<typeof previewedOrder>;

/** Query of `GET /dead-letter-orders/:id/letters`. */
export const orderedLettersQuery = z.strictObject({
  kind: z.enum(['waiting', 'done', 'failed', 'stopped']).optional(),
  ...pageFields(z.string().max(64)),
});

/** Body of `POST /dead-letter-orders/:id/cancel`, `.../pause`, `.../continue` and `.../refuse`. */
export const withReason = z.strictObject({ reason: reasonText });

/** Body of `POST /dead-letter-orders/:id/approve`. */
export const approval = z.strictObject({
  reason: reasonText,
  contentHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'the contentHash of the order that you looked at')
    .optional(),
});

/** @throws {OrderRefusedError} when a body says who gives the order: the sign-in says that. */
export function refuseBy(body: unknown): void {
  if (typeof body !== 'object' || body === null || !('by' in body)) return;
  throw new OrderRefusedError(400, 'order.by-in-body', 'Leave out `by`: who gives an order is whoever signed in. Nothing was done.');
}

/** Which letters an order is about. */
export function filterOf(order: OrderedLettersBody): DeadLetterFilter {
  const group = order.group === undefined ? {} : { group: order.group };
  switch (order.scope) {
    case 'one':
      return { ids: [...new Set(order.ids)] };
    case 'sequence':
      return { sequence: order.sequence, ...group };
    case 'cause':
      return { cause: order.cause, ...group };
    case 'query':
      return { ...order.query };
  }
}
