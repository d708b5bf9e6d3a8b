import { conditionsOf, notificationFile } from './notification-file.js';

const webhook = { name: 'duty', kind: 'webhook', url: 'https://hooks.test/x', secretFile: '/run/secrets/duty' };
const mail = { name: 'accounts', kind: 'mail', from: 'tributary@shop.test', to: ['a@shop.test'], host: 'mail.shop.test', port: 587 };
const problems = (value: unknown): string[] => {
  const read = notificationFile.safeParse(value);
  return read.success ? [] : read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
};

it('takes routes of both kinds, and has defaults for the rest', () => {
  expect(notificationFile.parse({ routes: [webhook, mail], console: 'https://console.test/' })).toMatchObject({
    installation: 'tributary',
    console: 'https://console.test',
    remindAfterMinutes: { critical: 240, warning: 1_440 },
    routes: [
      { severities: ['critical', 'warning'], allowInternal: false },
      { tls: 'starttls', severities: ['critical', 'warning'] },
    ],
  });
});

it.each([
  ['a key that there is not', { routes: [], route: [] }, /Unrecognized key: "route"/],
  ['no secret', { routes: [{ ...webhook, secretFile: undefined }] }, /^routes\.0\.secretFile: /],
  ['a secret in the file', { routes: [{ ...webhook, secret: 'x' }] }, /^routes\.0: Unrecognized key: "secret"/],
  ['two addresses', { routes: [{ ...webhook, urlFile: '/x' }] }, /^routes\.0\.url: give url, or urlFile/],
  ['another scheme', { routes: [{ ...webhook, url: 'file:///etc/passwd' }] }, /^routes\.0\.url: an address that begins with https/],
  ['two routes of one name', { routes: [webhook, { ...mail, name: 'duty' }] }, /^routes: two routes have the same name/],
  ['mail in clear over the network', { routes: [{ ...mail, tls: 'none' }] }, /^routes\.0\.tls: none is for a server on this machine/],
  ['a user without a password', { routes: [{ ...mail, user: 'x' }] }, /^routes\.0\.passwordFile: user and passwordFile go together/],
  ['a second header in an address', { routes: [{ ...mail, to: ['a@b.test\r\nBcc: c@d.test'] }] }, /^routes\.0\.to\.0: a mail address/],
  ['an unknown condition', { routes: [], conditions: { moon: { off: true } } }, /^conditions/],
  ['an unknown severity', { routes: [{ ...mail, severities: ['info'] }] }, /^routes\.0\.severities\.0: /],
])('refuses %s, and says where', (_what, value, problem) => {
  expect(problems(value).join('\n')).toMatch(problem);
});

it('changes and turns off conditions', () => {
  const changed = conditionsOf(
    notificationFile.parse({ routes: [], conditions: { lag: { threshold: 5, forMinutes: 1 }, 'dead-letters': { off: true } } }),
  );
  expect(changed.find(({ code }) => code === 'lag')).toMatchObject({ threshold: 5, forMs: 60_000, severity: 'warning' });
  expect(changed.some(({ code }) => code === 'dead-letters')).toBe(false);
  expect(changed.find(({ code }) => code === 'breaks')?.forMs).toBe(900_000);
});
