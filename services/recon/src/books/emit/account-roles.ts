import { readAssets } from '../../desk/emit/asset-reader.js';
import type { AccountRoles } from '../../reconciliation/emit/effect-checker.js';

/** How long the profiles are used before they are read again, ms: a corrected profile counts within this time. */
const keptMs = 60_000;

/**
 * The roles of accounts by the profiles in a folder of assets. Empty while the folder cannot be read: accounts are then shown without roles.
 * @param folder undefined when recon has no asset folder configured.
 */
export function accountRolesIn(folder: string | undefined, now: () => number = Date.now): AccountRoles {
  let read: { readonly at: number; readonly roles: ReadonlyMap<string, ReadonlyMap<string, string>> } | undefined;
  return (target) => {
    if (!read || now() - read.at > keptMs) {
      const assets = readAssets(folder);
      const roles = assets.ok ? [...assets.bundle.books].map(([name, books]) => [name, books.roles] as const) : [];
      read = { at: now(), roles: new Map(roles) };
    }
    return read.roles.get(target) ?? new Map();
  };
}
