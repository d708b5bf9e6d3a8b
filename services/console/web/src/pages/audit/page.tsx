import { useSearch } from '@tanstack/react-router';
import { Section } from '../../shell/section.js';
import { RecordListSection } from '../records/list.js';
import { VerificationCard } from './verification.js';

/** Who did what: whether the trail is whole, and its entries, newest first. */
export function AuditPage() {
  return (
    <main>
      <Section what="The verification">
        <VerificationCard />
      </Section>
      <RecordListSection kind="audit" search={useSearch({ strict: false })} />
    </main>
  );
}
