import { useEffect, useRef } from 'react';
import type { SignInOptions } from './read-who-am-i.js';
import { recheck } from './session.js';
import { SignInForm } from './sign-in-form.js';

/** Over the page of somebody whose session ended: they sign in again, and what they typed is still there. */
export function SignInDialog({ options }: { readonly options: SignInOptions }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    const again = (): void => void recheck(); // they may have signed in in another tab
    window.addEventListener('focus', again);
    return () => window.removeEventListener('focus', again);
  }, []);
  return (
    <dialog ref={dialog} className="sign-in" aria-labelledby="sign-in-again" onCancel={(event) => event.preventDefault()}>
      <h2 id="sign-in-again">Your session has ended</h2>
      <p className="muted">Sign in again to go on. What you typed is kept.</p>
      <SignInForm options={options} returnTo="/sign-in" providerInNewTab />
    </dialog>
  );
}
