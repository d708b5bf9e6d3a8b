import { useSearch } from '@tanstack/react-router';
import type { RecordKind } from './labels.js';
import { RecordListSection } from './list.js';

/** The page of one list of records. */
export function pageOf(kind: RecordKind) {
  return function Page() {
    return (
      <main>
        <RecordListSection kind={kind} search={useSearch({ strict: false })} />
      </main>
    );
  };
}
