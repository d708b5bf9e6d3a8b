/** Where a service keeps its migrations, below `src` and `dist`, without an extension: classes, or lists of them. */
export const migrationFiles = {
  transform: 'emit/migrations/0001-ladder',
  'erp-sink': 'emit/ledger/migrations/index',
  recon: 'migrations/index',
  console: 'identity/migrations/index',
} as const;

/** A service that keeps something in PostgreSQL. */
export type ServiceWithTables = keyof typeof migrationFiles;
