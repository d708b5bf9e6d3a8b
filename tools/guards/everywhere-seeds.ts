import type { Seed } from './seed.js';

/** Violations of rules that hold in every file. */
export const everywhereSeeds: readonly Seed[] = [
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
