import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { Identity } from '@tributary/identity';
import { identityOf } from '@tributary/platform';
import type { Caller } from '../decide/caller.js';

/** The caller of a handler, as an argument. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const request = context.switchToHttp().getRequest<{ readonly identity?: Identity; readonly ip?: string }>();
  return { identity: identityOf(request), address: request.ip ?? null };
});
