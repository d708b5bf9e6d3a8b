import { randomBytes } from 'node:crypto';
import { ConfigurationError } from '@tributary/platform';
import { parsePayloadKeys } from './payload-keys.js';
import { payloadCipherOf } from './payload.environment.js';

const secret = randomBytes(32).toString('base64');

it('reads several keys, the newest first', () => {
  expect(parsePayloadKeys(`b=${secret}, a=${secret},`).map(({ id }) => id)).toEqual(['b', 'a']);
});

it.each([
  ['', 'it holds no key'],
  ['nothing', 'entry 1 is not <id>=<base64>'],
  [`a=${secret},=${secret}`, 'entry 2 is not <id>=<base64>'],
  [`a:b=${secret}`, 'entry 1 is not <id>=<base64>'],
  [`a=${randomBytes(16).toString('base64')}`, 'the key a is not base64 of 32 bytes'],
  [`a=${randomBytes(64).toString('base64')}`, 'the key a is not base64 of 32 bytes'],
  [`a=${secret},a=${secret}`, 'two keys are called a'],
])('refuses %j', (text, problem) => {
  expect(() => parsePayloadKeys(text)).toThrow(problem);
  expect(() => payloadCipherOf({ PAYLOAD_KEYS: text, PAYLOAD_KEYS_FILE: '', TRIBUTARY_ENVIRONMENT: 'prod' }, () => undefined)).toThrow(
    ConfigurationError,
  );
});

it('refuses production without keys, and warns elsewhere', () => {
  const said: string[] = [];
  expect(() => payloadCipherOf({ TRIBUTARY_ENVIRONMENT: 'prod' }, () => undefined)).toThrow(
    'PAYLOAD_KEYS is missing, and so is PAYLOAD_KEYS_FILE: stored payloads are not encrypted',
  );
  expect(payloadCipherOf({}, (text) => said.push(text)).keyId).toBeUndefined();
  expect(said).toEqual(['PAYLOAD_KEYS is not set: stored payloads are not encrypted']);
  expect(payloadCipherOf({ PAYLOAD_KEYS: `a=${secret}`, TRIBUTARY_ENVIRONMENT: 'prod' }, () => undefined).keyId).toBe('a');
  expect(() => payloadCipherOf({ PAYLOAD_KEYS: `a=${secret}`, PAYLOAD_KEYS_FILE: '/x' }, () => undefined)).toThrow('keep one');
});
