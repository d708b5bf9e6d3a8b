import { ErpSilentError } from '../../errors.js';
import type { PostingOutcome } from '../../posting-outcome.js';
import type { Capability } from '../capability.js';
import type { Mutant } from './mutant.js';
import { over, replacing } from './mutant.js';

const done: PostingOutcome = { kind: 'posted', reference: {} };
const rejected: PostingOutcome = { kind: 'rejected', code: 'seeded.bug', text: 'a seeded bug' };

/** A document that is in the ledger is read as held back, or the reverse. */
const releasedTheWrongWay = (capability: Capability): Mutant =>
  replacing('a release is read the wrong way round', ['ledger-reads', capability], (connector) => ({
    read: async (...call) => {
      const state = await connector.read?.(...call);
      return state && { ...state, released: !state.released };
    },
  }));

/** Bugs in releases, for batches that we name and that the ERP assigns. */
function releaseMutants(capability: Capability): readonly Mutant[] {
  return [
    {
      name: 'a second release is refused',
      capabilities: [capability],
      make: () => {
        const released = new Set<string>();
        return (connector) =>
          over(connector, {
            releaseBatch: async (batch, signal) => {
              if (released.has(batch.batchId)) return rejected;
              released.add(batch.batchId);
              return (await connector.releaseBatch?.(batch, signal)) ?? rejected;
            },
          });
      },
    },
    replacing('a release is not made', [capability], () => ({ releaseBatch: () => Promise.resolve(done) })),
    ...(['unknown', 'unavailable'] as const).map((kind) =>
      replacing(`a release that is ${kind} is told as posted`, [capability], (connector) => ({
        releaseBatch: async (batch, signal) => {
          const outcome = (await connector.releaseBatch?.(batch, signal)) ?? rejected;
          return outcome.kind === kind ? done : outcome;
        },
      })),
    ),
    replacing('a batch without an answer is told as absent', [capability], (connector) => ({
      batchState: async (...call) => {
        try {
          return (await connector.batchState?.(...call)) ?? { state: 'absent', text: '' };
        } catch (error) {
          if (error instanceof ErpSilentError) return { state: 'absent', text: '' };
          throw error;
        }
      },
    })),
    replacing('a batch that stopped is told as open', [capability], (connector) => ({
      batchState: async (...call) => {
        const found = (await connector.batchState?.(...call)) ?? { state: 'absent', text: '' };
        return found.state === 'failed' ? { state: 'open', text: '' } : found;
      },
    })),
  ];
}

/** Bugs in batches and in discarding. */
export const batchMutants: readonly Mutant[] = [
  ...(['batches-named', 'batches-assigned', 'batches-none'] as const).map(releasedTheWrongWay),
  ...releaseMutants('batches-named'),
  ...releaseMutants('batches-assigned'),
  replacing('a batch is not opened', ['batches-named'], () => ({ openBatch: () => Promise.resolve(done) })),
  replacing('a document that is released is told as held back', ['batches-none'], () => ({ batchMode: () => 'named' })),
  replacing('a discard is not made', ['discard'], () => ({ discard: () => Promise.resolve(done) })),
  replacing('a discard that is refused is told as made', ['discard'], (connector) => ({
    discard: async (...call) => {
      const outcome = (await connector.discard?.(...call)) ?? rejected;
      return outcome.kind === 'rejected' ? done : outcome;
    },
  })),
];
