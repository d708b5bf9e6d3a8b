import { unknownText } from './api.js';

it.each([
  ['ch_1', 'Its webhook may not have arrived yet'],
  ['re_1', 'something else at Stripe'],
  ['order 17\u0000', 'order 17\\u0000. It is no id'],
])('says of %j why nothing may be known', (id, text) => {
  expect(unknownText(id)).toContain(text);
});
