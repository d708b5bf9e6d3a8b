import { Controller, Delete, Get, HttpCode, Inject, Param, Req } from '@nestjs/common';
import type { OwnSessionsView } from '@tributary/contracts';
import { Documented, Public } from '@tributary/platform';
import type { FastifyRequest } from 'fastify';
import { IdentityAuthority } from '../emit/identity-authority.js';
import { listedIdOf } from '../emit/session.repository.js';
import { identityProblem } from './identity-problem.js';
import { IDENTITY_SETTINGS } from './identity-settings.js';
import type { IdentitySettings } from './identity-settings.js';
import { sessionIn } from './session-in.js';

/** /identity/sessions: where whoever asks is signed in. A session is needed: an API token neither sees nor ends any. */
@Controller('identity/sessions')
@Public('tells and ends nothing but the sessions of whoever asks, and needs one of them')
export class OwnSessionsController {
  constructor(
    @Inject(IdentityAuthority) private readonly authority: IdentityAuthority,
    @Inject(IDENTITY_SETTINGS) private readonly settings: IdentitySettings,
  ) {}

  @Get()
  @Documented({ does: 'Where whoever asks is signed in.', answers: 'OwnSessionsView', refuses: { 401: ['identity.session-needed'] } })
  async list(@Req() request: FastifyRequest): Promise<OwnSessionsView> {
    const own = sessionIn(request);
    const current = listedIdOf(own.id);
    const sessions = await this.authority.sessions.list(own.person.id);
    return {
      sessions: sessions.map(({ id, method, startedAt, usedAt }) => ({
        ...{ id, method, startedAt: startedAt.toISOString(), usedAt: usedAt.toISOString() },
        current: id === current,
      })),
    };
  }

  /** Ends one of the own sessions, at the next request that it makes. 404: it has ended, or it is somebody else's. */
  @Delete(':id')
  @HttpCode(204)
  @Documented({
    does: 'Ends one of the own sessions.',
    answers: 'nothing',
    noCommand: 'the command line has no session',
    refuses: { 401: ['identity.session-needed'], 404: ['identity.session-unknown'] },
  })
  async end(@Param('id') id: string, @Req() request: FastifyRequest): Promise<void> {
    const { person } = sessionIn(request);
    if (!(await this.authority.sessions.endListed(person.id, id, this.settings.clientAddress(request.raw))))
      throw identityProblem('identity.session-unknown');
  }
}
