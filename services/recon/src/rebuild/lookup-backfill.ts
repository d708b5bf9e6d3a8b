import type { PaymentReceived } from '@tributary/contracts';
import { events, headers, topics } from '@tributary/contracts';
import { PoisonMessageError, readSpans, spansOf } from '@tributary/messaging';
import type { IncomingMessage, KafkaConnection, WireCodec } from '@tributary/messaging';
import { withDatabase } from '@tributary/persistence';
import type { DataSource } from 'typeorm';
import { lookupTermsOf } from '../shared/decide/lookup-terms.js';
import { storableId } from '../shared/decide/storable-text.js';
import { lookupHashes } from '../shared/emit/lookup-hashes.js';

/** Where payments are read, and where their hashes go. */
export interface LookupBackfillOptions {
  readonly database: DataSource;
  readonly connection: KafkaConnection;
  readonly codec: WireCodec;
  /** Reports the number of records that are read, and of all records. */
  onProgress(read: number, total: number): void;
  readonly signal: AbortSignal;
}

/** What a run did. */
export interface LookupBackfill {
  /** Records of the topic of payments. */
  readonly records: number;
  /** Payments that got the hashes by which they are found. */
  readonly filled: number;
  /** Records without a readable schema: no payment was made of them either. */
  readonly unreadable: number;
}

/** The key of the hashes cannot be decrypted, so none can be made. */
export class LookupKeyUnreadableError extends Error {
  override readonly name = 'LookupKeyUnreadableError';
}

/**
 * Gives payments from before there were look-ups the hashes of their e-mail addresses and order references, from the topic of payments. Beside recon
 * at work, and as often as wanted: payments that have hashes keep them, and those whose texts were overwritten, by age or for an erased customer, get none.
 * @throws {LookupKeyUnreadableError} before anything is changed.
 */
export async function backfillLookups({ database, connection, codec, onProgress, signal }: LookupBackfillOptions): Promise<LookupBackfill> {
  if ((await lookupHashes(database, [])) === undefined)
    throw new LookupKeyUnreadableError('the key of the look-ups cannot be decrypted: put its key back into PAYLOAD_KEYS');
  const spans = await spansOf(connection, [topics.ar]);
  const records = spans.reduce((sum, { from, to }) => sum + Number(to - from), 0);
  let [read, filled, unreadable] = [0, 0, 0];
  onProgress(read, records);
  await readSpans({
    ...connection,
    spans,
    signal,
    onBatch: async (_topic, _partition, messages) => {
      const found = await paymentsIn(messages, codec);
      const more = await fill(database, found.payments); // partitions are read side by side: no sum is kept over an await
      filled += more;
      unreadable += found.unreadable;
      read += messages.length;
      onProgress(read, records);
    },
  });
  return { records, filled, unreadable };
}

async function paymentsIn(
  messages: readonly IncomingMessage[],
  codec: WireCodec,
): Promise<{ readonly payments: readonly PaymentReceived[]; readonly unreadable: number }> {
  const payments: PaymentReceived[] = [];
  let unreadable = 0;
  for (const message of messages) {
    if (String(message.headers[headers.type] ?? '') !== events.paymentReceived.type || message.value === null) continue;
    try {
      payments.push((await codec.decode(events.paymentReceived, message.value)) as PaymentReceived);
    } catch (error) {
      if (!(error instanceof PoisonMessageError)) throw error;
      unreadable += 1;
    }
  }
  return { payments, unreadable };
}

interface Hashed {
  readonly charge: string;
  readonly part: string;
  readonly hashes: readonly string[];
}

/** @returns number of payments that had no hashes and have them now. */
async function fill(database: DataSource, payments: readonly PaymentReceived[]): Promise<number> {
  const hashed: Hashed[] = [];
  for (const payment of payments) {
    const hashes = (await lookupHashes(database, lookupTermsOf(payment))) ?? [];
    if (hashes.length > 0) hashed.push({ charge: storableId(payment.chargeId), part: storableId(payment.part ?? ''), hashes });
  }
  if (hashed.length === 0) return 0;
  const [, filled] = await withDatabase('filling look-ups', () => database.query<[unknown, number]>(fillSql, [JSON.stringify(hashed)]));
  return filled;
}

/** Events are locked, so that texts that are overwritten at the same moment take these hashes with them. A fact that comes twice counts once. */
const fillSql = `
  with given as (
    select distinct on (charge, part) charge, part, hashes from jsonb_to_recordset($1::jsonb) as g (charge text, part text, hashes jsonb)
    order by charge, part),
  open as (
    select e.event_id from recon.event e
    where e.texts_overwritten_at is null and e.event_id in (
      select p.event_id from recon.payment p join given g on p.charge_id = g.charge and p.part = g.part where p.lookup_hashes is null)
    order by e.event_id for share of e)
  update recon.payment p set lookup_hashes = array(select jsonb_array_elements_text(g.hashes))
  from given g where p.charge_id = g.charge and p.part = g.part and p.lookup_hashes is null and p.event_id in (select event_id from open)`;
