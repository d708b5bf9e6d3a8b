import type { Seed } from './seed.js';

const imports = 'no-restricted-imports';
const syntax = 'no-restricted-syntax';

/** Violations of the order of the rooms in a service. */
export const roomSeeds: readonly Seed[] = [
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
];
