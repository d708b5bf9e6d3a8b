import type { SimBroker } from './broker.js';
import type { SimDatabase } from './database.js';
import type { SimErp } from './erp.js';
import type { SimRequest } from './sim-request.js';
import type { Tracker } from './tracker.js';
import type { World } from './world.js';

/** The parts of one run that the checks look into. */
export interface RunParts {
  readonly world: World;
  readonly database: SimDatabase;
  readonly broker: SimBroker;
  readonly erp: SimErp;
  readonly tracker: Tracker;
  readonly requests: ReadonlyMap<string, SimRequest>;
  /** What moved the Stripe balance. */
  readonly movements: readonly SimRequest[];
}
