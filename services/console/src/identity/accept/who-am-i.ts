import type { SignedInView, SignInOptionsView } from '@tributary/contracts';
import { may, permissions } from '@tributary/identity';
import type { Permission } from '@tributary/identity';
import type { IdentityAuthority } from '../emit/identity-authority.js';
import { csrfTokenOf } from '../emit/random-secret.js';
import type { Session } from '../emit/session.repository.js';
import type { Access } from './access.js';

/** Who is signed in, as the page reads it. */
export function signedInView({ identity, session }: Access): SignedInView {
  const { subject, name, grants } = identity;
  return {
    subject,
    name,
    grants,
    permissions: (Object.keys(permissions) as Permission[]).filter((permission) => may(identity, permission)),
    method: session?.method ?? null,
    password: passwordState(session),
    csrfToken: session ? csrfTokenOf(session.id) : null,
    endsAt: session ? new Date(session.endsAt).toISOString() : null,
  };
}

/** How somebody can sign in now. @param providerName what the button of the identity provider says. */
export async function signInOptions(authority: IdentityAuthority, providerName: string): Promise<SignInOptionsView> {
  return { password: true, provider: authority.oidc ? providerName : null, setUp: await authority.people.isEmpty() };
}

function passwordState(session: Session | undefined): SignedInView['password'] {
  if (!session || session.person.login === null) return 'elsewhere';
  return session.person.hasPassword ? 'set' : 'none';
}
