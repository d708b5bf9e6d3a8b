import { useEffect } from 'react';
import { useSession } from '../../identity/session.js';
import { SignInForm } from '../../identity/sign-in-form.js';
import { useLocation, useSearch } from '@tanstack/react-router';
import { routeOf } from '@tributary/console/routes';
import { navigate } from '../../shell/navigation.js';
import { useTitle } from '../../shell/title.js';
import { Link } from '../../components/link.js';

/** What a failed sign-in at the identity provider says, by the code in the address. */
const problems: Readonly<Record<string, string>> = {
  'provider-refused': 'The sign-in there could not be completed. Try again; when it lasts, ask whoever runs the console.',
  'provider-silent': 'The identity provider does not answer. Try again later.',
};

/** The page for signing in; also shown in place of any other page to whoever is not signed in. */
export function SignInPage() {
  const here = useLocation({ select: ({ pathname }) => pathname });
  const search = useSearch({ strict: false });
  useTitle('Sign in');
  const { who } = useSession();
  const options = who?.options ?? { password: true, provider: null, setUp: false };
  const returnTo = here === '/sign-in' ? '/' : window.location.pathname + window.location.search;
  const signedIn = Boolean(who?.person) || who?.identityConfigured === false;
  useEffect(() => {
    if (signedIn && here === '/sign-in') navigate('/', { replace: true });
  }, [signedIn, here]);
  const problem = problems[search.problem ?? ''];
  return (
    <main className="narrow">
      <section className="card" aria-labelledby="sign-in-title">
        <h2 id="sign-in-title">Sign in</h2>
        {problem !== undefined && (
          <p className="notice bad" role="alert">
            {problem}
          </p>
        )}
        {options.setUp && (
          <p className="notice">
            Nobody was added yet. <Link href="/set-up">Add the first person</Link>
          </p>
        )}
        <SignInForm options={options} returnTo={routeOf(returnTo.split('?')[0] ?? '') === undefined ? '/' : returnTo} />
        {options.password && (
          <p className="note muted">Forgotten the password? Whoever manages people makes a link that signs you in once.</p>
        )}
      </section>
    </main>
  );
}
