import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { may, targetsFor } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { CurrentIdentity, Documented, RequirePermission } from '@tributary/platform';
import type { SearchView } from '@tributary/contracts';
import { z } from 'zod';
import { AuditTrail } from '../../audit/emit/audit-trail.js';
import { CurrentCaller } from '../../shared/accept/current-caller.js';
import { parseRequest } from '../../shared/accept/parse-request.js';
import type { Caller } from '../../shared/decide/caller.js';
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

/**
 * Search: one object by any of its ids, payments by their amount, an order reference or an e-mail address. The HTTP contract is
 * services/recon/README.md. E-mail addresses are searched in a body only: addresses of requests are logged on their way.
 */
@Controller('search')
@RequirePermission('payments.read')
export class SearchController {
  constructor(
    private readonly repository: SearchRepository,
    private readonly trail: AuditTrail,
  ) {}

  @Get()
  @Documented({ does: 'One object by any of its ids, or payments by their amount.', answers: 'SearchView', query })
  search(@CurrentIdentity() identity: Identity, @Query() request: unknown): Promise<SearchView> {
    const { q } = parseRequest(query, request);
    return this.repository.search(searchTerm(q, currencies), targetsFor(identity, 'payments.read'), 'in-address');
  }

  @Post()
  @HttpCode(200)
  @Documented({
    does: 'The same with the text in the body, which no log shows: also by e-mail address.',
    answers: 'SearchView',
    body: query,
    command: 'find',
    asksOnly: true,
  })
  async find(@CurrentCaller() caller: Caller, @Body() body: unknown): Promise<SearchView> {
    const { identity } = caller;
    const term = searchTerm(parseRequest(query, body).q, currencies);
    const emails = may(identity, 'payloads.read') ? 'searched' : 'refused';
    const answer = await this.repository.search(term, targetsFor(identity, 'payments.read'), emails);
    if (term.as === 'email' && emails === 'searched') await this.report(caller, answer.found.length);
    return answer;
  }

  /** Who looked for a person: what is found leaves recon only after it is in the audit trail, which never holds the address itself. */
  private async report({ identity: { subject, name }, address }: Caller, found: number): Promise<void> {
    const what = {
      action: 'payload.searched',
      object: 'search:email',
      target: null,
      reason: null,
      details: { by: 'e-mail address', found },
    };
    await this.trail.record({ subject, name, ...what, address });
  }
}
