import type { ErpNeeds } from '@tributary/connector-kit';
import { readAssets } from '@tributary/mapping';
import type { AssetFile } from '@tributary/mapping';
import { erpDocumentShapes } from '@tributary/target-registry/shapes';
import { found, ok } from './finding.js';
import type { TargetFinding } from './finding.js';
import type { ConfiguredLedger } from './ledgers.js';

const stripeShape = 'stripe/metadata';

/** What the assets need of one ledger and of Stripe, and problems found while reading them. */
export interface Needs {
  readonly erp: ErpNeeds;
  readonly livemode: boolean | undefined;
  readonly writesBack: boolean;
  readonly findings: readonly TargetFinding[];
}

/** Columns of the site that mappings to a kind of ERP fill, by kind of document. */
export function customFieldsOf(files: readonly AssetFile[], kind: string): ReadonlyMap<string, ReadonlySet<string>> {
  const shapes = new Map(Object.values(erpDocumentShapes).map((shape) => [shape.name, shape]));
  const wanted = new Map<string, Set<string>>();
  for (const { shape, fields } of readAssets(files, []).mappings.values()) {
    if (!shape.value.startsWith(`${kind}/`)) continue;
    const document = shape.value.slice(kind.length + 1);
    const pattern = shapes.get(shape.value)?.custom?.pattern;
    const names = [...fields.keys()].filter((name) => pattern?.test(name));
    wanted.set(document, new Set([...(wanted.get(document) ?? []), ...names]));
  }
  return wanted;
}

/** @param company that the connector books in, with the variable that says so. */
export function needsOf(
  files: readonly AssetFile[],
  { target, kind }: ConfiguredLedger,
  company: { readonly variable: string; readonly value: string } | undefined,
): Needs {
  const assets = readAssets(files, []);
  const profile = [...assets.profiles.values()].find((each) => each.target === target);
  return {
    erp: { customFields: customFieldsOf(files, kind), ...(profile ? recordsOf(profile) : {}) },
    livemode: profile?.livemode,
    writesBack: [...assets.mappings.values()].some(({ shape }) => shape.value === stripeShape),
    findings: [profileFinding(target, profile?.company, company)],
  };
}

/** A profile as it is read. */
type Profile = ReturnType<typeof readAssets>['profiles'] extends ReadonlyMap<unknown, infer One> ? One : never;

function recordsOf({ bankAccounts, paymentMethods, timeZone, books }: Profile): ErpNeeds {
  const place = (prefix: string, values: ReadonlyMap<string, string>): Map<string, string> =>
    new Map([...values].map(([key, value]) => [value, `${prefix}.${key}`]));
  const accounts = [...books.accounts].flatMap(([role, byCurrency]) =>
    [...byCurrency].map(([currency, account]) => [account, `accounts.${role}${currency === '*' ? '' : `.${currency}`}`] as const),
  );
  return {
    bankAccounts: place('bankAccounts', bankAccounts),
    paymentMethods: place('paymentMethods', paymentMethods),
    accounts: new Map(accounts),
    timeZone,
  };
}

function profileFinding(
  target: string,
  profileCompany: string | undefined,
  company: { readonly variable: string; readonly value: string } | undefined,
): TargetFinding {
  if (profileCompany === undefined)
    return found(
      'check.profile-missing',
      'Profile',
      `no posting profile has the target ${target}.`,
      'Set `target` in a profile, or ERP_TARGET.',
    );
  if (company !== undefined && profileCompany !== company.value) {
    const text = `the posting profile of ${target} says company ${profileCompany}, and ${company.variable} is ${company.value}.`;
    return found('check.company-other', 'Profile', text, 'Make them the same.');
  }
  return ok('Profile', `the posting profile of ${target} is for company ${profileCompany}.`);
}
