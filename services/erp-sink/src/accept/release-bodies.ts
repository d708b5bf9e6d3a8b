import { BadRequestException } from '@nestjs/common';
import { unseenCharacter } from '@tributary/domain';
import { z } from 'zod';

/** Why something is ordered, approved or refused. */
export const withReason = z.strictObject({
  reason: z
    .string()
    .trim()
    .min(1)
    .max(1_000)
    .refine((text) => unseenCharacter(text) === undefined, 'it holds a character that is not shown when it is read; leave it out'),
  by: z.undefined('is whoever is signed in, and not taken from the body: leave it out').optional(),
});

/** No field at all. */
export const nothing = z.strictObject({});

/** Query of what is about batches: the target that they belong to, needed where several are served. */
export const ofTarget = z.object({ target: z.string().optional() });

/** An approval: `digest` is that of the order that was looked at. */
export const approval = withReason.extend({
  digest: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'expected the digest of the order')
    .optional(),
});

/** A body that fits. @throws {BadRequestException} naming each field that does not. */
export function bodyOf<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new BadRequestException(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
}

/** A query that fits. @throws {BadRequestException} naming each field that does not. */
export const queryOf = bodyOf;
