import { useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import { readList, readRecord, readText } from '../../recon/read-value.js';
import { getJson, getOwnJson, messageOf } from '../../shell/http.js';
import type { Answer } from '../../shell/query.js';

/** What a service tells about itself. */
export interface ServiceSettings {
  readonly service: string | null;
  readonly version: string | null;
  readonly commit: string | null;
  readonly licence: string | null;
  readonly schemaVersion: string | null;
  readonly startedAt: string | null;
  readonly limits: readonly {
    readonly name: string | null;
    readonly value: string | null;
    readonly text: string | null;
    readonly isDefault: boolean;
  }[];
  readonly secrets: readonly {
    readonly name: string | null;
    readonly text: string | null;
    readonly from: string | null;
    readonly readAt: string | null;
  }[];
  readonly roles: readonly {
    readonly role: string | null;
    readonly permissions: readonly { readonly name: string | null; readonly text: string | null }[];
  }[];
  readonly billOfMaterials: string | null;
}

/** Reads whatever a service told about itself. */
export function readSettings(value: unknown): ServiceSettings {
  const { service, version, commit, licence, schemaVersion, startedAt, limits, secrets, roles, billOfMaterials } = readRecord(value);
  const bill = readText(billOfMaterials);
  return {
    service: readText(service),
    version: readText(version),
    commit: readText(commit),
    licence: readText(licence),
    schemaVersion: readText(schemaVersion),
    startedAt: readText(startedAt),
    limits: readList(limits, (one) => {
      const { name, value: limit, text, isDefault } = readRecord(one);
      return { name: readText(name), value: readText(limit), text: readText(text), isDefault: isDefault === true };
    }),
    secrets: readList(secrets, (one) => {
      const { name, text, from, readAt } = readRecord(one);
      return { name: readText(name), text: readText(text), from: readText(from), readAt: readText(readAt) };
    }),
    roles: readList(roles, (one) => {
      const { role, permissions } = readRecord(one);
      return { role: readText(role), permissions: readList(permissions, readPermission) };
    }),
    billOfMaterials: bill !== null && /^\/[\w./-]+$/.test(bill) ? bill : null,
  };
}

function readPermission(value: unknown): { readonly name: string | null; readonly text: string | null } {
  const { name, text } = readRecord(value);
  return { name: readText(name), text: readText(text) };
}

/** What recon and the console tell about themselves. */
export function useServiceSettings(): { readonly recon: Answer<ServiceSettings>; readonly console: Answer<ServiceSettings> } {
  const recon = useQuery({
    queryKey: ['service-settings', 'recon'],
    queryFn: ({ signal }) => getJson('/service-settings', signal),
    select: readSettings,
  });
  const own = useQuery({
    queryKey: ['service-settings', 'console'],
    queryFn: ({ signal }) => getOwnJson('/service-settings', signal),
    select: readSettings,
  });
  return { recon: answerOf(recon), console: answerOf(own) };
}

function answerOf({ data, error }: UseQueryResult<ServiceSettings>): Answer<ServiceSettings> {
  return { data, error: error ?? undefined, problem: error ? messageOf(error) : undefined };
}
