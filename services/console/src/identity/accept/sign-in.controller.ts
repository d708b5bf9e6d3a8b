import { Body, Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { Documented, Public } from '@tributary/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { passwordProblem } from '../decide/password-rules.js';
import { loginOf, loginPattern, personNamePattern } from '../decide/sign-in-name.js';
import { IdentityAuthority } from '../emit/identity-authority.js';
import type { SignInMethod } from '../emit/session.repository.js';
import { busyIsTold } from './busy.js';
import { cookies, setCookie } from './cookies.js';
import { identityProblem } from './identity-problem.js';
import { IDENTITY_SETTINGS, maySignInAt } from './identity-settings.js';
import type { IdentitySettings } from './identity-settings.js';
import { parseBody } from './parse-body.js';
import { SessionGate } from './session.gate.js';

const typed = z.string().max(1_000);
const signInBody = z.strictObject({ login: typed, password: typed });
const linkBody = z.strictObject({ code: typed });
const setUpBody = z.strictObject({
  code: typed,
  name: z.string().trim().regex(personNamePattern, 'a name of 1 to 200 visible characters'),
  login: typed.transform(loginOf).pipe(z.string().regex(loginPattern, 'letters, digits and . _ @ + - only')),
  password: typed,
});

/** POST /identity/sign-in, /identity/sign-in/link and /identity/set-up: each starts a session. */
@Controller('identity')
@Public('whoever signs in has no session yet; limited per address and per name')
export class SignInController {
  constructor(
    @Inject(IdentityAuthority) private readonly authority: IdentityAuthority,
    @Inject(SessionGate) private readonly gate: SessionGate,
    @Inject(IDENTITY_SETTINGS) private readonly settings: IdentitySettings,
  ) {}

  @Post('sign-in')
  @HttpCode(204)
  @Documented({
    does: 'Starts a session with a name and a password.',
    answers: 'nothing',
    body: signInBody,
    noCommand: 'a session belongs to a browser: sign-in prints a link',
    refuses: { 401: ['identity.sign-in-refused'], 403: ['identity.https-needed'], 429: ['identity.too-many-attempts'] },
  })
  async signIn(@Body() given: unknown, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    const { login, password } = parseBody(signInBody, given);
    await this.countAttempt(request);
    const person = await busyIsTold(this.authority.passwords.signIn(login, password, this.addressOf(request)));
    if (!person) throw identityProblem('identity.sign-in-refused');
    await this.start(person.id, 'password', request, reply);
  }

  /** The code of the link is in the body: it stood behind `#` in the address, which no log and no Referer header shows. */
  @Post('sign-in/link')
  @HttpCode(204)
  @Documented({
    does: 'Starts a session with the code of a link that works once.',
    answers: 'nothing',
    body: linkBody,
    noCommand: 'a session belongs to a browser: sign-in prints a link',
    refuses: { 401: ['identity.link-refused'], 403: ['identity.https-needed'], 429: ['identity.too-many-attempts'] },
  })
  async useLink(@Body() given: unknown, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    const { code } = parseBody(linkBody, given);
    await this.countAttempt(request);
    const personId = await this.authority.links.use(code);
    if (personId === undefined) {
      await this.authority.passwords.refused({ method: 'link', personId, address: this.addressOf(request) });
      throw identityProblem('identity.link-refused');
    }
    await this.start(personId, 'link', request, reply);
  }

  /** Adds the first person, an admin. */
  @Post('set-up')
  @HttpCode(204)
  @Documented({
    does: 'Adds the first person, an admin, and starts a session.',
    answers: 'nothing',
    body: setUpBody,
    noCommand: 'people add works once there is an admin',
    refuses: {
      401: ['identity.set-up-refused'],
      403: ['identity.https-needed'],
      409: ['identity.set-up-done'],
      422: ['identity.password-refused'],
      429: ['identity.too-many-attempts'],
    },
  })
  async setUp(@Body() given: unknown, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    const { code, name, login, password } = parseBody(setUpBody, given);
    await this.countAttempt(request);
    if (!(await this.authority.people.isEmpty())) throw identityProblem('identity.set-up-done');
    if (!(await this.authority.setUpCodes.isRight(code))) {
      await this.authority.passwords.refused({ method: 'set-up', personId: undefined, address: this.addressOf(request) });
      throw identityProblem('identity.set-up-refused');
    }
    const problem = passwordProblem(password, [login, name]);
    if (problem !== undefined) throw identityProblem('identity.password-refused', problem);
    const hash = await busyIsTold(this.authority.hasher.hash(password));
    const person = await this.authority.directory.addFirst({ name, login, grants: [{ role: 'admin', target: '*' }] }, 'set-up');
    if (!person) throw identityProblem('identity.set-up-done');
    await this.authority.credentials.setPassword(person.id, hash, 'set-up');
    await this.start(person.id, 'set-up', request, reply);
  }

  private async countAttempt(request: FastifyRequest): Promise<void> {
    if (!maySignInAt(request.headers.host, this.settings)) throw identityProblem('identity.https-needed');
    await this.authority.passwords.fromAddress(this.addressOf(request)).catch(() => {
      throw identityProblem('identity.too-many-attempts');
    });
  }

  private addressOf(request: FastifyRequest): string {
    return this.settings.clientAddress(request.raw);
  }

  private async start(personId: string, method: SignInMethod, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const [before, address] = [this.gate.sessionIdOf(request.headers), this.addressOf(request)];
    const id = await this.authority.sessions.start(personId, method, { before, address });
    void reply.header('set-cookie', setCookie(cookies.session, id, this.settings));
  }
}
