import { delivery } from './delivery.js';
import { failures } from './failures.js';
import { useFixture } from './fixture.js';
import type { Fixture, TransportHarness } from './fixture.js';
import { hostileData } from './hostile-data.js';
import { offsets } from './offsets.js';
import { ordering } from './ordering.js';
import { poison } from './poison.js';
import { stopping } from './stopping.js';
import { targets } from './targets.js';
import { tracing } from './tracing.js';

export { eventually } from './eventually.js';
export type { TransportHarness } from './fixture.js';

/** Each theme is one file; CONFORMANCE.md lists their cases. */
const themes: Readonly<Record<string, (fixture: () => Fixture) => void>> = {
  delivery,
  ordering,
  failures,
  poison,
  'hostile data': hostileData,
  offsets,
  targets,
  stopping,
  tracing,
};

/** The behaviour that every transport has to show, named after what it guards. */
export function describeTransport(name: string, makeHarness: () => TransportHarness): void {
  describe(`transport: ${name}`, () => {
    for (const [theme, cases] of Object.entries(themes)) describe(theme, () => cases(useFixture(makeHarness)));
  });
}
