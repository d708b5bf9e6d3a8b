import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { Identity } from '@tributary/identity';
import { identityOf } from '@tributary/platform';

/** Who makes a request, and from where: what a decision is recorded with. */
export interface Caller {
  readonly identity: Identity;
  /** Address that the request came from; null where it is not known. */
  readonly address: string | null;
}

/** The caller of a handler, as an argument. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const request = context.switchToHttp().getRequest<{ readonly identity?: Identity; readonly ip?: string }>();
  return { identity: identityOf(request), address: request.ip ?? null };
});
