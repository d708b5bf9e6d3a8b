import { BadRequestException } from '@nestjs/common';
import { maskCardNumbers } from '@tributary/card-guard';
import type { z } from 'zod';

/**
 * Validates a request.
 * @throws {BadRequestException} `{ error, message }` that names every field that does not fit, or the fields that hold a card number: what
 *   people write here is stored and sent on.
 */
export function parseRequest<Schema extends z.ZodType>(schema: Schema, input: unknown, error = 'query.invalid'): z.infer<Schema> {
  const { paths } = maskCardNumbers(JSON.stringify(input ?? null));
  if (paths.length > 0)
    throw new BadRequestException({
      error: 'request.card-number',
      message: `a card number stands in ${[...new Set(paths)].join(', ')}: leave it out, nothing was stored`,
    });
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new BadRequestException({
    error,
    message: result.error.issues.map((issue) => `${issue.path.join('.') || 'the request'}: ${issue.message}`).join('; '),
  });
}
