import { CopyField } from '../../components/copy-field.js';
import { Instant } from '../../components/instant.js';
import type { OneTimeLink } from './api.js';

/** A link that was made just now: it is shown this one time. @param name as it can be shown. */
export function OneTimeLinkField({ name, link }: { readonly name: string; readonly link: OneTimeLink }) {
  return (
    <div className="made" role="status">
      <CopyField label={`Link that signs ${name} in once`} value={link.address} />
      <p className="muted">
        Hand it over in a way that only they read. It is not shown again, and ends at <Instant at={link.expiresAt} />.
      </p>
    </div>
  );
}
