import type { Seed } from './seed.js';

const imports = 'no-restricted-imports';
const boundary = '@nx/enforce-module-boundaries';

/** Violations of the dependency direction between layers. */
export const layerSeeds: readonly Seed[] = [
  // Dependency direction: contracts <- domain <- core <- platform <- adapters <- services. Importing upwards usually closes
  // a circle too, and the rule then names the circle first. Services export nothing, so a relative path is the only way in.
  {
    refuses: 'contracts that know the domain',
    file: 'libs/contracts/src/seed-1.ts',
    code: "export { money } from '@tributary/domain';",
    rule: boundary,
    message: /layer:contracts|Circular dependency/,
  },
  {
    refuses: 'a domain that knows the posting protocol',
    file: 'libs/domain/src/seed-2.ts',
    code: "export * from '@tributary/posting';",
    rule: boundary,
    message: /layer:domain|Circular dependency/,
  },
  {
    refuses: 'a posting protocol that knows the platform',
    file: 'libs/posting/src/seed-3.ts',
    code: "export * from '@tributary/platform';",
    rule: boundary,
    message: /layer:core|Circular dependency/,
  },
  {
    refuses: 'a platform that knows an adapter',
    file: 'libs/platform/src/seed-4.ts',
    code: "export * from '@tributary/messaging';",
    rule: boundary,
    message: /layer:platform|Circular dependency/,
  },
  {
    refuses: 'an adapter that knows another adapter',
    file: 'libs/persistence/src/seed-5.ts',
    code: "export * from '@tributary/messaging';",
    rule: boundary,
    message: /layer:adapter|Circular dependency/,
  },
  {
    refuses: 'a connector that knows another connector',
    file: 'libs/connectors/epicor-kinetic/src/seed-6.ts',
    code: "export * from '@tributary/connector-stripe';",
    rule: boundary,
    message: /layer:connector|Circular dependency/,
  },
  {
    refuses: 'a service that knows another service',
    file: 'services/transform/src/seed-7.ts',
    code: "export * from '../../ingest/src/main.js';",
    rule: boundary,
    message: /cannot be imported by a relative/,
  },
  {
    refuses: 'a browser page that knows the platform',
    file: 'services/console/web/src/seed-8.ts',
    code: "export * from '@tributary/platform';",
    rule: boundary,
    message: /layer:web|Circular dependency/,
  },
  {
    refuses: 'an emulator that knows the domain',
    file: 'emulators/stripe/src/seed-9.ts',
    code: "export { money } from '@tributary/domain';",
    rule: imports,
    message: /Emulators share no code/,
  },
  {
    refuses: 'a proof that knows a service',
    file: 'proof/seed-10.ts',
    code: "export * from '../services/ingest/src/main.js';",
    rule: boundary,
    message: /cannot be imported by a relative/,
  },
];
