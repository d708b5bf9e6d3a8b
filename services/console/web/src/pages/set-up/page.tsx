import { useState } from 'react';
import { Link } from '../../components/link.js';
import { visibleText } from '../../format/text.js';
import { Field } from '../../identity/field.js';
import { sessionChanged, useSession } from '../../identity/session.js';
import { useSubmit } from '../../identity/use-submit.js';
import { order } from '../../shell/http.js';
import { navigate } from '../../shell/navigation.js';
import { useTitle } from '../../shell/title.js';

/** Adds the first person of an installation, an admin, with the code that the console wrote into its log. */
export function SetUpPage() {
  useTitle('Set up');
  const { who } = useSession();
  return (
    <main className="narrow">
      <section className="card" aria-labelledby="set-up-title">
        <h2 id="set-up-title">Add the first person</h2>
        {who && !who.options.setUp ? (
          <p className="notice">
            There are people already. <Link href="/sign-in">Sign in</Link>
          </p>
        ) : (
          <SetUpForm />
        )}
      </section>
    </main>
  );
}

function SetUpForm() {
  const [typed, setTyped] = useState({ code: '', name: '', login: '', password: '' });
  const set = (field: keyof typeof typed) => (value: string) => setTyped((before) => ({ ...before, [field]: value }));
  const { busy, problem, onSubmit } = useSubmit(async () => {
    await order('post', '/identity/set-up', {}, { ...typed, code: typed.code.trim() });
    await sessionChanged();
    navigate('/', { replace: true });
  });
  return (
    <form onSubmit={onSubmit} className="stacked">
      <p className="muted">They manage people, and give everybody else their roles.</p>
      {problem !== undefined && (
        <p className="notice bad" role="alert">
          {visibleText(problem)}
        </p>
      )}
      <Field
        label="Set-up code"
        value={typed.code}
        onChange={set('code')}
        autoComplete="off"
        hint="It stands in the log of the console."
        autoFocus
      />
      <Field
        label="Your name"
        value={typed.name}
        onChange={set('name')}
        autoComplete="name"
        hint="As others see it beside what you decide."
      />
      <Field label="Sign-in name" value={typed.login} onChange={set('login')} autoComplete="username" />
      <Field
        label="Password"
        type="password"
        value={typed.password}
        onChange={set('password')}
        autoComplete="new-password"
        hint="At least 12 characters; of which kinds does not matter."
      />
      <p>
        <button type="submit" className="primary" disabled={busy}>
          {busy ? 'Adding …' : 'Add and sign in'}
        </button>
      </p>
    </form>
  );
}
