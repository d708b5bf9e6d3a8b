import type { Seed } from './seed.js';

const imports = 'no-restricted-imports';
const syntax = 'no-restricted-syntax';

/** Violations of the purity of pure libraries. */
export const pureSeeds: readonly Seed[] = [
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
];
