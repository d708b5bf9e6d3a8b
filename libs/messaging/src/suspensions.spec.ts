import { Suspensions } from './suspensions.js';

it('says when the process ran again after it was suspended, and nothing of looks that are a little late', () => {
  const suspensions = new Suspensions(1_000, 10_000);
  expect([10_400, 10_900, 11_900].map((now) => suspensions.look(now))).toEqual([0, 0, 0]);
  expect([20_000, 20_400].map((now) => suspensions.look(now))).toEqual([20_000, 20_000]);
  expect([30_000, 30_100].map((now) => suspensions.look(now))).toEqual([30_000, 30_000]);
});
