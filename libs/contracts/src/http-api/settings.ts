/** A limit that a service keeps to. */
export interface LimitView {
  /** Name of its variable; of a limit that cannot be set, its name in words. */
  readonly name: string;
  readonly value: string;
  /** What it limits, with its unit. */
  readonly text: string;
  /** True: it is what the service brings, nobody has set it. */
  readonly isDefault: boolean;
}

/** A secret, by reference: what it is called and where it comes from. Never what it is. */
export interface SecretView {
  /** Name of its variable. */
  readonly name: string;
  /** What it is for. */
  readonly text: string;
  readonly from: 'file' | 'environment' | 'not set';
  /** When it was last read; null: it was not read yet, or does not change while the service runs. */
  readonly readAt: string | null;
}

/** Answer of `GET /service-settings` of recon and of the console. */
export interface ServiceSettingsView {
  readonly service: string;
  /** Version of the release. */
  readonly version: string;
  /** Commit that it was built from; null: not known here. */
  readonly commit: string | null;
  /** SPDX expression. */
  readonly licence: string;
  /** Newest migration of its tables; null: it keeps none. */
  readonly schemaVersion: string | null;
  readonly startedAt: string;
  readonly limits: readonly LimitView[];
  readonly secrets: readonly SecretView[];
}

/** A role, and what it may do. */
export interface RoleView {
  readonly role: string;
  readonly permissions: readonly { readonly name: string; readonly text: string }[];
}

/** Answer of `GET /service-settings` of the console. */
export interface ConsoleSettingsView extends ServiceSettingsView {
  readonly roles: readonly RoleView[];
  /** Address of the bill of materials (CycloneDX); null: this build has none beside it. */
  readonly billOfMaterials: string | null;
}
