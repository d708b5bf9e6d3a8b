import type { StepView } from '@tributary/contracts';
import { newsViews } from '../../reconciliation/decide/news.js';
import type { ReportedNews } from '../../reconciliation/decide/news.js';
import { parseMaskedFields } from '@tributary/contracts';
import { isoTime } from '../../shared/decide/storable-text.js';

/** What the database knows about the captures of one charge. */
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
  readonly postings: readonly {
    request_id: string;
    posting_key: string;
    target: string;
    kind: string;
    requested_at: Date | null;
  }[];
  readonly outcomes: readonly {
    outcome_id: string;
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
    /** Null for a letter of the first version. */
    id: string | null;
    topic: string;
    partition: number;
    offset: string;
    message_id: string;
    code: string;
    text: string | null;
    dead_at: Date;
  }[];
  /** What Stripe reported about the charge after its payment. */
  readonly news: readonly ReportedNews[];
  /** Headers of the card-number guard. */
  readonly masked: readonly string[];
  readonly readings: readonly {
    state: string;
    text: string | null;
    checked_at: Date | null;
    reference: Record<string, string> | null;
  }[];
}

/** Kind of document that is written to a Stripe account: the numbers that the ERP assigned, stored in the metadata of an object. */
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

/** Titles of outcomes of metadata, which is written to Stripe and not to an ERP. */
const metadataTitle: Readonly<Record<string, string>> = {
  posted: 'Written to Stripe',
  updated: 'Told to Stripe as it is now',
  adopted: 'Found in Stripe after a lost answer, and adopted',
  duplicate: 'Known to Stripe already: nothing written',
  stale: 'Stripe knows newer ones: nothing written',
  rejected: 'Rejected by Stripe',
};

/** Type of an outcome event. It is not a fact of Stripe; the steps of its posting, and of the posting it led to, already show it. */
const outcomeType = 'erp.posting-concluded';

const readingTitle: Readonly<Record<string, string>> = {
  matched: 'The ledger was read: same amount',
  different: 'The ledger was read: another amount',
  missing: 'The ledger was read: not there',
  pending: 'The ledger was read: not posted yet',
};

/** Reads own properties only: the key may be `constructor`. */
function wordOf(words: Readonly<Record<string, string>>, word: string): string | undefined {
  return Object.hasOwn(words, word) ? words[word] : undefined;
}

function documentName(kind: string): string {
  return kind === metadataKind ? 'numbers in Stripe' : kind.replaceAll('-', ' ');
}

function titleOf(kind: string | undefined, result: string): string {
  return (kind === metadataKind ? wordOf(metadataTitle, result) : undefined) ?? wordOf(outcomeTitle, result) ?? result;
}

/**
 * The steps of a payment, oldest first; steps of the same time keep the order of the pipeline. Never throws: an unknown key is shown
 * unchanged.
 * @param others steps that are made elsewhere: decisions, payouts.
 */
export function traceSteps(input: TraceInput, others: readonly StepView[] = []): StepView[] {
  const kindOf = new Map(input.postings.map((posting) => [posting.request_id, posting.kind]));
  const steps: StepView[] = [
    ...deliverySteps(input),
    ...input.facts.flatMap(factSteps),
    ...input.postings.filter(({ requested_at }) => requested_at !== null).map(requestStep),
    ...input.outcomes.map((outcome) => outcomeStep(outcome, kindOf.get(outcome.request_id))),
    ...input.deadLetters.map(deadLetterStep),
    ...newsSteps(input.news),
    ...input.readings.filter(({ checked_at }) => checked_at !== null).map(readingStep),
    ...others,
  ];
  return steps
    .map((step, index) => ({ step, index }))
    .sort((a, b) => (a.step.at < b.step.at ? -1 : a.step.at > b.step.at ? 1 : a.index - b.index))
    .map(({ step }) => step);
}

function deliverySteps({ deliveries, masked }: TraceInput): StepView[] {
  const seen = new Set<string>();
  const fields = masked.flatMap((header) => parseMaskedFields(header).paths);
  return deliveries.map((delivery): StepView => {
    const again = seen.has(delivery.event_id);
    const first = seen.size === 0;
    seen.add(delivery.event_id);
    return {
      at: isoTime(delivery.received_at) ?? '',
      stage: 'webhook',
      title: again ? 'The same event again' : `Webhook ${delivery.type}`,
      ids: {
        event: delivery.event_id,
        endpoint: delivery.endpoint ?? 'default',
        'raw record': `${delivery.partition}/${delivery.offset}`,
      },
      text: first && fields.length > 0 ? `Card numbers were masked on arrival in: ${fields.join(', ')}` : null,
      evidence: messageOf(delivery.event_id),
    };
  });
}

function factSteps(fact: TraceInput['facts'][number]): StepView[] {
  const steps: StepView[] = [];
  if (fact.translated_at && fact.type !== outcomeType)
    steps.push({
      at: isoTime(fact.translated_at) ?? '',
      stage: 'canonical',
      title: `Understood as ${fact.type}`,
      ids: { fact: fact.canonical_id, event: fact.event_id },
      text: null,
      evidence: messageOf(fact.canonical_id),
    });
  if (fact.routed_at && fact.ignored_reason)
    steps.push({
      at: isoTime(fact.routed_at) ?? '',
      stage: 'routed',
      title: 'No posting asked for',
      ids: { fact: fact.canonical_id },
      text: fact.ignored_reason,
      evidence: messageOf(fact.canonical_id),
    });
  return steps;
}

function requestStep(posting: TraceInput['postings'][number]): StepView {
  return {
    at: isoTime(posting.requested_at) ?? '',
    stage: 'requested',
    title: `Asked for: ${documentName(posting.kind)}`,
    ids: {
      'posting key': posting.posting_key,
      request: posting.request_id,
      target: posting.target,
    },
    text: null,
    evidence: messageOf(posting.request_id),
  };
}

function outcomeStep(outcome: TraceInput['outcomes'][number], kind: string | undefined): StepView {
  return {
    at: isoTime(outcome.concluded_at) ?? '',
    stage: outcome.result,
    title: `${capital(documentName(kind ?? 'document'))}: ${lower(titleOf(kind, outcome.result))}`,
    ids: {
      'posting key': outcome.posting_key,
      ...outcome.reference,
      ...(outcome.attempts && outcome.attempts > 1 ? { attempts: String(outcome.attempts) } : {}),
    },
    text: [outcome.code, outcome.text].filter(Boolean).join(': ') || null,
    evidence: messageOf(outcome.outcome_id),
  };
}

function deadLetterStep(letter: TraceInput['deadLetters'][number]): StepView {
  return {
    at: isoTime(letter.dead_at) ?? '',
    stage: 'dead-letter',
    title: 'Dead-lettered',
    ids: {
      topic: letter.topic,
      record: `${letter.partition}/${letter.offset}`,
      message: letter.message_id,
    },
    text: [letter.code, letter.text].filter(Boolean).join(': '),
    evidence: letter.id === null ? null : { kind: 'letter', id: letter.id },
  };
}

function newsSteps(news: readonly ReportedNews[]): StepView[] {
  return newsViews(news).map((one) => ({
    at: one.at,
    stage: 'news',
    title: one.title,
    ids: { event: one.eventId },
    text: one.text,
    evidence: messageOf(one.eventId),
  }));
}

function readingStep(reading: TraceInput['readings'][number]): StepView {
  return {
    at: isoTime(reading.checked_at) ?? '',
    stage: 'read',
    title:
      reading.text === null || reading.state !== 'different'
        ? (wordOf(readingTitle, reading.state) ?? reading.state)
        : 'The ledger was read: a break',
    ids: { ...reading.reference },
    text: reading.text,
    evidence: null,
  };
}

function messageOf(id: string): StepView['evidence'] {
  return { kind: 'message', id };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function lower(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
