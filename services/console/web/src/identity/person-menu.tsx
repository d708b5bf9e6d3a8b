import { useState } from 'react';
import { Link } from '../components/link.js';
import { visibleText } from '../format/text.js';
import { messageOf } from '../shell/http.js';
import type { SignedIn } from './read-who-am-i.js';
import { signOut } from './sign-out.js';

/** Who is signed in, the way to their account, and the way out. */
export function PersonMenu({ person }: { readonly person: SignedIn }) {
  const [problem, setProblem] = useState<string>();
  return (
    <div className="person">
      <Link href="/account" label={`Your account: ${visibleText(person.name, 100)}`}>
        {visibleText(person.name, 40)}
      </Link>
      {person.method === 'link' && person.password === 'none' && <Link href="/account">Choose a password</Link>}
      <button type="button" onClick={() => void signOut().catch((error: unknown) => setProblem(messageOf(error)))}>
        Sign out
      </button>
      {problem !== undefined && (
        <span className="notice bad" role="alert">
          {visibleText(problem)}
        </span>
      )}
    </div>
  );
}
