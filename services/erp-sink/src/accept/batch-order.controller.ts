import {
  BadRequestException,
  Body,
  ConflictException,
  Controller,
  HttpCode,
  Inject,
  NotFoundException,
  Param,
  Post,
  Query,
} from '@nestjs/common';
import { unseenCharacter } from '@tributary/domain';
import { localIdentity, targetsFor } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { CurrentIdentity, RequirePermission } from '@tributary/platform';
import { z } from 'zod';
import { ServedLedgers } from './served-ledgers.js';

const order = z.strictObject({
  reason: z
    .string()
    .trim()
    .min(1)
    .max(1_000)
    .refine((text) => unseenCharacter(text) === undefined, 'it holds a character that is not shown when it is read; leave it out'),
  by: z.undefined('is whoever is signed in, and not taken from the body: leave it out').optional(),
});

/** Operators' orders for batches, over HTTP. */
@Controller()
@RequirePermission('groups.release')
export class BatchOrderController {
  constructor(@Inject(ServedLedgers) private readonly ledgers: ServedLedgers) {}

  /**
   * Orders another release of a failed batch, after its cause was corrected in the target (a closed period, for example), or the release of
   * a batch that waits for an operator. The next sweep carries it out.
   * 400: no `reason`, a `by`, which is whoever is signed in, or no `target` where several are served. 404: no such batch. 409: the batch does not wait for an operator, or a worker holds it.
   */
  @Post('batches/:batchId/release-orders')
  @HttpCode(202)
  async release(
    @CurrentIdentity() identity: Identity,
    @Param('batchId') batchId: string,
    @Body() body: unknown,
    @Query('target') target?: string,
  ): Promise<{ batchId: string; state: string }> {
    const parsed = order.safeParse(body);
    if (!parsed.success)
      throw new BadRequestException(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
    const ordered = await this.ledgers
      .seenBy(targetsFor(identity, 'groups.release'))
      .one(target)
      .batches.order(batchId, {
        by: namedIn(identity),
        reason: parsed.data.reason,
        who: { subject: identity.subject, name: identity.name },
      });
    if (!ordered) throw new NotFoundException(`the ledger has no batch ${batchId}`);
    if (ordered.effect === 'order-refused')
      throw new ConflictException(
        `batch ${batchId} is ${ordered.batch.state}: only a failed batch that nobody looks at is released by order`,
      );
    return { batchId, state: ordered.batch.state };
  }
}

/** The name and the subject: names may be alike, subjects are not. */
function namedIn({ name, subject }: Identity): string {
  return subject === localIdentity.subject ? name : `${name} (${subject})`;
}
