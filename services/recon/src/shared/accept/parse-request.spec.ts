import { BadRequestException } from '@nestjs/common';
import { z } from 'zod';
import { parseRequest } from './parse-request.js';

const schema = z.strictObject({ reason: z.string(), editedValue: z.unknown().optional() });
const refusal = (input: unknown): unknown => {
  try {
    return parseRequest(schema, input, 'order.invalid');
  } catch (error) {
    if (error instanceof BadRequestException) return error.getResponse();
    throw error;
  }
};

it('names every field that does not fit', () => {
  expect(refusal({ reason: 1, more: true })).toMatchObject({
    error: 'order.invalid',
    message: expect.stringContaining('reason') as string,
  });
});

it.each([
  [{ reason: 'paid with 4242 4242 4242 4242' }, 'reason'],
  [{ reason: 'x', editedValue: { lines: [{ text: '4242.4242.4242.4242' }] } }, 'editedValue.lines.0.text'],
  [{ reason: 'x', editedValue: { note: 4242424242424242 } }, 'editedValue.note'],
])('refuses %j: people may not write a card number, and it is not repeated', (input, path) => {
  expect(refusal(input)).toEqual({
    error: 'request.card-number',
    message: `a card number stands in ${path}: leave it out, nothing was stored`,
  });
});

it('takes everything else, and nothing at all', () => {
  expect(parseRequest(schema, { reason: 'order 4711 of 2026-11-21' })).toEqual({ reason: 'order 4711 of 2026-11-21' });
  expect(refusal(undefined)).toMatchObject({ error: 'order.invalid' });
});
