import type { ErpCallsPage } from '@tributary/contracts';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { targetsFor } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { CurrentIdentity, Documented, RequirePermission } from '@tributary/platform';
import { z } from 'zod';
import { queryOf } from './release-bodies.js';
import { ServedLedgers } from './served-ledgers.js';
import { whileReadable } from './while-readable.js';

const asked = z.object({
  postingKey: z.string().min(1).max(500),
  target: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(20).default(20),
});

/** What the target was sent for a posting, and what it answered. Texts only for whoever may read payloads of the target. */
@Controller('calls')
@RequirePermission('ledger.read')
export class CallController {
  constructor(@Inject(ServedLedgers) private readonly ledgers: ServedLedgers) {}

  /** Newest first; none for a posting of a target that is not served here, or that somebody has no role for. */
  @Get()
  @Documented({ does: 'What the target was sent for a posting and what it answered, newest first.', answers: 'ErpCallsPage', query: asked })
  async list(@CurrentIdentity() identity: Identity, @Query() query: unknown): Promise<ErpCallsPage> {
    const { postingKey, limit } = queryOf(asked, query);
    const ledger = this.ledgers.seenBy(targetsFor(identity, 'ledger.read')).ofPosting(postingKey);
    if (!ledger) return { calls: [] };
    const readable = targetsFor(identity, 'payloads.read');
    const reader = readable === '*' || readable.includes(ledger.target) ? identity : undefined;
    return { calls: await whileReadable(() => ledger.calls.calls({ postingKey, limit, reader })) };
  }
}
