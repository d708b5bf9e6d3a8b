import { hashCost, hashesAtOnce, hashesWaiting, PasswordHasher, TooManyHashesError } from './password-hasher.js';

const cheap = { memoryKiB: 256, passes: 2, parallelism: 1 };

it('compares as argon2id of the reference implementation does', async () => {
  // From src/test.c of the reference implementation: argon2id, version 19, t=2, m=2^8, p=1, `password`, `somesalt`.
  const stored = '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4';
  const hasher = new PasswordHasher(cheap);
  expect(await hasher.matches('password', stored)).toBe(true);
  expect(await hasher.matches('Password', stored)).toBe(false);
});

it('costs at least what OWASP asks for', () => {
  expect(hashCost.memoryKiB).toBeGreaterThanOrEqual(19 * 1024);
  expect(hashCost.passes).toBeGreaterThanOrEqual(2);
  expect(hashCost.parallelism).toBeGreaterThanOrEqual(1);
});

it('gives another hash each time, and knows those of another cost', async () => {
  const hasher = new PasswordHasher(cheap);
  const [first, second] = [await hasher.hash('wet stone river'), await hasher.hash('wet stone river')];
  expect(first).not.toBe(second);
  expect(first).toMatch(/^\$argon2id\$v=19\$m=256,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  expect(await hasher.matches('wet stone river', first)).toBe(true);
  expect(hasher.isOutdated(first)).toBe(false);
  const dearer = new PasswordHasher({ ...cheap, passes: 3 });
  expect(dearer.isOutdated(first)).toBe(true);
  expect(await dearer.matches('wet stone river', first)).toBe(true); // with the cost that it was made with
});

it('takes the same text in another Unicode form as the same password', async () => {
  const hasher = new PasswordHasher(cheap);
  const stored = await hasher.hash('the \u00e9 of the river');
  expect(await hasher.matches('the e\u0301 of the river', stored)).toBe(true);
});

it('matches nobody who does not exist', async () => {
  expect(await new PasswordHasher(cheap).matches('whatever it is', undefined)).toBe(false);
});

it('refuses what is more than it can work on, and goes on after that', async () => {
  const hasher = new PasswordHasher(cheap);
  const many = Array.from({ length: hashesAtOnce + hashesWaiting + 20 }, () => hasher.hash('x').catch((error: unknown) => error));
  const results = await Promise.all(many);
  expect(results.filter((result) => result instanceof TooManyHashesError).length).toBeGreaterThanOrEqual(20);
  expect(await hasher.hash('x')).toMatch(/^\$argon2id/);
});
