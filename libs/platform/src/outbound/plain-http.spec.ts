import { ConfigurationError } from '../config.js';
import { refusePlainHttp } from './plain-http.js';

const production = { NODE_ENV: 'production' };

it.each([production, { TRIBUTARY_ENVIRONMENT: 'prod' }])('plain http is refused with %p', (env) => {
  expect(() => refusePlainHttp(env, ['https://erp.example.test', 'http://erp.example.test/api'])).toThrow(ConfigurationError);
  expect(() => refusePlainHttp(env, ['http://erp.example.test/api'])).toThrow('erp.example.test is called by plain http');
  expect(() => refusePlainHttp({ ...env, ERP_PLAIN_HTTP_HOSTS: 'other.test' }, ['http://erp.example.test'])).toThrow(ConfigurationError);
});

it('plain http is excused for a host that is named, for loopback, and outside of production', () => {
  refusePlainHttp({ ...production, ERP_PLAIN_HTTP_HOSTS: 'a.test, ERP.example.test' }, ['http://erp.example.test/api']);
  refusePlainHttp(production, ['http://127.0.0.1:4301', 'http://localhost:1', 'http://[::1]:2', 'https://erp.example.test']);
  refusePlainHttp({}, ['http://erp.example.test']);
  // A name that begins like a loopback address is none.
  expect(() => refusePlainHttp(production, ['http://127.0.0.1.example.test'])).toThrow(ConfigurationError);
});
