import { guardAnswers } from './guarded-answers.js';

const answering = (body: BodyInit | null, type: string, status = 200): typeof fetch =>
  guardAnswers(() => Promise.resolve(new Response(body, { status, headers: { 'content-type': type, 'x-kept': 'yes' } })));

it.each([
  [
    'application/json',
    '{"Name":"card 4242 4242 4242 4242","Num":4242424242424242}',
    '{"Name":"card **** **** **** 4242","Num":"**********4242"}',
  ],
  [
    'application/problem+json',
    '{"ErrorMessage":"４２４２４２４２４２４２４２４２ is unknown"}',
    '{"ErrorMessage":"************４２４２ is unknown"}',
  ],
  ['text/xml; charset=utf-8', '<Name>4242.4242.4242.4242</Name>', '<Name>****.****.****.4242</Name>'],
  ['text/plain', 'no JSON: 4242424242424242', 'no JSON: ************4242'],
  ['application/json', '{"cut off": "4242424242424242', '{"cut off": "************4242'],
])('masks what an answer of %s holds', async (type, body, expected) => {
  const answer = await answering(body, type, 400)('http://erp');
  expect([answer.status, answer.headers.get('x-kept')]).toEqual([400, 'yes']);
  expect(await answer.text()).toBe(expected);
});

it('leaves other answers as they are: without a card number, without a body, of bytes', async () => {
  const exact = '{"Amount":10.50,"Id":"ch_3TomAsaFxA9Kd7NwT0VhK14jZ","Note":"order 4711"}';
  expect(await (await answering(exact, 'application/json')('http://erp')).text()).toBe(exact);
  expect((await answering(null, 'application/json', 204)('http://erp')).status).toBe(204);
  expect(await (await answering('4242424242424242', 'application/octet-stream')('http://erp')).text()).toBe('4242424242424242');
});

it('fails where the body is read when the connection breaks there', async () => {
  const broken = new ReadableStream({ pull: (controller) => controller.error(new Error('reset')) });
  const answer = await answering(broken, 'application/json')('http://erp');
  await expect(answer.json()).rejects.toThrow('reset');
});
