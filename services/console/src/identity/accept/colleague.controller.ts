import { Controller, Get, Inject } from '@nestjs/common';
import type { ColleaguesView } from '@tributary/contracts';
import { Documented, RequirePermission } from '@tributary/platform';
import { IdentityAuthority } from '../emit/identity-authority.js';
import { subjectOf } from '../emit/person.repository.js';

/** /identity/colleagues: the names of people to whom a dead letter can be given. What they may do, and how they sign in, is for admins. */
@Controller('identity/colleagues')
@RequirePermission('letters.discuss')
export class ColleagueController {
  constructor(@Inject(IdentityAuthority) private readonly authority: IdentityAuthority) {}

  @Get()
  @Documented({ does: 'Names of people to whom a dead letter can be given.', answers: 'ColleaguesView' })
  async list(): Promise<ColleaguesView> {
    const people = await this.authority.people.whoMay('letters.discuss');
    return { colleagues: people.map(({ id, name }) => ({ subject: subjectOf(id), name })) };
  }
}
