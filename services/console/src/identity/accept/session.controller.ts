import { Body, Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import type { SignedOutView, WhoAmIView } from '@tributary/contracts';
import { Documented, Public } from '@tributary/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { passwordProblem } from '../decide/password-rules.js';
import { IdentityAuthority } from '../emit/identity-authority.js';
import { subjectOf } from '../emit/person.repository.js';
import { accessOf } from './access.js';
import { busyIsTold } from './busy.js';
import { clearCookie, cookies } from './cookies.js';
import { identityProblem } from './identity-problem.js';
import { IDENTITY_SETTINGS } from './identity-settings.js';
import type { IdentitySettings } from './identity-settings.js';
import { parseBody } from './parse-body.js';
import { sessionIn } from './session-in.js';
import { signedInView, signInOptions } from './who-am-i.js';

const typed = z.string().max(1_000);
const signOutBody = z.strictObject({ everywhere: z.boolean().default(false) });
const passwordBody = z.strictObject({ current: typed.default(''), password: typed });

/** GET /identity/me, POST /identity/sign-out and POST /identity/password: about whoever is signed in. */
@Controller('identity')
@Public('tells and changes nothing but what belongs to the session that asks')
export class SessionController {
  constructor(
    @Inject(IdentityAuthority) private readonly authority: IdentityAuthority,
    @Inject(IDENTITY_SETTINGS) private readonly settings: IdentitySettings,
  ) {}

  /** Answers 200 also when nobody is signed in: the page then shows how to. */
  @Get('me')
  @Documented({ does: 'Who is signed in, what they may do, and how one can sign in.', answers: 'WhoAmIView' })
  async me(@Req() request: FastifyRequest): Promise<WhoAmIView> {
    const access = accessOf(request);
    const options = await signInOptions(this.authority, this.settings.providerName);
    return { identityConfigured: true, person: access ? signedInView(access) : null, options };
  }

  /** Ends the session, or all of the person. @returns where to sign out at the identity provider. */
  @Post('sign-out')
  @HttpCode(200)
  @Documented({
    does: 'Ends the session, or all of the person.',
    answers: 'SignedOutView',
    body: signOutBody,
    noCommand: 'the command line has no session: tokens withdraw',
  })
  async signOut(
    @Body() given: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedOutView> {
    const { everywhere } = parseBody(signOutBody, given);
    void reply.header('set-cookie', clearCookie(cookies.session, this.settings.secure));
    const session = accessOf(request)?.session;
    if (!session) return { redirect: null };
    const idToken = await this.authority.sessions.end(session.id, this.settings.clientAddress(request.raw));
    if (everywhere) await this.authority.directory.signOutEverywhere(session.person.id, subjectOf(session.person.id));
    if (idToken === undefined || !this.authority.oidc) return { redirect: null };
    return { redirect: (await this.authority.oidc.provider.signOutAddress(idToken)) ?? null };
  }

  /** Sets or changes the own password. All other sessions of the person end. */
  @Post('password')
  @HttpCode(204)
  @Documented({
    does: 'Sets or changes the own password.',
    answers: 'nothing',
    body: passwordBody,
    noCommand: 'a password is typed where it is used, in the console',
    refuses: { 401: ['identity.session-needed', 'identity.sign-in-refused'], 422: ['identity.password-refused'] },
  })
  async changePassword(@Body() given: unknown, @Req() request: FastifyRequest): Promise<void> {
    const { current, password } = parseBody(passwordBody, given);
    const { person, id } = sessionIn(request);
    if (person.login === null)
      throw identityProblem('identity.password-refused', 'You sign in at the identity provider: your password is there.');
    const right = !person.hasPassword || (await busyIsTold(this.authority.passwords.isRight(person, current)));
    if (!right) throw identityProblem('identity.sign-in-refused', 'The current password is wrong, or there were too many attempts.');
    const problem = passwordProblem(password, [person.login, person.name]);
    if (problem !== undefined) throw identityProblem('identity.password-refused', problem);
    const hash = await busyIsTold(this.authority.hasher.hash(password));
    await this.authority.credentials.setPassword(person.id, hash, subjectOf(person.id), id);
  }
}
