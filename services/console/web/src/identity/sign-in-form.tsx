import { useState } from 'react';
import { visibleText } from '../format/text.js';
import { order } from '../shell/http.js';
import { Field } from './field.js';
import type { SignInOptions } from './read-who-am-i.js';
import { sessionChanged } from './session.js';
import { useSubmit } from './use-submit.js';

interface Props {
  readonly options: SignInOptions;
  /** Path to go back to after a sign-in at the identity provider. */
  readonly returnTo: string;
  /** Opens the identity provider in a tab of its own, so that what was typed here stays. */
  readonly providerInNewTab?: boolean;
  readonly onSignedIn?: () => void;
}

/** Name and password, and the button of the identity provider. */
export function SignInForm({ options, returnTo, providerInNewTab = false, onSignedIn }: Props) {
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const { busy, problem, onSubmit } = useSubmit(async () => {
    await order('post', '/identity/sign-in', {}, { login, password });
    setPassword('');
    await sessionChanged();
    onSignedIn?.();
  });
  return (
    <>
      {problem !== undefined && (
        <p className="notice bad" role="alert">
          {visibleText(problem)}
        </p>
      )}
      {options.provider !== null && (
        <p className="provider">
          <a
            className="button primary"
            href={`/identity/oidc/start?return=${encodeURIComponent(returnTo)}`}
            target={providerInNewTab ? '_blank' : undefined}
            rel={providerInNewTab ? 'opener' : undefined}
          >
            Sign in with {visibleText(options.provider, 60)}
          </a>
        </p>
      )}
      {options.password && (
        <form onSubmit={onSubmit} className="stacked">
          <Field label="Sign-in name" value={login} onChange={setLogin} autoComplete="username" autoFocus={options.provider === null} />
          <Field label="Password" type="password" value={password} onChange={setPassword} autoComplete="current-password" />
          <p>
            <button type="submit" className={options.provider === null ? 'primary' : ''} disabled={busy}>
              {busy ? 'Signing in …' : 'Sign in'}
            </button>
          </p>
        </form>
      )}
    </>
  );
}
