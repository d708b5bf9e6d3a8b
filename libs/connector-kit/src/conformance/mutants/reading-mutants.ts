import { ErpDuplicateDocumentError, ErpSilentError, ErpUnauthorisedError } from '../../errors.js';
import type { Mutant } from './mutant.js';
import { replacing } from './mutant.js';

/** The result of a call, or another one when it throws. */
async function instead<T>(call: Promise<T> | undefined, on: (error: unknown) => T): Promise<T> {
  if (!call) throw new Error('the connector lacks what it declares');
  try {
    return await call;
  } catch (error) {
    return on(error);
  }
}

/** Throws what a value is not made for. */
function only<T>(error: unknown, type: abstract new (...args: never[]) => unknown, value: T): T {
  if (error instanceof type) return value;
  throw error;
}

const whole = { reference: { number: '1' }, complete: true, missing: [] };

/** Bugs in look-ups and in what is read back. */
export const readingMutants: readonly Mutant[] = [
  replacing('silence in a look-up is told as not there', ['look-ups'], (connector) => ({
    find: (...call) => instead(connector.find(...call), (error) => only(error, ErpSilentError, undefined)),
  })),
  replacing('a refused login in a look-up is told as not there', ['look-ups'], (connector) => ({
    find: (...call) => instead(connector.find(...call), (error) => only(error, ErpUnauthorisedError, undefined)),
  })),
  replacing('of two documents one is chosen', ['look-ups', 'lined-documents'], (connector) => ({
    find: (...call) => instead(connector.find(...call), (error) => only(error, ErpDuplicateDocumentError, whole)),
  })),
  replacing('a look-up finds nothing', ['look-ups'], () => ({ find: () => Promise.resolve(undefined) })),
  replacing('a look-up finds what is not there', ['look-ups'], (connector) => ({
    find: async (...call) => (await connector.find(...call)) ?? whole,
  })),
  replacing('a look-up finds another document', ['create-once', 'look-ups'], (connector) => ({
    find: async (...call) => {
      const found = await connector.find(...call);
      return found && { ...found, reference: { ...found.reference, number: 'another' } };
    },
  })),
  replacing('a half document is found whole', ['look-ups', 'half-documents'], (connector) => ({
    find: async (...call) => {
      const found = await connector.find(...call);
      return found && { ...found, complete: true, missing: [] };
    },
  })),
  replacing('a secret is in the error of a look-up', ['look-ups', 'secrets'], (connector, { secrets }) => ({
    find: (...call) =>
      instead(connector.find(...call), (error) => {
        if (error instanceof Error) error.message += ` ${secrets[0]}`;
        throw error;
      }),
  })),
  replacing('a probe never fails', ['errors'], () => ({ probe: () => Promise.resolve() })),
  replacing('a listing leaves its last document out', ['lists-and-marks'], (connector) => ({
    list: async (...call) => {
      const page = await connector.list?.(...call);
      return { documents: page?.documents.slice(0, -1) ?? [], next: page?.next };
    },
  })),
  replacing('a listing of a silent ERP is empty', ['lists-and-marks'], (connector) => ({
    list: (...call) => instead(connector.list?.(...call), (error) => only(error, ErpSilentError, { documents: [], next: undefined })),
  })),
  replacing('silence in reading is told as not there', ['ledger-reads'], (connector) => ({
    read: (...call) => instead(connector.read?.(...call), (error) => only(error, ErpSilentError, undefined)),
  })),
  replacing('the clearing account is another one', ['clearing'], (connector) => ({
    read: async (...call) => {
      const state = await connector.read?.(...call);
      return state && { ...state, clearing: { account: 'OTHER', currency: 'XXX' } };
    },
  })),
  replacing('an entry of the ledger is left out', ['effect'], (connector) => ({
    read: async (...call) => {
      const state = await connector.read?.(...call);
      return state?.effect ? { ...state, effect: state.effect.slice(1) } : state;
    },
  })),
  replacing('an account is left out of the trial balance', ['trial-balance'], (connector) => ({
    trialBalance: async (signal) => ((await connector.trialBalance?.(signal)) ?? []).slice(1),
  })),
  replacing('fiscal periods come in reverse', ['periods'], (connector) => ({
    periods: async (signal) => [...((await connector.periods?.(signal)) ?? [])].reverse(),
  })),
  replacing('fiscal periods are all closed', ['periods'], (connector) => ({
    periods: async (signal) => ((await connector.periods?.(signal)) ?? []).map((period) => ({ ...period, open: false })),
  })),
  replacing('a document that is moved loses its date', ['periods'], (connector) => ({
    movedTo: (document, date) => ({ ...(connector.movedTo?.(document, date) ?? document), fields: {} }),
  })),
  replacing('a described call goes elsewhere', ['described-calls'], (connector) => ({
    describeCall: (document) => (connector.describeCall?.(document) ?? []).map((call) => ({ ...call, path: `${call.path}x` })),
  })),
];
