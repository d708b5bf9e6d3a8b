import { permissions, roles } from '@tributary/identity';
import { loadConsoleConfig } from '../console.config.js';
import { consoleAbout, roleViews } from './console-about.js';

it('tells every role with every permission that it holds, in words', () => {
  const told = roleViews();
  expect(told.map(({ role }) => role)).toEqual(Object.keys(roles));
  expect(told.find(({ role }) => role === 'approver')?.permissions).toContainEqual({
    name: 'orders.approve',
    text: permissions['orders.approve'],
  });
  expect(told.find(({ role }) => role === 'viewer')?.permissions.map(({ name }) => name)).not.toContain('payloads.read');
});

it('tells limits and secrets of the console by reference, and no secret', () => {
  const config = loadConsoleConfig({ SET_UP_CODE: 'a-set-up-code-that-is-secret', SESSION_IDLE_S: '600' });
  const told = consoleAbout(config, true, '2026-11-21T06:00:00.000Z').read();
  expect(told).toMatchObject({ service: 'console', schemaVersion: '0002 AuditOutbox', licence: 'Apache-2.0' });
  expect(told.limits.find(({ name }) => name === 'SESSION_IDLE_S')).toMatchObject({ value: '600' });
  expect(told.secrets.find(({ name }) => name === 'SET_UP_CODE')).toMatchObject({ from: 'environment' });
  expect(told.secrets.find(({ name }) => name === 'IDENTITY_KEY')).toMatchObject({ from: 'not set' });
  expect(JSON.stringify(told)).not.toContain('a-set-up-code');
  expect(consoleAbout(config, false, '').read().schemaVersion).toBeNull();
});
