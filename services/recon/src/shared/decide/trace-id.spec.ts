import { traceIdIn } from './trace-id.js';

it.each([
  ['00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', '0af7651916cd43dd8448eb211c80319c'],
  [' 00-0AF7651916CD43DD8448EB211C80319C-B7AD6B7169203331-01 ', '0af7651916cd43dd8448eb211c80319c'],
  ['00-00000000000000000000000000000000-b7ad6b7169203331-01', null],
  ['0af7651916cd43dd8448eb211c80319c', null],
  ['00-zz-b7-01', null],
  ['', null],
])('%j has the trace %j', (text, expected) => {
  expect(traceIdIn(text)).toBe(expected);
});
