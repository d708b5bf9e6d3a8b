import type { Seed } from './seed.js';

const boundary = '@nx/enforce-module-boundaries';
const imports = 'no-restricted-imports';

/** Violations of the rule that pure layers read only the shapes of a connector. */
export const shapeSeeds: readonly Seed[] = [
  // Of a connector, pure layers may read the shapes of its documents and nothing else.
  {
    refuses: 'a mapping that knows a connector beyond its shapes',
    file: 'libs/mapping/src/seed-40.ts',
    code: "export * from '@tributary/connector-stripe';",
    rule: imports,
    message: /of a connector only its shapes/,
  },
  {
    refuses: 'a mapping that knows the registry of targets beyond its shapes',
    file: 'libs/mapping/src/seed-41.ts',
    code: "export * from '@tributary/target-registry';",
    rule: imports,
    message: /of a connector only its shapes/,
  },
  {
    refuses: 'decide/ with the registry of targets',
    file: 'services/recon/src/desk/decide/seed-42.ts',
    code: "export * from '@tributary/target-registry';",
    rule: imports,
    message: /no adapter/,
  },
  {
    refuses: 'a connector that knows the registry of targets',
    file: 'libs/connectors/stripe/src/seed-43.ts',
    code: "export * from '@tributary/target-registry';",
    rule: boundary,
    message: /layer:connector|Circular dependency/,
  },
];
