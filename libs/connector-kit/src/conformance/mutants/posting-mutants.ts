import type { ErpDocument, ErpFields } from '../../erp-document.js';
import type { PostingOutcome } from '../../posting-outcome.js';
import type { Capability } from '../capability.js';
import type { Mutant } from './mutant.js';
import { answering, replacing, sending } from './mutant.js';

type Kind = PostingOutcome['kind'];

/** One outcome taken for another. */
const mistaken = (from: Kind, to: PostingOutcome, capability: Capability): Mutant =>
  answering(`${from} is told as ${to.kind}`, capability, (outcome) => (outcome.kind === from ? to : outcome));

const text = 'a seeded bug';
const rejected: PostingOutcome = { kind: 'rejected', code: 'seeded.bug', text };
const unavailable: PostingOutcome = { kind: 'unavailable', code: 'seeded.bug', text };
const unknown: PostingOutcome = { kind: 'unknown', text };
const posted: PostingOutcome = { kind: 'posted', reference: { number: '1' } };

function withTexts(document: ErpDocument, change: (text: string) => string): ErpDocument {
  const changed = (fields: ErpFields): ErpFields =>
    Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? change(value) : value]));
  return {
    ...document,
    fields: changed(document.fields),
    lines: document.lines.map((line) => ({ ...line, fields: changed(line.fields) })),
  };
}
const decimal = /^\d+\.\d+$/;

/** Bugs in what is sent and in what is concluded from the answer. */
export const postingMutants: readonly Mutant[] = [
  mistaken('unknown', posted, 'lost-answers'),
  mistaken('unknown', rejected, 'lost-answers'),
  mistaken('unknown', unavailable, 'lost-answers'),
  mistaken('unavailable', unknown, 'errors'),
  mistaken('unavailable', rejected, 'errors'),
  mistaken('unauthorised', rejected, 'errors'),
  mistaken('unauthorised', unavailable, 'errors'),
  mistaken('throttled', unknown, 'throttling'),
  mistaken('conflict', posted, 'conflicts'),
  mistaken('partial', posted, 'half-documents'),
  mistaken('rejected', posted, 'validation'),
  answering('a rejection does not name its field', 'validation', (outcome) => {
    if (outcome.kind !== 'rejected') return outcome;
    const { field: _field, ...rest } = outcome;
    return rest;
  }),
  answering('a closed period is told as any other refusal', 'period-refusal', (outcome) => {
    if (outcome.kind !== 'rejected') return outcome;
    const { periodClosed: _closed, ...rest } = outcome;
    return rest;
  }),
  answering('every refusal is told as a closed period', 'period-refusal', (outcome) =>
    outcome.kind === 'rejected' ? { ...outcome, periodClosed: true } : outcome,
  ),
  answering('throttled does not say how long', 'throttling', (outcome) =>
    outcome.kind === 'throttled' ? { ...outcome, retryAfterMs: 0 } : outcome,
  ),
  answering('a secret is in an outcome', 'secrets', (outcome, _document, { secrets }) =>
    'text' in outcome ? { ...outcome, text: `${outcome.text} ${secrets[0]}` } : outcome,
  ),
  answering('a kind that is not known is told as posted', 'declaration', (outcome, document) =>
    document.kind === 'no-such-kind' ? posted : outcome,
  ),
  sending('amounts go through binary floating point', 'amounts', (document) =>
    withTexts(document, (value) => (decimal.test(value) ? String(Number(value)) : value)),
  ),
  sending('amounts are cut to two decimals', 'amounts', (document) =>
    withTexts(document, (value) => (decimal.test(value) ? value.replace(/(\.\d\d)\d+$/, '$1') : value)),
  ),
  sending('a text is cut to twenty characters', 'text-limits', (document) => withTexts(document, (value) => value.slice(0, 20))),
  sending('letters outside of ASCII are lost', 'text-limits', (document) =>
    withTexts(document, (value) => value.replace(/[^\x20-\x7e]/g, '?')),
  ),
  sending('another posting key is planted', 'create-once', (document) => ({
    ...document,
    postingKey: `${document.postingKey}9` as ErpDocument['postingKey'],
  })),
  sending('what the posting ledger knows is ignored', 'versioned-upsert', ({ known: _known, ...document }) => document),
  sending('ensure overwrites', 'versioned-upsert', (document) =>
    document.protocol === 'ensure' ? { ...document, protocol: 'versioned-upsert' } : document,
  ),
  sending('a versioned upsert changes nothing', 'versioned-upsert', (document) => ({ ...document, protocol: 'ensure' })),
  sending('finishing a document enters it once more', 'half-documents', (document) =>
    document.knownMissing ? withoutKnown(document) : document,
  ),
  replacing('a document is posted twice', ['create-once', 'lined-documents'], (connector) => ({
    post: async (document, signal) => {
      await connector.post(document, signal);
      return connector.post(document, signal);
    },
  })),
  replacing('an unanswered post is tried again', ['lost-answers'], (connector) => ({
    post: async (document, signal) => {
      const outcome = await connector.post(document, signal);
      return outcome.kind === 'unknown' ? connector.post(document, signal) : outcome;
    },
  })),
  replacing('a call cannot be given up', ['slow-answers'], (connector) => ({
    post: (document) => connector.post(document, AbortSignal.timeout(60_000)),
  })),
  replacing('a call may take longer than is said', ['declaration'], () => ({ longestCallMs: 1 })),
];

function withoutKnown({ known: _known, knownMissing: _missing, ...document }: ErpDocument): ErpDocument {
  return document;
}
