import { readFileSync, statSync } from 'node:fs';
import { ConfigurationError } from './configuration-error.js';

/** The secrets of the demo, its emulators and its documentation: public, so worth nothing. A guard finds any that is missing here. */
export const demoSecrets: readonly string[] = [
  'demo-password',
  'demo-api-key',
  'demo-site-key',
  'demo-licence-key',
  'demo-consumer-key',
  'whsec_demo_',
  'sk_test_demo_',
];

/** Largest file that is searched, bytes: no secret is longer. */
const maxFileBytes = 65_536;

/**
 * Refuses a start in production with a secret of the demo, in a variable or in a file that a variable names (`X_FILE`).
 * @throws {ConfigurationError} naming every such variable, and no other value.
 */
export function refuseDemoSecrets(env: Readonly<Record<string, string | undefined>>): void {
  if (env.NODE_ENV !== 'production' && env.TRIBUTARY_ENVIRONMENT !== 'prod') return;
  const problems = Object.entries(env).flatMap(([name, value]) => {
    const text = name.endsWith('_FILE') ? fileText(value) : value;
    const found = demoSecrets.find((secret) => text?.includes(secret));
    return found === undefined ? [] : [`${name} has the public secret of the demo, in production: set one of your own`];
  });
  if (problems.length > 0) throw new ConfigurationError(problems);
}

function fileText(path: string | undefined): string | undefined {
  try {
    return path === undefined || statSync(path).size > maxFileBytes ? undefined : readFileSync(path, 'utf8');
  } catch {
    return undefined; // whoever needs the file says that it cannot be read
  }
}
