import { useEffect, useState } from 'react';
import { Link } from '../../components/link.js';
import { visibleText } from '../../format/text.js';
import { recheck, sessionChanged } from '../../identity/session.js';
import { messageOf, order } from '../../shell/http.js';
import { navigate } from '../../shell/navigation.js';
import { useTitle } from '../../shell/title.js';

let used: string | undefined; // a link is used once, also where a component is mounted twice

/** Uses a one-time link. Its code stands behind `#`, which no server and no log sees, and is taken out of the address at once. */
export function SignInLinkPage() {
  useTitle('Sign in');
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    const code = window.location.hash.slice(1);
    if (code === '' || code === used) {
      if (used === undefined) setProblem('The link is not whole: its code is missing.');
      return;
    }
    used = code;
    window.history.replaceState(window.history.state, '', window.location.pathname);
    // Whoever is signed in already needs the token of that session to change it.
    recheck()
      .then(() => order('post', '/identity/sign-in/link', {}, { code }))
      .then(
        async () => {
          await sessionChanged();
          navigate('/', { replace: true });
        },
        (error: unknown) => setProblem(messageOf(error)),
      );
  }, []);
  return (
    <main className="narrow">
      <section className="card" aria-labelledby="link-title">
        <h2 id="link-title">Sign in by link</h2>
        {problem === undefined ? (
          <p className="notice" role="status">
            Signing in …
          </p>
        ) : (
          <>
            <p className="notice bad" role="alert">
              {visibleText(problem)}
            </p>
            <p>
              <Link href="/sign-in">Sign in another way</Link>
            </p>
          </>
        )}
      </section>
    </main>
  );
}
