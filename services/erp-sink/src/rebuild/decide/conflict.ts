import type { ErpReference } from '@tributary/connector-kit';
import type { PostingEvidence, RebuildConflict } from './evidence.js';
import { inOrder, namesDocument } from './request-history.js';
import type { RequestHistory } from './request-history.js';

/** Where topics and target contradict each other, so that an operator has to decide. */
export function conflictOf(evidence: PostingEvidence, told: readonly RequestHistory[]): RebuildConflict | undefined {
  const { postingKey, documents, crossReference, words } = evidence;
  if (documents === undefined) return undefined;
  const shown = documents.map(({ reference }) => nameOf(reference));
  const held = words.find(({ event }) => event.result === 'held');
  const adopted = words.findLast(({ event }) => event.result === 'adopted');
  if (shown.length > 1 && !(held && adopted && inOrder(held, adopted) < 0))
    return { postingKey, code: 'rebuild.duplicate', text: `the target has ${shown.length} documents with this key: ${shown.join('; ')}` };
  // An operator may have named a document that does not carry the key (resolve), or chosen one of several.
  if (adopted) return undefined;
  // Only create-once documents carry their own key for ever: a customer may be matched, merged, or share the key of another.
  if (!told.some(({ request }) => request?.value.protocol === 'create-once')) return undefined;
  const claimed = words.findLast(({ event }) => namesDocument(event))?.event.reference ?? crossReference;
  if (!claimed) return undefined;
  if (shown[0] === undefined)
    return {
      postingKey,
      code: 'rebuild.absent',
      text: `it was posted as ${nameOf(claimed)}, and the target has no document with this key`,
    };
  if (shown[0] !== nameOf(claimed))
    return { postingKey, code: 'rebuild.different', text: `it was posted as ${nameOf(claimed)}, and the target shows ${shown[0]}` };
  return undefined;
}

/** A text that is equal for equal references, whatever the order of their attributes. */
function nameOf(reference: ErpReference): string {
  return Object.entries(reference)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}
