import { readFileSync } from 'node:fs';

const swc = JSON.parse(readFileSync(new URL('./.swcrc', import.meta.url), 'utf8'));
/** The console's components: JSX beside the same TypeScript. */
const swcReact = {
  ...swc,
  jsc: { ...swc.jsc, parser: { ...swc.jsc.parser, tsx: true }, transform: { ...swc.jsc.transform, react: { runtime: 'automatic' } } },
};

/**
 * One configuration for every project. `x.spec.ts` touches neither network nor clock; `x.int-spec.ts` needs a real
 * dependency and is chosen with TRIBUTARY_TESTS=integration. Both run with `npm run jest`.
 */
const integration = process.env.TRIBUTARY_TESTS === 'integration';

export default {
  rootDir: '.',
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@tributary/source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  testMatch: integration ? ['<rootDir>/**/*.int-spec.ts'] : ['<rootDir>/**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/.tributary/'],
  modulePathIgnorePatterns: ['/dist/', '/.tributary/', '/.nx/'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': ['@swc/jest', { ...swc, sourceMaps: 'inline' }],
    '^.+\\.tsx$': ['@swc/jest', { ...swcReact, sourceMaps: 'inline' }],
  },
  testTimeout: integration ? 120_000 : 10_000,
};
