import { visibleText } from '../../format/text.js';
import { instantOf } from '../../format/time.js';
import type { SignedIn } from '../../identity/read-who-am-i.js';
import { signOut } from '../../identity/sign-out.js';
import { useSubmit } from '../../identity/use-submit.js';
import { useShell } from '../../shell/live-context.js';
import { NotFoundPage } from '../../shell/not-found.js';
import { useTitle } from '../../shell/title.js';
import { PasswordForm } from './password-form.js';
import { Sessions } from './sessions.js';
import { Tokens } from './tokens.js';

/** The account of whoever is signed in. */
export function AccountPage() {
  const { person } = useShell();
  return person ? <Account person={person} /> : <NotFoundPage />;
}

/** Who somebody is here, what they may do, their password and their tokens. */
function Account({ person }: { readonly person: SignedIn }) {
  useTitle('Your account');
  const everywhere = useSubmit(() => signOut(true));
  return (
    <main>
      <section className="card" aria-labelledby="account-title">
        <h2 id="account-title">{visibleText(person.name, 200)}</h2>
        <dl className="facts">
          <dt>Roles</dt>
          <dd>
            {person.roles.length === 0 ? 'None. An admin gives you one.' : person.roles.map((role) => visibleText(role, 100)).join(', ')}
          </dd>
          <dt>In the audit trail</dt>
          <dd>
            <code>{visibleText(person.subject, 200)}</code>
          </dd>
          {person.endsAt !== null && (
            <>
              <dt>Session</dt>
              <dd>ends at {instantOf(person.endsAt)} without further use</dd>
            </>
          )}
        </dl>
        <form onSubmit={everywhere.onSubmit}>
          <button type="submit" disabled={everywhere.busy}>
            Sign out everywhere
          </button>{' '}
          <span className="muted">Ends all your sessions and withdraws your tokens.</span>
        </form>
      </section>
      {person.password !== 'elsewhere' && <PasswordForm hasPassword={person.password === 'set'} />}
      <Sessions />
      {person.permissions.includes('payments.read') && <Tokens permissions={person.permissions} />}
    </main>
  );
}
