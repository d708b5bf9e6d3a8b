import { Controller, Get } from '@nestjs/common';
import type { WhoAmIView } from '@tributary/contracts';
import { Documented, Public } from '@tributary/platform';

/** GET /identity/me where no identity is configured: there is nothing to sign in to, and the console serves this machine alone. */
@Controller('identity')
export class NoIdentityController {
  @Get('me')
  @Public('tells that no identity is configured')
  @Documented({ does: 'Who is signed in, what they may do, and how one can sign in.', answers: 'WhoAmIView' })
  me(): WhoAmIView {
    return { identityConfigured: false, person: null, options: { password: false, provider: null, setUp: false } };
  }
}
