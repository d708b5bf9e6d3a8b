import { useQuery } from '@tanstack/react-query';
import type { ConsoleShapes, ReconShapes } from '../../api/documents.js';
import type { Sent } from '../../api/sent.js';
import { readerOf, readFlag, readList, readText } from '../../recon/read-value.js';
import { answerOf, onceOf } from '../../shell/query.js';
import type { Answer } from '../../shell/query.js';

/** What a service tells about itself. */
export type ServiceSettings = ReturnType<typeof readSettings>;

const readLimit = readerOf<ReconShapes['LimitView']>()({ name: readText, value: readText, text: readText, isDefault: readFlag });
const readSecret = readerOf<ReconShapes['SecretView']>()({ name: readText, text: readText, from: readText, readAt: readText });
const readPermission = readerOf<ConsoleShapes['RoleView']['permissions'][number]>()({ name: readText, text: readText });
const readRole = readerOf<ConsoleShapes['RoleView']>()({
  role: readText,
  permissions: (value) => readList(value, readPermission),
});

/** Reads whatever a service told about itself. Roles and the bill of materials are the console's. */
export const readSettings = readerOf<ReconShapes['ServiceSettingsView'] | ConsoleShapes['ConsoleSettingsView']>()({
  service: readText,
  version: readText,
  commit: readText,
  licence: readText,
  schemaVersion: readText,
  startedAt: readText,
  limits: (value) => readList(value, readLimit),
  secrets: (value) => readList(value, readSecret),
  roles: (value) => readList(value, readRole),
  billOfMaterials: readBill,
});

/** An address on this server; null for everything else. */
function readBill(value: Sent<string | null | undefined>): string | null {
  const bill = readText(value);
  return bill !== null && /^\/[\w./-]+$/.test(bill) ? bill : null;
}

/** What recon and the console tell about themselves. */
export function useServiceSettings(): { readonly recon: Answer<ServiceSettings>; readonly console: Answer<ServiceSettings> } {
  const recon = useQuery({ ...onceOf('/api/service-settings', {}), staleTime: 0, select: readSettings });
  const own = useQuery({ ...onceOf('/service-settings', {}), staleTime: 0, select: readSettings });
  return { recon: answerOf(recon), console: answerOf(own) };
}
