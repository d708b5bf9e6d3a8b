import { readAssets } from '@tributary/mapping';
import type { AssetFile } from '@tributary/mapping';
import { missing, ok } from './finding.js';
import type { TargetFinding } from './finding.js';

/** What the assets need of an ERP company: columns, and records that a profile names. */
export interface PostingNeeds {
  /** Kind of document -> user-defined columns that mappings fill or look-ups use. */
  readonly customFields: ReadonlyMap<string, ReadonlySet<string>>;
  /** Bank account -> where the profile names it. */
  readonly bankAccounts: ReadonlyMap<string, string>;
  readonly paymentMethods: ReadonlyMap<string, string>;
}

const erp = 'epicor-kinetic/';
const stripeShape = 'stripe/metadata';
/** Documents are found again by it (docs/adr/0013), whatever the mapping fills. */
const lookedUp = 'StripePostingKey_c';

/** What the assets need of their targets, and problems found while reading the assets. */
export interface Needs {
  readonly erp: PostingNeeds;
  readonly livemode: boolean | undefined;
  readonly writesBack: boolean;
  readonly findings: readonly TargetFinding[];
}

/** Custom fields that mappings to a kind of ERP fill, by kind of document. */
export function customFieldsOf(files: readonly AssetFile[], kind: string): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { shape, fields } of readAssets(files, []).mappings.values()) {
    if (!shape.value.startsWith(`${kind}/`)) continue;
    const document = shape.value.slice(kind.length + 1);
    const names = [...fields.keys()].filter((name) => name.endsWith('_c'));
    found.set(document, new Set([...(found.get(document) ?? []), ...names]));
  }
  return found;
}

/** @param target ERP target, e.g. kinetic-main. @param company that the connector books in. */
export function needsOf(files: readonly AssetFile[], target: string, company: string | undefined): Needs {
  const assets = readAssets(files, []);
  const customFields = new Map<string, Set<string>>();
  for (const { shape, fields } of assets.mappings.values()) {
    if (!shape.value.startsWith(erp)) continue;
    const kind = shape.value.slice(erp.length);
    const names = [...fields.keys()].filter((name) => name.endsWith('_c'));
    customFields.set(kind, new Set([...(customFields.get(kind) ?? [lookedUp]), ...names]));
  }
  const profile = [...assets.profiles.values()].find((each) => each.target === target);
  const writesBack = [...assets.mappings.values()].some(({ shape }) => shape.value === stripeShape);
  const place = (prefix: string, values: ReadonlyMap<string, string> | undefined): Map<string, string> =>
    new Map([...(values ?? [])].map(([key, value]) => [value, `${prefix}.${key}`]));
  return {
    erp: {
      customFields,
      bankAccounts: place('bankAccounts', profile?.bankAccounts),
      paymentMethods: place('paymentMethods', profile?.paymentMethods),
    },
    livemode: profile?.livemode,
    writesBack,
    findings: [profileFinding(target, profile?.company, company)],
  };
}

function profileFinding(target: string, profileCompany: string | undefined, company: string | undefined): TargetFinding {
  if (profileCompany === undefined)
    return missing('Profile', `no posting profile has the target ${target}.`, 'Set `target` in a profile, or ERP_TARGET.');
  if (company !== undefined && profileCompany !== company)
    return missing(
      'Profile',
      `the posting profile of ${target} says company ${profileCompany}, and KINETIC_COMPANY is ${company}.`,
      'Make them the same.',
    );
  return ok('Profile', `the posting profile of ${target} is for company ${profileCompany}.`);
}
