import { numberToken, readKineticJson, textOf } from './kinetic-json.js';

it.each(['0.01', '125.50', '90071992547409.93', '-1.005', '999999999999.995'])('writes %s digit by digit', (text) => {
  expect(JSON.stringify({ DocTranAmt: numberToken(text) })).toBe(`{"DocTranAmt":${text}}`);
});

it('reads digits as they are written, whole numbers as numbers', () => {
  const { amount, number, big } = readKineticJson('{"amount":125.500,"number":1042,"big":90071992547409931}') as Record<string, never>;
  expect([textOf(amount), number, textOf(big)]).toEqual(['125.500', 1042, '90071992547409931']);
});

it.each(['1e3', '1,5', '', '.5', '5.', 'NaN', '1.5"', '1}'])('refuses %p as a number', (text) => {
  expect(() => numberToken(text)).toThrow(RangeError);
});

it('drops leading zeros, which JSON forbids', () => {
  expect(JSON.stringify(numberToken('007.10'))).toBe('7.10');
});
