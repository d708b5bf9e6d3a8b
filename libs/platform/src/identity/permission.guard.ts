import { ForbiddenException, UnauthorizedException } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { localIdentity, may, TokenRefusedError } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { counter } from '../metrics.js';
import { IdentityMissingError } from './bearer-authenticator.js';
import type { AuthenticatedRequest, Authenticator } from './bearer-authenticator.js';
import { declarationOf, rememberIdentity } from './permission.decorators.js';
import type { TargetedRequest } from './permission.decorators.js';

const refused = counter('tributary_identity_refused_total', 'Requests that were refused for who made them, by code.', ['code']);

/** Everybody at this machine, where no identity is configured. */
export const localAuthenticator: Authenticator = { authenticate: () => Promise.resolve(localIdentity) };

type GuardedRequest = AuthenticatedRequest & TargetedRequest;

/** Lets a request through to a route whose permission its caller has. Messages of Kafka are not its business. */
export class PermissionGuard implements CanActivate {
  constructor(private readonly authenticator: Authenticator) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const declared = declarationOf(context.getClass(), context.getHandler());
    if (!declared) throw forbidden('This route says of nobody that they may call it.');
    if ('public' in declared) return true;
    const http = context.switchToHttp();
    const request = http.getRequest<GuardedRequest>();
    return this.identify(request, http.getResponse<Answer>()).then((identity) => {
      const target = declared.target?.(request);
      if (!may(identity, declared.permission, target))
        throw forbidden(`This needs the permission ${declared.permission}${target === undefined ? '' : ` for ${target}`}.`);
      rememberIdentity(request, identity);
      return true;
    });
  }

  private async identify(request: GuardedRequest, answer: Answer): Promise<Identity> {
    try {
      return await this.authenticator.authenticate(request);
    } catch (error) {
      if (!(error instanceof TokenRefusedError || error instanceof IdentityMissingError)) throw error;
      refused.inc({ code: error.code });
      void answer.header('www-authenticate', 'Bearer');
      throw new UnauthorizedException({ error: error.code, message: error.message });
    }
  }
}

interface Answer {
  header(name: string, value: string): unknown;
}

/** Counts a refusal. @returns what the caller is answered with. */
export function forbidden(message: string): ForbiddenException {
  refused.inc({ code: 'identity.forbidden' });
  return new ForbiddenException({ error: 'identity.forbidden', message });
}
