import { events } from '@tributary/contracts';
import { derivedEventId, parsePostingKey } from '@tributary/domain';
import { outgoing } from '@tributary/messaging';
import type { Outgoing } from '@tributary/messaging';
import { meaningOf } from '@tributary/posting';
import type { Conclusion } from './ledger/ledger-row.js';

const sourceSystem = 'stripe';

/**
 * The events of a conclusion: erp.posting-concluded, and the cross-reference when there is a document. Event ids are derived from the request's
 * id and the number of its outcome, so publishing one again is the same event (I9).
 */
export function publicationsOf({ event, recordKey, number }: Conclusion): Outgoing[] {
  const { sourceEventId, sequence } = event;
  return [
    outgoing({
      event: events.postingConcluded,
      key: recordKey,
      id: derivedEventId(event.requestId, events.postingConcluded.type, number),
      value: event,
      sequence,
      sourceEventId,
    }),
    ...(meaningOf(event.result)?.hasDocument && event.reference ? [crossReference(event, event.reference)] : []),
  ];
}

/** The event of a compacted cross-reference topic: which document belongs to which fact. */
export function crossReference(
  event: Pick<Conclusion['event'], 'requestId' | 'target' | 'kind' | 'postingKey' | 'sourceEventId' | 'sequence'>,
  reference: Record<string, string>,
): Outgoing {
  const { target, kind, postingKey, sourceEventId, sequence } = event;
  const { sourceId } = parsePostingKey(postingKey);
  const common = { key: `${target}/${sourceId}`, sequence, sourceEventId };
  const subject = { target, sourceId, postingKey, reference };
  const id = (type: string): string => derivedEventId(event.requestId, type);
  if (kind === 'customer') {
    const { customerCrossReferenced } = events;
    return outgoing({
      ...common,
      event: customerCrossReferenced,
      id: id(customerCrossReferenced.type),
      value: { ...subject, sourceSystem },
    });
  }
  if (kind === 'item') {
    const { itemCrossReferenced } = events;
    return outgoing({ ...common, event: itemCrossReferenced, id: id(itemCrossReferenced.type), value: { ...subject, sourceSystem } });
  }
  const { documentCrossReferenced } = events;
  return outgoing({ ...common, event: documentCrossReferenced, id: id(documentCrossReferenced.type), value: { ...subject, kind } });
}
