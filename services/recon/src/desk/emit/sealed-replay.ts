import { headers as names } from '@tributary/contracts';
import type { MessageSeals } from '@tributary/messaging';
import type { ReplayRecord } from '../decide/order.js';

/** Injection token: seals of recon; undefined where no keys are configured. */
export const MESSAGE_SEALS = Symbol('MESSAGE_SEALS');

/**
 * Seals the order of a replay. The message keeps the seal of the service that made it; one that a person edited gets recon's, so that its
 * key id tells the two apart.
 */
export function sealedReplay(seals: MessageSeals | undefined, record: ReplayRecord, isEdited: boolean): ReplayRecord {
  if (!seals) return record;
  const parts = { key: record.key === null ? '' : record.key.toString('utf8'), value: record.value };
  const headers = isEdited ? { ...record.headers, [names.seal]: seals.seal({ ...parts, headers: record.headers }) } : record.headers;
  return { ...record, headers: { ...headers, [names.orderSeal]: seals.sealOrder({ ...parts, headers }) } };
}
