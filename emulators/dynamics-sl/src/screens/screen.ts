import { Refusal } from '../answers.js';
import type { Input } from '../data/rows.js';
import type { Transaction } from '../data/transaction.js';
import type { Call, Operation } from './call.js';
import { crashAfterHeader, objectOf, reads, textOf, writes } from './call.js';

/** What a screen does for each action of editScreen: docs/reference/dynamics-sl.md section 2.3 [verified names]. */
export interface ScreenActions {
  /** @returns the number of the batch. */
  add(call: Call, screen: Input, transaction: Transaction): string;
  update(call: Call, screen: Input, transaction: Transaction): string;
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
  let batNbr = batNbrOf(screen);
  const write = action === 'UPDATE' ? actions.update : actions.add;
  if (action === 'ADD' || action === 'UPDATE') {
    batNbr = call.commit((transaction) => write(call, screen, transaction));
    crashAfterHeader(call.fault);
    // Two commits: what was saved stays when the release is refused (section 7 [assumed]).
    if (action === 'ADD' && textOf(screen.batchHandling).toLowerCase() === 'release now') actions.release(call, batNbr);
  } else if (action === 'RELEASENOW') {
    actions.release(call, batNbr);
  } else if (action === 'VALIDATEONLY') {
    validate(() =>
      call.commit((transaction) => {
        actions.add(call, screen, transaction);
        throw new Checked();
      }),
    );
    return { ...screen, errorMessage: '' };
  } else throw new Refusal(`Action type '${action}' is not valid.`);
  return call.commit((transaction) => actions.show(call, batNbr, refNbrOf(screen), transaction));
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
