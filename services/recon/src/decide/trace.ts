/** One step of a payment's walk, as the console shows it. */
export interface Step {
  readonly at: string;
  readonly stage: string;
  readonly title: string;
  readonly ids: Readonly<Record<string, string>>;
  readonly text: string | null;
}

export interface TraceInput {
  readonly deliveries: readonly {
    event_id: string;
    type: string;
    endpoint: string | null;
    partition: number;
    offset: string;
    received_at: Date;
  }[];
  readonly facts: readonly {
    canonical_id: string;
    event_id: string;
    type: string;
    translated_at: Date | null;
    routed_at: Date | null;
    ignored_reason: string | null;
  }[];
  readonly postings: readonly { request_id: string; posting_key: string; target: string; kind: string; requested_at: Date | null }[];
  readonly outcomes: readonly {
    request_id: string;
    posting_key: string;
    result: string;
    code: string | null;
    text: string | null;
    reference: Record<string, string> | null;
    attempts: number | null;
    concluded_at: Date;
  }[];
  readonly deadLetters: readonly {
    topic: string;
    partition: number;
    offset: string;
    message_id: string;
    code: string;
    text: string | null;
    dead_at: Date;
  }[];
  readonly reading: { state: string; checked_at: Date | null; reference: Record<string, string> | null } | undefined;
}

/** Kind of document that a Stripe account takes: numbers of the ERP, written to an object. */
const metadataKind = 'metadata';

const outcomeTitle: Readonly<Record<string, string>> = {
  posted: 'Saved in the ERP',
  adopted: 'Found in the ERP after a lost answer, and adopted',
  updated: 'Changed in the ERP',
  released: 'In the ledger',
  duplicate: 'Already there: nothing posted',
  stale: 'Older than what the ERP has: nothing changed',
  skipped: 'Nothing to do',
  waiting: 'Waiting for what it depends on',
  held: 'Held for a person',
  rejected: 'Rejected by the ERP',
};

/** Of metadata, which goes to Stripe and not to an ERP. */
const metadataTitle: Readonly<Record<string, string>> = {
  posted: 'Written to Stripe',
  updated: 'Told to Stripe as it is now',
  adopted: 'Found in Stripe after a lost answer, and adopted',
  duplicate: 'Known to Stripe already: nothing written',
  stale: 'Stripe knows newer ones: nothing written',
  rejected: 'Rejected by Stripe',
};

/** Not a fact of Stripe but what became of a posting: its own steps tell of it, and the posting that it led to. */
const outcomeType = 'erp.posting-concluded';

const readingTitle: Readonly<Record<string, string>> = {
  matched: 'The ledger was read: same amount',
  different: 'The ledger was read: another amount',
  missing: 'The ledger was read: not there',
  pending: 'The ledger was read: not posted yet',
};

function documentName(kind: string): string {
  return kind === metadataKind ? 'numbers in Stripe' : kind.replaceAll('-', ' ');
}

function titleOf(kind: string | undefined, result: string): string {
  return (kind === metadataKind ? metadataTitle[result] : undefined) ?? outcomeTitle[result] ?? result;
}

/** The walk of a payment from everything the topics said of it, oldest first; steps of one instant keep walking order. */
export function traceSteps(input: TraceInput): Step[] {
  const kindOf = new Map(input.postings.map((posting) => [posting.request_id, posting.kind]));
  const steps: Step[] = [
    ...input.deliveries.map((delivery, index): Step => ({
      at: delivery.received_at.toISOString(),
      stage: 'webhook',
      title: index === 0 ? `Webhook ${delivery.type}` : `The same event again`,
      ids: { event: delivery.event_id, endpoint: delivery.endpoint ?? 'default', 'raw record': `${delivery.partition}/${delivery.offset}` },
      text: null,
    })),
    ...input.facts.flatMap((fact): Step[] => [
      ...(fact.translated_at && fact.type !== outcomeType
        ? [
            {
              at: fact.translated_at.toISOString(),
              stage: 'canonical',
              title: `Understood as ${fact.type}`,
              ids: { fact: fact.canonical_id, event: fact.event_id },
              text: null,
            },
          ]
        : []),
      ...(fact.routed_at && fact.ignored_reason
        ? [
            {
              at: fact.routed_at.toISOString(),
              stage: 'routed',
              title: 'No posting asked for',
              ids: { fact: fact.canonical_id },
              text: fact.ignored_reason,
            },
          ]
        : []),
    ]),
    ...input.postings.flatMap((posting): Step[] =>
      posting.requested_at
        ? [
            {
              at: posting.requested_at.toISOString(),
              stage: 'requested',
              title: `Asked for: ${documentName(posting.kind)}`,
              ids: { 'posting key': posting.posting_key, request: posting.request_id, target: posting.target },
              text: null,
            },
          ]
        : [],
    ),
    ...input.outcomes.map((outcome): Step => ({
      at: outcome.concluded_at.toISOString(),
      stage: outcome.result,
      title: `${capital(documentName(kindOf.get(outcome.request_id) ?? 'document'))}: ${lower(titleOf(kindOf.get(outcome.request_id), outcome.result))}`,
      ids: {
        'posting key': outcome.posting_key,
        ...outcome.reference,
        ...(outcome.attempts && outcome.attempts > 1 ? { attempts: String(outcome.attempts) } : {}),
      },
      text: [outcome.code, outcome.text].filter(Boolean).join(': ') || null,
    })),
    ...input.deadLetters.map((letter): Step => ({
      at: letter.dead_at.toISOString(),
      stage: 'dead-letter',
      title: 'Dead-lettered',
      ids: { topic: letter.topic, record: `${letter.partition}/${letter.offset}`, message: letter.message_id },
      text: [letter.code, letter.text].filter(Boolean).join(': '),
    })),
  ];
  const { reading } = input;
  if (reading?.checked_at) {
    steps.push({
      at: reading.checked_at.toISOString(),
      stage: 'read',
      title: readingTitle[reading.state] ?? reading.state,
      ids: { ...reading.reference },
      text: null,
    });
  }
  return steps
    .map((step, index) => ({ step, index }))
    .sort((a, b) => a.step.at.localeCompare(b.step.at) || a.index - b.index)
    .map(({ step }) => step);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function lower(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
