import type { ErasedTableView, ErasureView } from '@tributary/contracts';

/** What an erasure overwrites in each table of recon. */
const fields: Readonly<Record<string, readonly string[]>> = {
  event: ['ignored_text'],
  fact: ['ignored_text'],
  posting: ['text'],
  outcome: ['text'],
  payment: ['customer_name', 'lookup_hashes'],
  payment_news: ['reason'],
  document: ['lines'],
  dead_letter: ['text', 'value', 'original', 'message_key', 'headers'],
  dead_letter_closure: ['text'],
  dead_letter_order_item: ['edited'],
  dead_letter_audit: ['before_value', 'after_value', 'reason'],
  dead_letter_comment: ['text'],
  dead_letter_order: ['reason', 'cancel_reason', 'approval_reason', 'refusal_reason'],
};

/** What an erasure did, or would do. */
export interface ErasureOutcome {
  readonly rows: Readonly<Record<string, number>>;
  readonly openLetters: number;
  readonly auditReasons: number;
}

/** A topic whose messages may hold personal data. */
export interface KeptTopic {
  readonly name: string;
  /** Milliseconds after which the broker deletes a message; undefined: the newest of each key stays. */
  readonly retentionMs: number | undefined;
}

const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** An erasure as HTTP answers it. @param now ms since 1970: messages of today go when their topic's time is over. */
export function erasureView(
  customerId: string,
  { rows, openLetters, auditReasons }: ErasureOutcome,
  { done, topics, now }: { readonly done: boolean; readonly topics: readonly KeptTopic[]; readonly now: number },
): ErasureView {
  const tables = Object.entries(rows).map(([table, count]): ErasedTableView => {
    return { table: `recon.${table}`, rows: count, fields: fields[table] ?? [] };
  });
  const waits =
    openLetters === 0
      ? []
      : [
          `${openLetters} open dead letters keep their messages until they are closed: replay, skip or resolve them; then they are erased within a minute`,
        ];
  return { customerId, done, tables, waits, stays: [...keptTopics(topics, now), ...elsewhere(auditReasons)] };
}

function keptTopics(topics: readonly KeptTopic[], now: number): string[] {
  const byRetention = new Map<number, string[]>();
  for (const { name, retentionMs } of topics)
    if (retentionMs !== undefined) byRetention.set(retentionMs, [...(byRetention.get(retentionMs) ?? []), name]);
  return [...byRetention]
    .sort(([a], [b]) => a - b)
    .map(([retentionMs, names]) => `topics, until ${day(now + retentionMs)} at the latest: ${names.join(', ')}`);
}

function elsewhere(auditReasons: number): string[] {
  return [
    'topics without an end (xref.customer.v1 and the like): ids of the customer, no names; without them a document could be booked on another customer',
    `the audit trail: ${auditReasons} reasons that people typed about dead letters of the customer; its chain of hashes does not allow to change them`,
    'messages that wait in transform or erp-sink behind one that failed: until it is dealt with',
    'Stripe: delete the customer there (dashboard, or DELETE /v1/customers/<id>)',
    'the ERP: documents and the customer record, by its own rules for books',
    'backups of the database, for as long as they are kept: erase again after one was restored',
  ];
}
