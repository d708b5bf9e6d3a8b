import type { Seed } from './seed.js';

const boundary = '@nx/enforce-module-boundaries';

/** Violations around the local stack. */
export const localStackSeeds: readonly Seed[] = [
  // The local stack stands on the ground: it knows nothing of ours, and only tests, proof and tools start it. No circle is excused.
  {
    refuses: 'a local stack that knows the platform',
    file: 'libs/local-stack/src/seed-30.ts',
    code: "export * from '@tributary/platform';",
    rule: boundary,
    message: /layer:support|Circular dependency/,
  },
  {
    refuses: 'a service that starts a broker of its own',
    file: 'services/ingest/src/seed-31.ts',
    code: "export { startStack } from '@tributary/local-stack';",
    rule: boundary,
    message: /layer:service/,
  },
  {
    refuses: 'a circle that an integration spec closes',
    file: 'libs/local-stack/src/seed-32.int-spec.ts',
    code: "export * from '@tributary/persistence';",
    rule: boundary,
    message: /Circular dependency/,
  },
];
