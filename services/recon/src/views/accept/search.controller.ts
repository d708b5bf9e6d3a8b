import { Controller, Get, Query } from '@nestjs/common';
import { targetsFor } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { CurrentIdentity, RequirePermission } from '@tributary/platform';
import type { SearchView } from '@tributary/contracts';
import { z } from 'zod';
import { parseRequest } from '../../shared/accept/parse-request.js';
import { searchTerm } from '../decide/search-term.js';
import { SearchRepository } from '../emit/search.repository.js';

/** Longest text that is searched for, characters: posting keys are the longest ids. */
const longest = 600;
const query = z.object({
  q: z
    .string()
    .max(longest)
    .regex(/^[^\0]*$/, 'has a character that no id has'),
});
const currencies = Intl.supportedValuesOf('currency');

/** GET /search: one object by any of its ids, or payments by their amount. The HTTP contract is services/recon/README.md. */
@Controller('search')
@RequirePermission('payments.read')
export class SearchController {
  constructor(private readonly repository: SearchRepository) {}

  @Get()
  search(@CurrentIdentity() identity: Identity, @Query() request: unknown): Promise<SearchView> {
    const { q } = parseRequest(query, request);
    return this.repository.search(searchTerm(q, currencies), targetsFor(identity, 'payments.read'));
  }
}
