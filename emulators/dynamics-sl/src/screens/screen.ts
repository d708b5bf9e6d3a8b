import { Refusal } from '../answers.js';
import type { Input } from '../data/rows.js';
import type { Transaction } from '../data/store.js';
import type { Call, Operation } from './call.js';
import { crashAfterHeader, objectOf, reads, textOf, writes } from './call.js';

/** What was saved: the batch, and the document in it where a batch has several. */
export interface Saved {
  readonly batNbr: string;
  readonly refNbr: string;
}

/** What a screen does for each action of editScreen: docs/reference/dynamics-sl.md section 2.3 [verified names]. */
export interface ScreenActions {
  add(call: Call, screen: Input, transaction: Transaction): Saved;
  update(call: Call, screen: Input, transaction: Transaction): Saved;
  release(call: Call, batNbr: string): void;
  /** The screen of a batch, or of one document in it. @throws {Refusal} when it is not there. */
  show(call: Call, batNbr: string, refNbr: string, transaction: Transaction): Record<string, unknown>;
}

/** VALIDATEONLY does everything but store it. */
class Checked extends Error {}

const refusedScreen: Operation['refused'] = (message, _code, args) => ({ ...objectOf(args.screen), errorMessage: message });

function validate(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof Checked)) throw error;
  }
}

const batNbrOf = (screen: Input): string => textOf(objectOf(screen.myBatch).BatNbr);
const refNbrOf = (screen: Input): string => textOf(objectOf(screen.myARDoc).RefNbr);

function edit(actions: ScreenActions, call: Call, args: Input): Record<string, unknown> {
  const screen = objectOf(args.screen);
  const action = textOf(args.actionType).toUpperCase();
  const show = ({ batNbr, refNbr }: Saved): Record<string, unknown> =>
    call.commit((transaction) => actions.show(call, batNbr, refNbr, transaction));
  if (action === 'ADD' || action === 'UPDATE') {
    const saved = call.commit((transaction) => actions[action === 'ADD' ? 'add' : 'update'](call, screen, transaction));
    crashAfterHeader(call.fault);
    // Two commits: what was saved stays when the release is refused (section 7 [assumed]).
    if (action === 'ADD' && textOf(screen.batchHandling).toLowerCase() === 'release now') actions.release(call, saved.batNbr);
    return show(saved);
  }
  if (action === 'RELEASENOW') {
    const named = { batNbr: batNbrOf(screen), refNbr: refNbrOf(screen) };
    // Refuses a document that is not in the batch before anything is released.
    show(named);
    actions.release(call, named.batNbr);
    return show(named);
  }
  if (action !== 'VALIDATEONLY') throw new Refusal(`Action type '${action}' is not valid.`);
  validate(() =>
    call.commit((transaction) => {
      actions.add(call, screen, transaction);
      throw new Checked();
    }),
  );
  return { ...screen, errorMessage: '' };
}

/** The operations of a screen's service. `getScreenByBatNbr` and `getScreenByBatNbrAndRefNbr`: section 5.4 [verified]. */
export function screenOperations(actions: ScreenActions): Readonly<Record<string, Operation>> {
  const read = reads(
    (call, args) => call.commit((transaction) => actions.show(call, textOf(args.batNbr), textOf(args.refNbr), transaction)),
    refusedScreen,
  );
  return {
    editScreen: writes((call, args) => edit(actions, call, args), refusedScreen),
    getScreenByBatNbr: read,
    getScreenByBatNbrAndRefNbr: read,
  };
}
