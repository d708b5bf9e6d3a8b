import { Body, Controller, Get, HttpCode, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import type { PeoplePage, PersonView, SignInLinkView } from '@tributary/contracts';
import type { Identity } from '@tributary/identity';
import { roles } from '@tributary/identity';
import type { Role } from '@tributary/identity';
import { CurrentIdentity, Documented, RequirePermission } from '@tributary/platform';
import { z } from 'zod';
import { loginOf, loginPattern, personNamePattern } from '../decide/sign-in-name.js';
import { IdentityAuthority } from '../emit/identity-authority.js';
import { LastAdminError } from '../emit/people-directory.js';
import { personIdOf, subjectOf } from '../emit/person.repository.js';
import type { Person } from '../emit/person.repository.js';
import { identityProblem } from './identity-problem.js';
import { parseBody } from './parse-body.js';

const grants = z
  .array(
    z.strictObject({ role: z.enum(Object.keys(roles) as [Role, ...Role[]]), target: z.string().regex(/^(?:\*|[A-Za-z0-9_.-]{1,80})$/) }),
  )
  .max(100);
const newPerson = z.strictObject({
  name: z.string().trim().regex(personNamePattern, 'a name of 1 to 200 visible characters'),
  login: z.string().max(1_000).transform(loginOf).pipe(z.string().regex(loginPattern, 'letters, digits and . _ @ + - only')),
  grants: grants.default([]),
});
const pageOfPeople = z.object({
  after: z.string().optional(),
  before: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(200),
});
const change = z.strictObject({ grants: grants.optional(), locked: z.boolean().optional() });

/** /identity/people: who there is and what they may do. Nobody changes what they may do themselves. */
@Controller('identity/people')
@RequirePermission('people.manage', { target: () => '*' })
export class PeopleController {
  constructor(@Inject(IdentityAuthority) private readonly authority: IdentityAuthority) {}

  @Get()
  @Documented({
    does: 'Who there is and what they may do.',
    answers: 'PeoplePage',
    query: pageOfPeople,
    refuses: { 400: ['identity.body-invalid'] },
  })
  async list(@Query() query: unknown): Promise<PeoplePage> {
    const { rows, ...neighbours } = await this.authority.people.list(parseBody(pageOfPeople, query));
    return { people: rows.map(personView), ...neighbours };
  }

  /** Adds a person without a password: they choose it after they signed in by a link. */
  @Post()
  @Documented({
    does: 'Adds a person without a password.',
    answers: 'PersonView',
    body: newPerson,
    command: 'people add',
    refuses: { 400: ['identity.body-invalid'], 409: ['identity.name-taken'] },
  })
  async add(@Body() given: unknown, @CurrentIdentity() by: Identity): Promise<PersonView> {
    const person = await this.authority.directory.add(parseBody(newPerson, given), by.subject);
    if (!person) throw identityProblem('identity.name-taken');
    return personView(person);
  }

  /** Changes roles, or locks somebody out: their sessions end and their tokens are withdrawn. */
  @Patch(':id')
  @Documented({
    does: 'Changes the roles of a person, or locks them out.',
    answers: 'PersonView',
    body: change,
    command: 'people grant',
    refuses: {
      400: ['identity.body-invalid'],
      403: ['identity.own-access'],
      404: ['identity.person-unknown'],
      409: ['identity.last-admin'],
    },
  })
  async change(@Param('id') id: string, @Body() given: unknown, @CurrentIdentity() by: Identity): Promise<PersonView> {
    const wanted = parseBody(change, given);
    if (subjectOf(id) === by.subject) throw identityProblem('identity.own-access');
    const { directory } = this.authority;
    try {
      let person = await this.authority.people.find(id);
      if (person && wanted.grants) person = await directory.setGrants(id, wanted.grants, by.subject);
      if (person && wanted.locked !== undefined) person = await directory.setLocked(id, wanted.locked, by.subject);
      if (!person) throw identityProblem('identity.person-unknown');
      return personView(person);
    } catch (error) {
      throw error instanceof LastAdminError ? identityProblem('identity.last-admin') : error;
    }
  }

  /** A link that signs the person in once: for the first sign-in, and for a forgotten password. `me` is whoever asks. The record says who made it. */
  @Post(':id/sign-in-link')
  @HttpCode(201)
  @Documented({
    does: 'Makes a link that signs a person in once.',
    answers: 'SignInLinkView',
    command: 'people link',
    refuses: { 404: ['identity.person-unknown'] },
  })
  async link(@Param('id') given: string, @CurrentIdentity() by: Identity): Promise<SignInLinkView> {
    const id = given === 'me' ? (personIdOf(by.subject) ?? '') : given;
    const person =
      (await this.authority.people.find(id)) ?? (subjectOf(id) === by.subject ? await this.authority.directory.adopt(by) : undefined);
    if (!person || person.locked) throw identityProblem('identity.person-unknown');
    const { code, expiresAt } = await this.authority.links.make(person.id, by.subject);
    return { code, expiresAt: expiresAt.toISOString() };
  }
}

/** A person as the API shows them. */
function personView(person: Person): PersonView {
  const { id, name, login, issuer, hasPassword, locked, grants: held } = person;
  return { id, subject: subjectOf(id), name, login, issuer, hasPassword, locked, grants: held };
}
