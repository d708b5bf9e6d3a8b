import { BadRequestException, Controller, Get, Inject, NotFoundException, Param, Query, ServiceUnavailableException } from '@nestjs/common';
import { DatabaseUnavailableError } from '@tributary/persistence';
import { z } from 'zod';
import { LedgerReader } from '../emit/ledger/ledger.reader.js';
import type { BatchView, PostingView } from '../emit/ledger/ledger.reader.js';

const listing = z.object({
  state: z.enum(['new', 'claimed', 'unknown', 'waiting', 'posted', 'rejected', 'held', 'skipped']).optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});

/** The ledger, read only. 503 while PostgreSQL is unavailable. */
@Controller()
export class LedgerController {
  constructor(@Inject(LedgerReader) private readonly reader: LedgerReader) {}

  /** Postings, newest first. `counts` covers the whole ledger. */
  @Get('postings')
  async postings(@Query() query: unknown): Promise<{ counts: Record<string, number>; postings: PostingView[] }> {
    const { state, limit } = parsed(query);
    return whileThere(async () => ({ counts: await this.reader.counts(), postings: await this.reader.postings(state, limit) }));
  }

  /** One posting with the outcome of each of its requests. The key may contain slashes, encoded or not. */
  @Get('postings/*')
  async posting(@Param('*') key: string): Promise<PostingView> {
    const posting = await whileThere(() => this.reader.posting(decodeURIComponent(key)));
    if (!posting) throw new NotFoundException(`the ledger has no posting ${key}`);
    return posting;
  }

  @Get('batches')
  async all(@Query() query: unknown): Promise<{ batches: BatchView[] }> {
    const { limit } = parsed(query);
    return whileThere(async () => ({ batches: await this.reader.batches(limit) }));
  }
}

function parsed(query: unknown): z.infer<typeof listing> {
  const result = listing.safeParse(query);
  if (!result.success)
    throw new BadRequestException(result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
  return result.data;
}

async function whileThere<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw error instanceof DatabaseUnavailableError ? new ServiceUnavailableException(error.message) : error;
  }
}
