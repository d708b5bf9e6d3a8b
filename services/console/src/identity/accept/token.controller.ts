import { randomUUID } from 'node:crypto';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import type { ApiTokenView, ApiTokensView, NewApiTokenView } from '@tributary/contracts';
import { longestPersonTokenS, may, permissions } from '@tributary/identity';
import type { Identity, Permission } from '@tributary/identity';
import { CurrentIdentity, Documented, RequirePermission } from '@tributary/platform';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ApiToken } from '../emit/api-token.repository.js';
import { IdentityAuthority } from '../emit/identity-authority.js';
import { personIdOf, subjectOf } from '../emit/person.repository.js';
import { accessOf } from './access.js';
import { identityProblem } from './identity-problem.js';
import { parseBody } from './parse-body.js';

const dayS = 86_400;
const newToken = z.strictObject({
  name: z
    .string()
    .trim()
    .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]{1,100}$/u, 'a name of 1 to 100 visible characters'),
  scope: z.array(z.enum(Object.keys(permissions) as [Permission, ...Permission[]])).min(1),
  days: z
    .number()
    .positive()
    .max(longestPersonTokenS / dayS)
    .default(30),
});

const whose = z.object({ of: z.literal('everybody').optional() });

/** /identity/tokens: API tokens for the command line and scripts. Each is shown once, when it is made. */
@Controller('identity/tokens')
@RequirePermission('payments.read')
export class TokenController {
  constructor(@Inject(IdentityAuthority) private readonly authority: IdentityAuthority) {}

  /** Own tokens; with `of=everybody` those of all, for whoever manages tokens. */
  @Get()
  @Documented({
    does: 'Own API tokens, or those of all.',
    answers: 'ApiTokensView',
    query: whose,
    refuses: { 404: ['identity.token-unknown'] },
  })
  async list(@Query('of') of: unknown, @CurrentIdentity() identity: Identity): Promise<ApiTokensView> {
    const all = of === 'everybody';
    if (all && !may(identity, 'tokens.manage', '*')) throw identityProblem('identity.token-unknown');
    const own = personIdOf(identity.subject);
    return { tokens: (await this.authority.tokens.list(all ? undefined : (own ?? ''))).map(tokenView) };
  }

  /** Makes a token of whoever asks. A token makes none that may do more than itself. */
  @Post()
  @Documented({
    does: 'Makes an API token, which is shown once.',
    answers: 'NewApiTokenView',
    body: newToken,
    command: 'tokens make',
    refuses: { 403: ['identity.scope-too-wide'], 404: ['identity.person-unknown'], 409: ['identity.too-many-tokens'] },
  })
  async make(@Body() given: unknown, @CurrentIdentity() identity: Identity, @Req() request: FastifyRequest): Promise<NewApiTokenView> {
    const { name, scope, days } = parseBody(newToken, given);
    const id = personIdOf(identity.subject);
    const person = id === undefined ? undefined : await this.authority.people.find(id);
    if (!person || person.locked) throw identityProblem('identity.person-unknown');
    if (scope.some((permission) => !may(identity, permission))) throw identityProblem('identity.scope-too-wide');
    const tokenId = randomUUID();
    const lifetimeS = Math.floor(days * dayS);
    const notBefore = accessOf(request)?.session?.startedAt ?? 0;
    const { token, expiresAt } = await this.authority.signer.forApi(person, { scope, lifetimeS }, tokenId, notBefore);
    if (!(await this.authority.tokens.add({ id: tokenId, personId: person.id, name, scope, expiresAt }, identity.subject)))
      throw identityProblem('identity.too-many-tokens');
    return { id: tokenId, token, expiresAt: expiresAt.toISOString() };
  }

  /** Withdraws an own token, or anybody's for whoever manages tokens. Services refuse it within 5 seconds. */
  @Delete(':id')
  @HttpCode(204)
  @Documented({
    does: 'Withdraws an API token.',
    answers: 'nothing',
    command: 'tokens withdraw',
    refuses: { 404: ['identity.token-unknown'] },
  })
  async withdraw(@Param('id') id: string, @CurrentIdentity() identity: Identity): Promise<void> {
    const owner = may(identity, 'tokens.manage', '*') ? undefined : (personIdOf(identity.subject) ?? '');
    if (!(await this.authority.tokens.withdraw(id, owner, identity.subject))) throw identityProblem('identity.token-unknown');
  }
}

function tokenView(token: ApiToken): ApiTokenView {
  const { id, personId, personName, name, scope, createdAt, expiresAt, withdrawnAt } = token;
  const times = { createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString(), withdrawnAt: withdrawnAt?.toISOString() ?? null };
  return { id, subject: subjectOf(personId), personName, name, scope, ...times };
}
