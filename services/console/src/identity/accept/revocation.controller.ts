import { createHash } from 'node:crypto';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { Documented, RequirePermission } from '@tributary/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IdentityAuthority } from '../emit/identity-authority.js';

/** GET /identity/revocations: what other services refuse although it has not expired. They ask every few seconds, so it has an ETag. */
@Controller('identity/revocations')
@RequirePermission('revocations.read')
export class RevocationController {
  constructor(@Inject(IdentityAuthority) private readonly authority: IdentityAuthority) {}

  @Get()
  @Documented({ does: 'What other services refuse although it has not expired; with an ETag.', answers: 'RevocationsView' })
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const body = JSON.stringify(await this.authority.revocations.current(new Date()));
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    void reply.header('etag', etag);
    if (request.headers['if-none-match'] === etag) await reply.code(304).send();
    else await reply.header('content-type', 'application/json').send(body);
  }
}
