import { jsonText } from '../../code/json-text.js';
import { amountLine } from '../../format/amount.js';
import type { EffectLine, LedgerDocument, NamedText, Step, Trace } from '../../recon/shapes.js';

/** Something of a payment that can stand beside something else: the record of a message, or what a ledger has. */
export interface Comparable {
  /** Stands in the address. */
  readonly key: string;
  readonly title: string;
  /** Absent: it is the record of the message `messageId`. */
  readonly text?: string;
  readonly messageId?: string;
}

/** Two of them that belong together, and what the pair is called. */
export interface Pair {
  readonly title: string;
  readonly left: string;
  readonly right: string;
}

/** Everything of a payment that can be compared, in the order in which it happened: its messages, then its documents and what the ledger has. */
export function comparablesOf({ steps, documents }: Pick<Trace, 'steps' | 'documents'>): Comparable[] {
  const messages = new Map<string, Comparable>();
  for (const { evidence, title } of steps)
    if (evidence?.kind === 'message' && !messages.has(evidence.id))
      messages.set(evidence.id, { key: evidence.id, title, messageId: evidence.id });
  return [...messages.values(), ...documents.flatMap(ofDocument)];
}

function ofDocument({ postingKey, kind, number, effect, reference, ledger }: LedgerDocument): Comparable[] {
  const name = `${kind.replaceAll('-', ' ')} ${number ?? postingKey}`;
  const asked = { postingKey, entries: effect.map(entryOf) };
  const has = { postingKey, entries: ledger?.entries.map(entryOf) ?? [], reference: named(reference) };
  return [
    { key: askedKey(postingKey), title: `Asked of the books: ${name}`, text: jsonText(asked) },
    ...(ledger && ledger.entries.length > 0 ? [{ key: ledgerKey(postingKey), title: `In the ledger: ${name}`, text: jsonText(has) }] : []),
  ];
}

const askedKey = (postingKey: string): string => `asked:${postingKey}`;
const ledgerKey = (postingKey: string): string => `ledger:${postingKey}`;
const entryOf = ({ role, account, debit, credit }: EffectLine): object => ({
  role,
  account: account ?? 'by the ERP',
  debit: debit && amountLine(debit),
  credit: credit && amountLine(credit),
});
const named = (texts: readonly NamedText[]): object => Object.fromEntries(texts.map(({ name, value }) => [name, value]));

/**
 * What one usually compares: each fact with the event that it is from, each request with the fact before it, and each document with what the
 * ledger has of it.
 */
export function usualPairs(trace: Pick<Trace, 'steps' | 'documents'>): Pair[] {
  const pairs: Pair[] = [];
  let fact: string | undefined;
  const idOf = ({ evidence }: Step): string | undefined => (evidence?.kind === 'message' ? evidence.id : undefined);
  const events = new Set(trace.steps.filter(({ stage }) => stage === 'webhook').flatMap((step) => idOf(step) ?? []));
  for (const step of trace.steps) {
    const id = idOf(step);
    if (id === undefined) continue;
    if (step.stage === 'canonical') {
      fact = id;
      const own = step.ids.find(({ name }) => name === 'event')?.value;
      const event = own !== undefined && events.has(own) ? own : events.size === 1 ? [...events][0] : undefined;
      if (event !== undefined) pairs.push({ title: `Event beside fact: ${step.title}`, left: event, right: id });
    }
    if (step.stage === 'requested' && fact !== undefined)
      pairs.push({ title: `Fact beside request: ${step.title}`, left: fact, right: id });
  }
  const both = trace.documents.filter(({ ledger }) => ledger !== null && ledger.entries.length > 0);
  return [
    ...pairs,
    ...both.map(({ postingKey, kind }) => ({
      title: `Request beside ledger: ${kind.replaceAll('-', ' ')}`,
      left: askedKey(postingKey),
      right: ledgerKey(postingKey),
    })),
  ];
}
