import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { events } from '@tributary/contracts';
import type { PostingConcluded } from '@tributary/contracts';
import { derivedEventId, shortReference } from '@tributary/domain';
import { outgoing } from '@tributary/messaging';
import type { Outgoing } from '@tributary/messaging';
import { messageOf, requestsOf, target } from './requests.js';
import type { Asked } from './requests.js';

/** A posting as a sink left it: what it was asked, and which document it made. */
export interface Done {
  readonly asked: Asked;
  readonly reference: Readonly<Record<string, string>>;
  readonly batchId: string | null;
  readonly words: readonly PostingConcluded[];
}

const company = 'EPIC06';
const firstCustNum = 5_001;
const firstHeadNum = 881;
const documentsPerBatch = 200;
const days = 10;
const concludedFrom = Date.UTC(2026, 9, 1);

/**
 * The past of a sink, made without it: a hundred thousand postings through a real one would take longer than the rebuild that is measured.
 * Written here from what the README of services/erp-sink says, sharing nothing with the code that rebuilds.
 */
export function* pastOf(customers: number): Generator<Done> {
  const entered = new Map<string, number>();
  let head = firstHeadNum;
  for (let n = 0; n < customers; n += 1) {
    for (const asked of requestsOf(n, days)) {
      const at = concludedFrom + n;
      if (asked.value.kind === 'customer') {
        const reference = { CustNum: String(firstCustNum + n), CustID: `R${n}` };
        yield { asked, reference, batchId: null, words: [word(asked, 'posted', reference, at)] };
        continue;
      }
      const date = String(asked.value.fields.TranDate);
      const place = entered.get(date) ?? 0;
      entered.set(date, place + 1);
      const batchId = groupOf(date, Math.floor(place / documentsPerBatch));
      const reference = { GroupID: batchId, HeadNum: String(head++) };
      yield { asked, reference, batchId, words: [word(asked, 'posted', reference, at), word(asked, 'released', reference, at + 60_000)] };
    }
  }
}

/** docs/reference/epicor-kinetic.md section 4.4: nine characters. */
function groupOf(date: string, n: number): string {
  return `S${date.slice(2).replaceAll('-', '')}${n.toString(36).toUpperCase().padStart(2, '0')}`;
}

function word(asked: Asked, result: string, reference: Readonly<Record<string, string>>, concludedAt: number): PostingConcluded {
  const { postingKey, kind, canonicalEventId, sourceEventId, sequence, amount } = asked.value;
  return {
    requestId: asked.requestId,
    postingKey,
    target,
    kind,
    result,
    canonicalEventId,
    sourceEventId,
    sequence,
    reference: { ...reference },
    amount,
    code: null,
    text: null,
    postingDate: null,
    attempts: 1,
    concludedAt,
  };
}

/** Request, outcomes and cross-reference, as they lie in their topics. */
export function messagesOf({ asked, reference, words }: Done): Outgoing[] {
  const { sourceEventId, sequence, kind, postingKey } = asked.value;
  const common = { sequence, sourceEventId };
  const sourceId = postingKey.split('/')[2] ?? '';
  const subject = { target, sourceId, postingKey, reference: { ...reference } };
  const key = `${target}/${sourceId}`;
  const { customerCrossReferenced, documentCrossReferenced, postingConcluded } = events;
  return [
    messageOf(asked),
    ...words.map((value, number) =>
      outgoing({
        ...common,
        event: postingConcluded,
        key: asked.recordKey,
        id: derivedEventId(asked.requestId, postingConcluded.type, number),
        value,
      }),
    ),
    kind === 'customer'
      ? outgoing({
          ...common,
          key,
          event: customerCrossReferenced,
          id: derivedEventId(asked.requestId, customerCrossReferenced.type),
          value: { ...subject, sourceSystem: 'stripe' },
        })
      : outgoing({
          ...common,
          key,
          event: documentCrossReferenced,
          id: derivedEventId(asked.requestId, documentCrossReferenced.type),
          value: { ...subject, kind },
        }),
  ];
}

/** Rows of erp_sink.posting and erp_sink.outcome as a sink at rest leaves them. */
export function ledgerRowsOf({ asked, reference, batchId, words }: Done): { readonly posting: object; readonly outcome: object } {
  const { requestId, recordKey, value } = asked;
  const last = words.at(-1) as PostingConcluded;
  return {
    posting: {
      posting_key: value.postingKey,
      target,
      kind: value.kind,
      state: 'posted',
      fence: 1,
      attempts: 1,
      request_id: requestId,
      request: inLedger(value),
      record_key: recordKey,
      version: '0',
      applied_digest: value.digest,
      reference,
      batch_id: batchId,
      released: last.result === 'released',
    },
    outcome: {
      request_id: requestId,
      posting_key: value.postingKey,
      target,
      number: words.length - 1,
      result: last.result,
      digest: value.digest,
      event: inLedger(last),
      record_key: recordKey,
      due: false,
      concluded_at: new Date(last.concludedAt).toISOString(),
    },
  };
}

/** Batches of the past, each once. */
export function batchRowOf({ asked, batchId }: Done): object {
  const at = new Date(concludedFrom).toISOString();
  return {
    target,
    batch_id: batchId,
    kind: 'cash-group',
    date: asked.value.fields.TranDate,
    bank_account: 'STR-USD',
    state: 'released',
    opened_at: at,
    last_document_at: at,
  };
}

/** Whole numbers as the ledger's JSON has them. */
function inLedger(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? { $bigint: inner.toString() } : inner)));
}

/** The documents, as the emulator keeps them on disk: one snapshot of rows by table and key. */
export function writeEmulatorState(folder: string, past: Iterable<Done>): void {
  const puts: [string, string, object][] = [];
  for (const { asked, reference } of past) {
    const { kind, fields, postingKey } = asked.value;
    if (kind === 'customer') {
      const CustNum = Number(reference.CustNum);
      puts.push(['Customer', `${company}~${CustNum}`, { ...fields, Company: company, CustNum }]);
      continue;
    }
    const HeadNum = Number(reference.HeadNum);
    const row = {
      ...fields,
      Company: company,
      GroupID: reference.GroupID,
      HeadNum,
      DocTranAmt: Number(fields.DocTranAmt),
      ExternalID: shortReference(postingKey, 20),
      Posted: true,
    };
    puts.push(['CashHead', `${company}~${reference.GroupID}~${HeadNum}`, row]);
  }
  writeFileSync(join(folder, 'snapshot.json'), JSON.stringify({ sequence: 1, puts }));
}
