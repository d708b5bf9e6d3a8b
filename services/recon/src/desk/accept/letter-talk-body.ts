import { unseenCharacter } from '@tributary/domain';
import { z } from 'zod';
import { typedText } from '../../shared/accept/typed-text.js';

const longestComment = 2_000;

/** Body of `POST /dead-letters/:id/comments`: plain text, which may have several lines. */
export const newComment = z.strictObject({
  text: z
    .string()
    .transform((text) => text.replaceAll('\r\n', '\n').trim())
    .pipe(z.string().min(1, 'what do you want to say?').max(longestComment))
    .superRefine((text, context) => {
      const found = text
        .split('\n')
        .map((line) => unseenCharacter(line.replaceAll('\t', ' ')))
        .find((one) => one !== undefined);
      if (found) context.addIssue({ code: 'custom', message: `the character ${found.name} is not shown when it is read; leave it out` });
    }),
});

const subject = typedText(255, { missing: 'the subject of a person' });
const person = z.strictObject({ subject, name: typedText(200, { missing: 'the name of the person' }) });

/** Body of `POST /dead-letters/:id/assignment`. `replaces` has to be said: whoever was quicker is not overwritten. */
export const newAssignment = z.strictObject({
  assignee: z.union([z.literal('me'), z.null(), person]),
  replaces: subject.nullable(),
});
