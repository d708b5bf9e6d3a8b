import { z } from 'zod';
import { ConfigurationError, describeConfig, loadConfig, summariseConfig } from './config.js';

const schema = z.object({
  BROKERS: z.string().min(1).describe('host:port list'),
  PORT: z.coerce.number().int().positive().default(4010).describe('port'),
  KEY: z.string().min(1).describe('secret: API key'),
});

it('reads, with defaults, and takes an empty variable for an absent one', () => {
  expect(loadConfig(schema, { BROKERS: 'a:1', KEY: 'k', PORT: '' })).toEqual({ BROKERS: 'a:1', KEY: 'k', PORT: 4010 });
});

it('names every bad variable at once, missing and wrong ones, never the value of a secret', () => {
  const problem = (): unknown => loadConfig(schema, { PORT: 'many', KEY: undefined });
  expect(problem).toThrow(ConfigurationError);
  expect(problem).toThrow(/BROKERS is missing \(host:port list\)/);
  expect(problem).toThrow(/PORT is not usable \(port\)/);
  expect(problem).toThrow(/KEY is missing/);
});

it('describes variables and hides secrets in the summary', () => {
  expect(describeConfig(schema)).toEqual([
    { name: 'BROKERS', description: 'host:port list', required: true, fallback: undefined, secret: false },
    { name: 'PORT', description: 'port', required: false, fallback: '4010', secret: false },
    { name: 'KEY', description: 'API key', required: true, fallback: undefined, secret: true },
  ]);
  expect(JSON.stringify(summariseConfig(schema, { BROKERS: 'a:1', PORT: 1, KEY: 'sk_test_1' }))).not.toContain('sk_test_1');
});
