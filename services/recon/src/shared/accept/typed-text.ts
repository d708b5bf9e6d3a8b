import { unseenCharacter } from '@tributary/domain';
import { z } from 'zod';

/**
 * Text that a person types, without blanks around it. Characters that nobody sees are refused: they could make a line of the audit trail
 * look like another one.
 * @param longest characters. @param missing the question that is asked when the text is missing or too short.
 */
export function typedText(longest: number, { shortest = 1, missing }: { shortest?: number; missing: string }): z.ZodType<string> {
  return z
    .string()
    .trim()
    .min(shortest, missing)
    .max(longest)
    .superRefine((text, context) => {
      const found = unseenCharacter(text);
      if (found)
        context.addIssue({
          code: 'custom',
          message: `the character ${found.name} at place ${found.place} is not shown when it is read; leave it out`,
        });
    });
}

/** Why somebody does something, as it is kept with the order and in the audit trail. */
export const reasonText = typedText(1_000, { shortest: 3, missing: 'why? a few words' });
