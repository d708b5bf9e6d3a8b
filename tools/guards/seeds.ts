/**
 * One seeded violation per rule of the house (eslint.config.mjs). Each must turn lint red with exactly the rule named here;
 * a rule without a seed is a rule that nobody would miss.
 */
export interface Seed {
  /** What the rule guards, as a sentence's end: "lint refuses ...". */
  readonly refuses: string;
  /** Where the file is put, from the root of the workspace. */
  readonly file: string;
  readonly code: string;
  readonly rule: string;
  /** A part of the message, so that one rule id with many patterns cannot stand in for another. */
  readonly message: RegExp;
}

const boundary = '@nx/enforce-module-boundaries';
const imports = 'no-restricted-imports';
const syntax = 'no-restricted-syntax';

/** Violations that lint has to refuse, one of each kind. */
export const seeds: readonly Seed[] = [
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
    file: 'services/recon/src/decide/seed-42.ts',
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
  // Rooms of a service: accept -> decide -> emit, and decide is pure.
  {
    refuses: 'decide/ with a framework',
    file: 'services/ingest/src/decide/seed-11.ts',
    code: "export { Injectable } from '@nestjs/common';",
    rule: imports,
    message: /no framework/,
  },
  {
    refuses: 'decide/ with a Node built-in',
    file: 'services/ingest/src/decide/seed-12.ts',
    code: "export { createHash } from 'node:crypto';",
    rule: imports,
    message: /no Node built-in/,
  },
  {
    refuses: 'decide/ that imports accept/',
    file: 'services/ingest/src/decide/seed-13.ts',
    code: "export * from '../accept/x.js';",
    rule: imports,
    message: /neither sibling room/,
  },
  {
    refuses: 'decide/ that imports emit/',
    file: 'services/ingest/src/decide/seed-14.ts',
    code: "export * from '../emit/x.js';",
    rule: imports,
    message: /neither sibling room/,
  },
  {
    refuses: 'decide/ with an adapter',
    file: 'services/ingest/src/decide/seed-15.ts',
    code: "export * from '@tributary/messaging';",
    rule: imports,
    message: /no adapter/,
  },
  {
    refuses: 'decide/ with a clock',
    file: 'services/ingest/src/decide/seed-16.ts',
    code: 'export const now = (): number => Date.now();',
    rule: syntax,
    message: /No clock/,
  },
  {
    refuses: 'decide/ with a new Date()',
    file: 'services/ingest/src/decide/seed-17.ts',
    code: 'export const now = (): Date => new Date();',
    rule: syntax,
    message: /No clock/,
  },
  {
    refuses: 'decide/ with randomness',
    file: 'services/ingest/src/decide/seed-18.ts',
    code: 'export const dice = (): number => Math.random();',
    rule: syntax,
    message: /No randomness/,
  },
  {
    refuses: 'emit/ that imports accept/',
    file: 'services/ingest/src/emit/seed-19.ts',
    code: "export * from '../accept/x.js';",
    rule: imports,
    message: /never imports accept/,
  },
  // Pure libraries.
  {
    refuses: 'a pure library with a framework',
    file: 'libs/posting/src/seed-20.ts',
    code: "export { DataSource } from 'typeorm';",
    rule: imports,
    message: /no framework/,
  },
  {
    refuses: 'a pure library with a Node built-in',
    file: 'libs/mapping/src/seed-21.ts',
    code: "export { readFileSync } from 'node:fs';",
    rule: imports,
    message: /no Node built-in/,
  },
  {
    refuses: 'a pure library with a clock',
    file: 'libs/posting/src/seed-22.ts',
    code: 'export const now = (): number => Date.now();',
    rule: syntax,
    message: /No clock/,
  },
  {
    refuses: 'money read as a float',
    file: 'libs/domain/src/seed-23.ts',
    code: "export const amount = parseFloat('10.50');",
    rule: syntax,
    message: /I5/,
  },
  {
    refuses: 'money written through a float',
    file: 'libs/mapping/src/seed-24.ts',
    code: 'export const text = (1050 / 100).toFixed(2);',
    rule: syntax,
    message: /I5/,
  },
  // The Kafka client has one home.
  {
    refuses: 'the Kafka client outside of libs/messaging',
    file: 'services/recon/src/seed-25.ts',
    code: "export { Kafka } from 'kafkajs';",
    rule: imports,
    message: /Only libs\/messaging/,
  },
  {
    refuses: 'the Kafka client in emit/',
    file: 'services/ingest/src/emit/seed-26.ts',
    code: "export { Kafka } from 'kafkajs';",
    rule: imports,
    message: /Only libs\/messaging/,
  },
  {
    refuses: 'a Kafka connection that is put together by hand',
    file: 'services/recon/src/seed-33.ts',
    code: "export const connection = { brokers: 'a:1, b:2'.split(',') };",
    rule: syntax,
    message: /kafkaConnectionOf/,
  },
  {
    refuses: 'a Kafka publisher with metrics of its own',
    file: 'services/ingest/src/seed-34.ts',
    code: [
      "import { KafkaPublisher, noMetrics } from '@tributary/messaging';",
      "import type { KafkaPublisherOptions } from '@tributary/messaging';",
      'export const make = (options: KafkaPublisherOptions): KafkaPublisher => new KafkaPublisher({ ...options, metrics: noMetrics });',
    ].join('\n'),
    rule: syntax,
    message: /metrics and the log/,
  },
  // Everywhere.
  {
    refuses: 'any',
    file: 'services/recon/src/seed-27.ts',
    code: 'export const x: any = 1;',
    rule: '@typescript-eslint/no-explicit-any',
    message: /any/,
  },
  {
    refuses: 'console output in a service',
    file: 'services/recon/src/seed-28.ts',
    code: "console.log('x'); export {};",
    rule: 'no-console',
    message: /console/,
  },
  {
    refuses: 'comparison with coercion',
    file: 'services/recon/src/seed-29.ts',
    code: "export const same = (a: unknown): boolean => a == '1';",
    rule: 'eqeqeq',
    message: /===/,
  },
];
