/** Every topic, by name. `postings` is one per target; retry topics and DLQs are named after topic and group. */
export const topics = {
  stripeEvents: 'stripe.events.v1',
  erpChanges: 'erp.changes.v1',
  party: 'party.v1',
  ar: 'ar.v1',
  billing: 'billing.v1',
  treasury: 'treasury.v1',
  risk: 'risk.v1',
  /** What transform made of each event, also of the ignored ones (docs/adr/0004). */
  pipeline: 'pipeline.v1',
  erp: 'erp.v1',
  xrefCustomer: 'xref.customer.v1',
  xrefItem: 'xref.item.v1',
  xrefDocument: 'xref.document.v1',
  assets: 'assets.v1',
  checkpoints: 'checkpoints.v1',
  ops: 'ops.v1',
  currencies: 'reference.currencies.v1',
  postings: (target: string): string => `postings.${target}.v1`,
  deadLetters: (topic: string, group: string): string => `${topic}.${group}.dlq`,
  /** Messages that are tried again after a delay: one topic per rung of the ladder (`5s`, `1m`, ...). */
  retry: (topic: string, group: string, rung: string): string => `${topic}.${group}.retry.${rung}`,
  /** Dead letters that a person decided about, given back to their group: replay, skip or resolve. */
  replay: (topic: string, group: string): string => `${topic}.${group}.replay`,
} as const;
