import { LadderFixture } from './ladder-fixture.js';
import type { LadderHarness } from './ladder-fixture.js';
import { hostileRecords } from './ladder-hostile-records.js';
import { orders } from './ladder-orders.js';
import { parking } from './ladder-parking.js';
import { rungs } from './ladder-rungs.js';

export type { LadderHarness } from './ladder-fixture.js';

/** Each theme is one file; CONFORMANCE.md lists their cases. */
const themes: Readonly<Record<string, (ladder: () => LadderFixture) => void>> = {
  parking,
  rungs,
  orders,
  'hostile records': hostileRecords,
};

/** How the ladder behaves on every transport, named after what it guards. */
export function describeLadder(name: string, makeHarness: () => LadderHarness): void {
  describe(`ladder: ${name}`, () => {
    for (const [theme, cases] of Object.entries(themes)) describe(theme, () => cases(useLadder(makeHarness)));
  });
}

/** A fixture of its own for every case. */
function useLadder(makeHarness: () => LadderHarness): () => LadderFixture {
  let fixture: LadderFixture;
  beforeEach(() => {
    fixture = new LadderFixture(makeHarness());
    return fixture.open();
  });
  afterEach(() => fixture.close());
  return () => fixture;
}
