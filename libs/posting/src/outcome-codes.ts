/**
 * Codes of `erp.posting-concluded` that are our own, with what they mean; a connector adds codes under a prefix of its own.
 * Published: dashboards, dead letters and runbooks key on them (docs/error-codes.md, generated).
 */
export const outcomeCodes = {
  'posting.dependency': 'Waiting: another posting that it depends on has no document yet. It goes on by itself.',
  'posting.amount-differs':
    'Held: another amount or currency is booked, or may be, under the same posting key. Nothing was booked for this request; an operator skips or resolves it.',
  'posting.nothing-to-change':
    'Skipped: an upsert found no document to change (a customer deleted before it was created). It is remembered: a document that is created later is created in its state.',
  'posting.outcome-unknown':
    'Held: a call was sent, and neither its answer nor a lookup told what became of it. Looked up again until the target tells.',
  'posting.attempts-exhausted': 'Held: several calls were sent without a certain answer, and the document was not found.',
  'posting.duplicate-found': 'Held: the target has the document more than once. Over when one is left.',
  'posting.half-done': 'Held: the document is in the target without all of its lines, and could be neither finished nor deleted by us.',
  'posting.need-never-asked':
    'Held: the document needs another one that nobody has asked for in time. It goes on by itself when that one is there.',
  'posting.batch-failed': 'Held: the target refused to release the batch of the document.',
  'posting.batch-outcome-unknown': 'Held: the release of the batch was sent, and its result is not known.',
  'posting.unbalanced': 'Rejected before any call: debits and credits of the effect on the books differ; the text has both sums.',
  'posting.reference-missing': 'Rejected: a document that this one refers to lacks the attribute that a field needs.',
  'erp.throttled': 'Not applied: the target asked to wait. Tried again after that time.',
  'erp.conflict': 'Not applied: the record is locked or was changed by somebody else. Tried again.',
  'erp.unauthorised': 'Not applied: the target refuses the credentials. The target is paused until an operator acts.',
} as const satisfies Readonly<Record<string, string>>;
