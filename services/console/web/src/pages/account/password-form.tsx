import { useState } from 'react';
import { visibleText } from '../../format/text.js';
import { Field } from '../../identity/field.js';
import { recheck } from '../../identity/session.js';
import { useSubmit } from '../../identity/use-submit.js';
import { order } from '../../shell/http.js';

/** Chooses or changes the own password. */
export function PasswordForm({ hasPassword }: { readonly hasPassword: boolean }) {
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [done, setDone] = useState(false);
  const { busy, problem, onSubmit } = useSubmit(async () => {
    setDone(false);
    await order('post', '/identity/password', {}, { current, password });
    setCurrent('');
    setPassword('');
    setDone(true);
    await recheck();
  });
  return (
    <section className="card" aria-labelledby="password-title">
      <h2 id="password-title">{hasPassword ? 'Change the password' : 'Choose a password'}</h2>
      <form onSubmit={onSubmit} className="stacked">
        {problem !== undefined && (
          <p className="notice bad" role="alert">
            {visibleText(problem)}
          </p>
        )}
        {done && (
          <p className="notice" role="status">
            The password was changed. Your other sessions have ended.
          </p>
        )}
        {hasPassword && (
          <Field label="Current password" type="password" value={current} onChange={setCurrent} autoComplete="current-password" />
        )}
        <Field
          label="New password"
          type="password"
          value={password}
          onChange={setPassword}
          autoComplete="new-password"
          hint="At least 12 characters; of which kinds does not matter."
        />
        <p>
          <button type="submit" disabled={busy}>
            {hasPassword ? 'Change' : 'Choose'}
          </button>
        </p>
      </form>
    </section>
  );
}
