import { learnServerTime, serverNow } from './server-clock.js';

const off = (): number => Math.abs(serverNow() - Date.now());

it('goes by the server where the clocks differ, and by the own clock where nobody can tell', () => {
  expect(off()).toBeLessThan(1_000);
  learnServerTime(new Date(Date.now() - 86_400_000).toUTCString());
  expect(off()).toBeGreaterThan(86_000_000);
  learnServerTime(null);
  learnServerTime('no time');
  expect(off()).toBeGreaterThan(86_000_000);
  learnServerTime(new Date().toUTCString());
  expect(off()).toBeLessThan(1_000);
});
