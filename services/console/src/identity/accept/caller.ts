import type { IncomingMessage } from 'node:http';
import { may } from '@tributary/identity';
import type { Caller } from '../../accept/upstream.js';
import type { PersonTokenSigner } from '../emit/person-token.signer.js';
import { accessOf } from './access.js';
import type { SessionGate } from './session.gate.js';

/** Where no identity is configured: the other services serve this machine alone as well. */
export const nobodyInParticular: Caller = {
  headersFor: () => Promise.resolve({}),
  mayGoOn: () => Promise.resolve(true),
};

/** Whoever is signed in: the called service gets a token of the person for this call, or the API token that the request came with. */
export function callerBy(gate: SessionGate, signer: PersonTokenSigner): Caller {
  return {
    async headersFor(request: IncomingMessage): Promise<Readonly<Record<string, string>>> {
      const access = accessOf({ raw: request });
      if (access?.session) return { authorization: `Bearer ${await signer.forCall(access.session.person, access.session.startedAt)}` };
      return access?.token === undefined ? {} : { authorization: `Bearer ${access.token}` };
    },
    async mayGoOn(request: IncomingMessage): Promise<boolean> {
      const access = accessOf({ raw: request });
      const identity = access && (await gate.identityNow(access));
      return identity !== undefined && may(identity, 'payments.read');
    },
  };
}
