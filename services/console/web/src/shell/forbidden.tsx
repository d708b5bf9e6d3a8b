import { visibleText } from '../format/text.js';
import type { SignedIn } from '../identity/read-who-am-i.js';
import { Link } from '../components/link.js';
import { useTitle } from './title.js';

/** Shown in place of a page that needs a permission which its reader lacks; it names what is missing, and who can help. */
export function ForbiddenPage({ person, permission }: { readonly person: SignedIn; readonly permission: string }) {
  useTitle('Not allowed');
  return (
    <main className="narrow">
      <section className="card" aria-labelledby="forbidden-title">
        <h2 id="forbidden-title">You may not see this yet</h2>
        <p className="notice">
          You are signed in as {visibleText(person.name, 200)}
          {person.roles.length === 0 ? ', and have no role here' : ''}. This page needs the permission <code>{permission}</code>, which the
          roles viewer, accountant, engineer, approver and admin have. Whoever manages people can give you one.
        </p>
        <p>
          <Link href="/account">Your account</Link>
        </p>
      </section>
    </main>
  );
}
