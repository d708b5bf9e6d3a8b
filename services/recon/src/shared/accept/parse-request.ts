import { BadRequestException } from '@nestjs/common';
import type { z } from 'zod';

/** Validates a request. @throws {BadRequestException} `{ error, message }` that names every field that does not fit. */
export function parseRequest<Schema extends z.ZodType>(schema: Schema, input: unknown, error = 'query.invalid'): z.infer<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new BadRequestException({
    error,
    message: result.error.issues.map((issue) => `${issue.path.join('.') || 'the request'}: ${issue.message}`).join('; '),
  });
}
