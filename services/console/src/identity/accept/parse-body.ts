import { BadRequestException } from '@nestjs/common';
import type { z } from 'zod';

/** Validates a body. @throws {BadRequestException} that names every field that does not fit, and quotes no value: one may be a password. */
export function parseBody<Schema extends z.ZodType>(schema: Schema, input: unknown): z.infer<Schema> {
  const result = schema.safeParse(input ?? {});
  if (result.success) return result.data;
  const message = result.error.issues.map((issue) => `${issue.path.join('.') || 'the body'}: ${issue.message}`).join('; ');
  throw new BadRequestException({ error: 'identity.body-invalid', message });
}
