import type { AssetLanguage, RecordType } from '../language.js';

/** Names of all fields that expressions may use, for suggestions. */
export function fieldNames(language: AssetLanguage): string[] {
  const names = new Set<string>();
  const visit = (record: RecordType): void => {
    for (const [name, type] of record.fields) {
      if (names.has(name) && !('record' in type)) continue;
      names.add(name);
      if ('record' in type) visit(type.record);
    }
  };
  for (const record of language.events.values()) visit(record);
  return [...names];
}
