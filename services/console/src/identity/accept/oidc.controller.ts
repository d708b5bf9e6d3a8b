import { Controller, Get, Inject, Logger, Query, Req, Res } from '@nestjs/common';
import { Documented, Public } from '@tributary/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { returnPath } from '../decide/sign-in-name.js';
import { IdentityAuthority } from '../emit/identity-authority.js';
import { callbackPath, OidcRefusedError, OidcUnavailableError } from '../emit/oidc-provider.js';
import { oidcRequestLivesMs } from '../emit/oidc-request.repository.js';
import type { OidcSignIn, ProviderSignIn } from '../emit/oidc-sign-in.js';
import { clearCookie, cookieName, cookies, readCookie, setCookie } from './cookies.js';
import { identityProblem } from './identity-problem.js';
import { IDENTITY_SETTINGS } from './identity-settings.js';
import type { IdentitySettings } from './identity-settings.js';
import { SessionGate } from './session.gate.js';

const begun = z.object({ return: z.string().optional() });

/** GET /identity/oidc/start and /identity/oidc/callback: the way to the identity provider and back. A browser walks it, so answers are redirects. */
@Controller('identity/oidc')
@Public('whoever signs in has no session yet; answers of the provider are bound to the browser that asked')
export class OidcController {
  private readonly log = new Logger('sign-in');

  constructor(
    @Inject(IdentityAuthority) private readonly authority: IdentityAuthority,
    @Inject(SessionGate) private readonly gate: SessionGate,
    @Inject(IDENTITY_SETTINGS) private readonly settings: IdentitySettings,
  ) {}

  @Get('start')
  @Documented({
    does: 'Sends a browser to the identity provider.',
    query: begun,
    answers: 'redirect',
    refuses: { 401: ['identity.provider-refused'], 429: ['identity.too-many-attempts'] },
  })
  async start(@Query('return') back: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const oidc = this.configured();
    await this.authority.passwords.fromAddress(this.settings.clientAddress(request.raw)).catch(() => {
      throw identityProblem('identity.too-many-attempts');
    });
    try {
      const { url, browser } = await oidc.begin(returnPath(back));
      const cookie = setCookie(cookies.provider, browser, { secure: this.settings.secure, maxAgeS: oidcRequestLivesMs / 1_000 });
      await reply.header('set-cookie', cookie).redirect(url.href, 302);
    } catch (error) {
      await this.explain(error, reply);
    }
  }

  @Get('callback')
  @Documented({
    does: 'Takes a browser back from the identity provider, and starts a session.',
    answers: 'redirect',
    refuses: { 401: ['identity.provider-refused'] },
  })
  async callback(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const oidc = this.configured();
    const { secure, consoleUrl = '' } = this.settings;
    const browser = readCookie(request.headers.cookie, cookieName(cookies.provider, secure));
    void reply.header('set-cookie', clearCookie(cookies.provider, secure));
    const address = this.settings.clientAddress(request.raw);
    let signedIn: ProviderSignIn;
    try {
      // The address is ours by configuration: a Host header decides nothing here.
      signedIn = await oidc.finish({
        url: new URL(`${consoleUrl}${callbackPath}${new URL(request.url, 'http://x').search}`),
        browser,
        address,
      });
    } catch (error) {
      return this.explain(error, reply);
    }
    const { person, idToken, returnTo } = signedIn;
    const before = this.gate.sessionIdOf(request.headers);
    const id = await this.authority.sessions.start(person.id, 'oidc', { before, idToken, address });
    await reply.header('set-cookie', setCookie(cookies.session, id, { secure })).redirect(returnTo, 302);
  }

  private configured(): OidcSignIn {
    if (!this.authority.oidc) throw identityProblem('identity.provider-refused', 'No identity provider is configured.');
    return this.authority.oidc;
  }

  /** The page for signing in says what happened in general; the log says more. */
  private async explain(error: unknown, reply: FastifyReply): Promise<void> {
    if (!(error instanceof OidcRefusedError || error instanceof OidcUnavailableError)) throw error;
    this.log.warn(`a sign-in at the identity provider failed: ${error.message.slice(0, 500)}`);
    await reply.redirect(`/sign-in?problem=${error instanceof OidcRefusedError ? 'provider-refused' : 'provider-silent'}`, 302);
  }
}
