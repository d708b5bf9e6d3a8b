import { holdsSecretName, secretNamePattern, secretNames } from './secret-names.js';

it.each([
  ...[
    'password',
    'apiPassword',
    'a:Token',
    'x-api-key',
    'ApiKey',
    'SITE-KEY',
    'consumerkey',
    'SessionID',
    'Licence',
    'License',
    'privateKey',
  ],
  ...['client_secret', 'Set-Cookie', 'credentials', 'passphrase', 'Stripe-Signature', 'DATABASE_URL', 'databaseUrl'],
])('%s is the name of a secret', (name) => {
  expect(holdsSecretName(name)).toBe(true);
});

it.each(['Name', 'Amount', 'Key1', 'pass', 'PassedOn', 'site', 'consumer', 'signature'])('%s is none', (name) => {
  expect(holdsSecretName(name)).toBe(false);
});

it('the pattern is of the whole names, with any separator', () => {
  const whole = new RegExp(`^(?:${secretNamePattern})$`, 'i');
  for (const name of secretNames)
    for (const separator of ['_', '-', '']) expect([name, whole.test(name.replaceAll('_', separator))]).toEqual([name, true]);
  expect(['tokens', 'secretIndex', 'passwordLess'].filter((name) => whole.test(name))).toEqual([]);
});
