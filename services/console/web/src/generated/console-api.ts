// Generated from docs/reference/openapi/console.json by `npm run docs:generate`. Do not edit.
export interface paths {
  readonly '/api/{path}': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * What recon, or the erp-sinks together, answer to GET at this path.
     * @description Needs the permission `payments.read`.
     */
    readonly get: operations['ApiController.pass'];
    readonly put?: never;
    /**
     * Gives an order to recon, or to the erp-sink that serves the target.
     * @description Needs the permission `letters.read`.
     */
    readonly post: operations['ApiOrderController.pass'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/identity/colleagues': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Names of people to whom a dead letter can be given.
     * @description Needs the permission `letters.discuss`.
     */
    readonly get: operations['ColleagueController.list'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/identity/me': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Who is signed in, what they may do, and how one can sign in.
     * @description Everybody may call it: tells and changes nothing but what belongs to the session that asks.
     */
    readonly get: operations['SessionController.me'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/identity/oidc/callback': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Takes a browser back from the identity provider, and starts a session.
     * @description Everybody may call it: whoever signs in has no session yet; answers of the provider are bound to the browser that asked.
     */
    readonly get: operations['OidcController.callback'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/identity/oidc/start': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Sends a browser to the identity provider.
     * @description Everybody may call it: whoever signs in has no session yet; answers of the provider are bound to the browser that asked.
     */
    readonly get: operations['OidcController.start'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/identity/password': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /**
     * Sets or changes the own password.
     * @description Everybody may call it: tells and changes nothing but what belongs to the session that asks.
     */
    readonly post: operations['SessionController.changePassword'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/identity/people': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Who there is and what they may do.
     * @description Needs the permission `people.manage`.
     */
    readonly get: operations['PeopleController.list'];
    readonly put?: never;
    /**
     * Adds a person without a password.
     * @description Needs the permission `people.manage`.
     */
    readonly post: operations['PeopleController.add'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/identity/people/{id}': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    /**
     * Changes the roles of a person, or locks them out.
     * @description Needs the permission `people.manage`.
     */
    readonly patch: operations['PeopleController.change'];
    readonly trace?: never;
  };
  readonly '/identity/people/{id}/sign-in-link': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /**
     * Makes a link that signs a person in once.
     * @description Needs the permission `people.manage`.
     */
    readonly post: operations['PeopleController.link'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/identity/revocations': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * What other services refuse although it has not expired; with an ETag.
     * @description Needs the permission `revocations.read`.
     */
    readonly get: operations['RevocationController.list'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/identity/sessions': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Where whoever asks is signed in.
     * @description Everybody may call it: tells and ends nothing but the sessions of whoever asks, and needs one of them.
     */
    readonly get: operations['OwnSessionsController.list'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/identity/sessions/{id}': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    readonly post?: never;
    /**
     * Ends one of the own sessions.
     * @description Everybody may call it: tells and ends nothing but the sessions of whoever asks, and needs one of them.
     */
    readonly delete: operations['OwnSessionsController.end'];
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/identity/set-up': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /**
     * Adds the first person, an admin, and starts a session.
     * @description Everybody may call it: whoever signs in has no session yet; limited per address and per name.
     */
    readonly post: operations['SignInController.setUp'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/identity/sign-in': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /**
     * Starts a session with a name and a password.
     * @description Everybody may call it: whoever signs in has no session yet; limited per address and per name.
     */
    readonly post: operations['SignInController.signIn'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/identity/sign-in/link': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /**
     * Starts a session with the code of a link that works once.
     * @description Everybody may call it: whoever signs in has no session yet; limited per address and per name.
     */
    readonly post: operations['SignInController.useLink'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/identity/sign-out': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /**
     * Ends the session, or all of the person.
     * @description Everybody may call it: tells and changes nothing but what belongs to the session that asks.
     */
    readonly post: operations['SessionController.signOut'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/identity/tokens': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Own API tokens, or those of all.
     * @description Needs the permission `payments.read`.
     */
    readonly get: operations['TokenController.list'];
    readonly put?: never;
    /**
     * Makes an API token, which is shown once.
     * @description Needs the permission `payments.read`.
     */
    readonly post: operations['TokenController.make'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/identity/tokens/{id}': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    readonly post?: never;
    /**
     * Withdraws an API token.
     * @description Needs the permission `payments.read`.
     */
    readonly delete: operations['TokenController.withdraw'];
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/log-level': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * The levels of the log of the process that answers, until when, and the names of its loggers.
     * @description Needs the permission `logs.set`.
     */
    readonly get: operations['LogLevelController.show'];
    /**
     * Sets the level of the log of the process that answers, or of some of its loggers, for a time.
     * @description Needs the permission `logs.set`.
     */
    readonly put: operations['LogLevelController.set'];
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/service-settings': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Version, limits, secrets by reference, and what each role may do.
     * @description Needs the permission `people.manage`.
     */
    readonly get: operations['ConsoleSettingsController.settings'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/service-settings/sbom.cdx.json': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * The bill of materials of this build.
     * @description Needs the permission `people.manage`.
     */
    readonly get: operations['ConsoleSettingsController.billOfMaterials'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    /** @description An API token, as `GET /identity/tokens` lists it. */
    readonly ApiTokenView: {
      readonly id: string;
      readonly subject: string;
      readonly personName: string;
      readonly name: string;
      readonly scope: readonly string[];
      readonly createdAt: string;
      readonly expiresAt: string;
      readonly withdrawnAt: string | null;
    };
    /** @description Answer of `GET /identity/tokens`. */
    readonly ApiTokensView: {
      readonly tokens: readonly components['schemas']['ApiTokenView'][];
    };
    /** @description Somebody to whom a dead letter can be given, as `GET /identity/colleagues` lists them. */
    readonly ColleagueView: {
      readonly subject: string;
      readonly name: string;
    };
    /** @description Answer of `GET /identity/colleagues`. */
    readonly ColleaguesView: {
      readonly colleagues: readonly components['schemas']['ColleagueView'][];
    };
    /** @description Answer of `GET /service-settings` of the console. */
    readonly ConsoleSettingsView: {
      readonly service: string;
      /** @description Version of the release. */
      readonly version: string;
      /** @description Commit that it was built from; null: not known here. */
      readonly commit: string | null;
      /** @description SPDX expression. */
      readonly licence: string;
      /** @description Newest migration of its tables; null: it keeps none. */
      readonly schemaVersion: string | null;
      readonly startedAt: string;
      readonly limits: readonly components['schemas']['LimitView'][];
      readonly secrets: readonly components['schemas']['SecretView'][];
      readonly roles: readonly components['schemas']['RoleView'][];
      /** @description Address of the bill of materials (CycloneDX); null: this build has none beside it. */
      readonly billOfMaterials: string | null;
    };
    /** @description Every answer that is not 2xx. */
    readonly ErrorView: {
      /** @description Stable dotted code (docs/error-codes.md); `Bad Request` and its like where the framework refused. */
      readonly error?: string;
      readonly message: string;
      readonly statusCode?: number;
    };
    /** @description A role, for one target or for all (`*`), as the console's API shows it. */
    readonly GrantView: {
      readonly role: string;
      readonly target: string;
    };
    /** @description A limit that a service keeps to. */
    readonly LimitView: {
      /** @description Name of its variable; of a limit that cannot be set, its name in words. */
      readonly name: string;
      readonly value: string;
      /** @description What it limits, with its unit. */
      readonly text: string;
      /** @description True: it is what the service brings, nobody has set it. */
      readonly isDefault: boolean;
    };
    /** @description Answer of `GET /log-level` and `PUT /log-level`. */
    readonly LogLevelView: {
      /** @description The level that was set for all loggers; null: that of the configuration. */
      readonly level: string | null;
      /** @description When that of the configuration comes back; null: it is in force. */
      readonly until: string | null;
      /** @description Loggers that have a level of their own: one that was set comes before that of all, one of the configuration after it. */
      readonly loggers: readonly components['schemas']['NamedLogLevelView'][];
      /** @description Names of the loggers that the process has, as far as they have written: what lines have as `context`. */
      readonly names: readonly string[];
    };
    /** @description The level of some loggers. */
    readonly NamedLogLevelView: {
      /** @description Beginning of the names of the loggers that are meant, in any case. */
      readonly logger: string;
      readonly level: string;
      /** @description When it ends; null: never, it is that of the configuration (LOG_LEVELS). */
      readonly until: string | null;
    };
    /** @description Answer of `POST /identity/tokens`: the only time that the token is shown. */
    readonly NewApiTokenView: {
      readonly id: string;
      readonly token: string;
      readonly expiresAt: string;
    };
    /** @description A session of whoever asks, as `GET /identity/sessions` lists it. */
    readonly OwnSessionView: {
      readonly id: string;
      /** @description `password`, `link`, `oidc` or `set-up`. */
      readonly method: string;
      readonly startedAt: string;
      readonly usedAt: string;
      /** @description Whether it is the session that asks. */
      readonly current: boolean;
    };
    /** @description Answer of `GET /identity/sessions`. */
    readonly OwnSessionsView: {
      readonly sessions: readonly components['schemas']['OwnSessionView'][];
    };
    /** @description Answer of `GET /identity/people`. */
    readonly PeoplePage: {
      readonly people: readonly components['schemas']['PersonView'][];
      readonly next: string | null;
      readonly previous: string | null;
    };
    /** @description A person, as `GET /identity/people` lists them. */
    readonly PersonView: {
      readonly id: string;
      readonly subject: string;
      readonly name: string;
      /** @description Name for signing in with a password; null for people of the identity provider. */
      readonly login: string | null;
      /** @description Issuer of the identity provider; null for people of this installation. */
      readonly issuer: string | null;
      readonly hasPassword: boolean;
      readonly locked: boolean;
      readonly grants: readonly components['schemas']['GrantView'][];
    };
    /** @description Answer of `GET /identity/revocations`: what other services refuse although it has not expired. */
    readonly RevocationsView: {
      /** @description Ids of tokens. */
      readonly tokens: readonly string[];
      /** @description Subjects whose tokens that were issued before a time (s since 1970) are refused. */
      readonly subjects: readonly {
        readonly subject: string;
        readonly issuedBefore: number;
      }[];
    };
    /** @description A role, and what it may do. */
    readonly RoleView: {
      readonly role: string;
      readonly permissions: readonly {
        readonly name: string;
        readonly text: string;
      }[];
    };
    /** @description A secret, by reference: what it is called and where it comes from. Never what it is. */
    readonly SecretView: {
      /** @description Name of its variable. */
      readonly name: string;
      /** @description What it is for. */
      readonly text: string;
      /** @enum {string} */
      readonly from: 'file' | 'environment' | 'not set';
      /** @description When it was last read; null: it was not read yet, or does not change while the service runs. */
      readonly readAt: string | null;
    };
    /** @description Answer of `POST /identity/people/:id/sign-in-link`: the page is `/sign-in/link#<code>`. */
    readonly SignInLinkView: {
      readonly code: string;
      readonly expiresAt: string;
    };
    /** @description How somebody can sign in at this console. */
    readonly SignInOptionsView: {
      /** @description Whether people of this installation sign in with a password. */
      readonly password: boolean;
      /** @description Name of the identity provider; null where none is configured. */
      readonly provider: string | null;
      /** @description Nobody was added yet: the first person is, with the set-up code. */
      readonly setUp: boolean;
    };
    /** @description Who is signed in. */
    readonly SignedInView: {
      readonly subject: string;
      readonly name: string;
      readonly grants: readonly components['schemas']['GrantView'][];
      /** @description What they may do for at least one target. */
      readonly permissions: readonly string[];
      /** @description `password`, `link`, `oidc` or `set-up`; null for an API token. */
      readonly method: string | null;
      /**
       * @description Whether they have a password here, and could have one.
       * @enum {string}
       */
      readonly password: 'set' | 'none' | 'elsewhere';
      /** @description For the header `x-csrf-token` of every request that is not a GET; null for an API token. */
      readonly csrfToken: string | null;
      /** @description When the session ends without further use, ISO 8601; null for an API token. */
      readonly endsAt: string | null;
    };
    /** @description Answer of `POST /identity/sign-out`. `redirect`: where to sign out at the identity provider. */
    readonly SignedOutView: {
      readonly redirect: string | null;
    };
    /** @description Answer of the console's `GET /identity/me`. */
    readonly WhoAmIView: {
      /** @description False where no identity is configured: everybody at this machine may do everything, and there is nothing to sign in to. */
      readonly identityConfigured: boolean;
      /** @description Null: nobody is signed in. */
      readonly person: components['schemas']['SignedInView'] | null;
      readonly options: components['schemas']['SignInOptionsView'];
    };
  };
  responses: {
    /** @description The request does not fit: `message` names each field. */
    readonly Invalid: {
      headers: {
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/json': components['schemas']['ErrorView'];
      };
    };
    /** @description Nobody is known to ask: `identity.missing`, `identity.expired`, `identity.invalid`, `identity.withdrawn`. */
    readonly Unknown: {
      headers: {
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/json': components['schemas']['ErrorView'];
      };
    };
    /** @description Whoever asks lacks the permission: `identity.forbidden`. */
    readonly Forbidden: {
      headers: {
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/json': components['schemas']['ErrorView'];
      };
    };
    /** @description What is needed to answer is away for the moment, a database for example. */
    readonly Away: {
      headers: {
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/json': components['schemas']['ErrorView'];
      };
    };
  };
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  readonly 'ApiController.pass': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        readonly path: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      /** @description `api.unknown`, `target.unknown`. */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      /** @description `recon.silent`. */
      readonly 502: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      readonly 503: components['responses']['Away'];
      /** @description What that service answers: see its document. */
      readonly default: {
        headers: {
          readonly [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  readonly 'ApiOrderController.pass': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        readonly path: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description The request does not fit: `message` names each field. Also: `target.missing`. */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      /** @description `api.unknown`, `target.unknown`. */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      /** @description `recon.silent`, `target.sink-silent`. */
      readonly 502: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      readonly 503: components['responses']['Away'];
      /** @description What that service answers: see its document. */
      readonly default: {
        headers: {
          readonly [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  readonly 'ColleagueController.list': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description ColleaguesView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ColleaguesView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'SessionController.me': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description WhoAmIView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['WhoAmIView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'OidcController.callback': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description Elsewhere, with cookies. */
      readonly 302: {
        headers: {
          readonly [name: string]: unknown;
        };
        content?: never;
      };
      readonly 400: components['responses']['Invalid'];
      /** @description Nobody is known to ask: `identity.missing`, `identity.expired`, `identity.invalid`, `identity.withdrawn`. Also: `identity.provider-refused`. */
      readonly 401: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'OidcController.start': {
    readonly parameters: {
      readonly query?: {
        readonly return?: string;
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description Elsewhere, with cookies. */
      readonly 302: {
        headers: {
          readonly [name: string]: unknown;
        };
        content?: never;
      };
      readonly 400: components['responses']['Invalid'];
      /** @description Nobody is known to ask: `identity.missing`, `identity.expired`, `identity.invalid`, `identity.withdrawn`. Also: `identity.provider-refused`. */
      readonly 401: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      /** @description `identity.too-many-attempts`. */
      readonly 429: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'SessionController.changePassword': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': {
          /** @default  */
          readonly current?: string;
          readonly password: string;
        };
      };
    };
    readonly responses: {
      /** @description Done. */
      readonly 204: {
        headers: {
          readonly [name: string]: unknown;
        };
        content?: never;
      };
      readonly 400: components['responses']['Invalid'];
      /** @description Nobody is known to ask: `identity.missing`, `identity.expired`, `identity.invalid`, `identity.withdrawn`. Also: `identity.session-needed`, `identity.sign-in-refused`. */
      readonly 401: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      /** @description `identity.password-refused`. */
      readonly 422: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'PeopleController.list': {
    readonly parameters: {
      readonly query?: {
        readonly after?: string;
        readonly before?: string;
        readonly limit?: number;
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description PeoplePage */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['PeoplePage'];
        };
      };
      /** @description The request does not fit: `message` names each field. Also: `identity.body-invalid`. */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'PeopleController.add': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': {
          readonly name: string;
          readonly login: string;
          /** @default [] */
          readonly grants?: readonly {
            /** @enum {string} */
            readonly role: 'viewer' | 'accountant' | 'engineer' | 'approver' | 'admin';
            readonly target: string;
          }[];
        };
      };
    };
    readonly responses: {
      /** @description PersonView */
      readonly 201: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['PersonView'];
        };
      };
      /** @description The request does not fit: `message` names each field. Also: `identity.body-invalid`. */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      /** @description `identity.name-taken`. */
      readonly 409: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'PeopleController.change': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': {
          readonly grants?: readonly {
            /** @enum {string} */
            readonly role: 'viewer' | 'accountant' | 'engineer' | 'approver' | 'admin';
            readonly target: string;
          }[];
          readonly locked?: boolean;
        };
      };
    };
    readonly responses: {
      /** @description PersonView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['PersonView'];
        };
      };
      /** @description The request does not fit: `message` names each field. Also: `identity.body-invalid`. */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      readonly 401: components['responses']['Unknown'];
      /** @description Whoever asks lacks the permission: `identity.forbidden`. Also: `identity.own-access`. */
      readonly 403: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      /** @description `identity.person-unknown`. */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      /** @description `identity.last-admin`. */
      readonly 409: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'PeopleController.link': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description SignInLinkView */
      readonly 201: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['SignInLinkView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      /** @description `identity.person-unknown`. */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'RevocationController.list': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description RevocationsView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['RevocationsView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'OwnSessionsController.list': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description OwnSessionsView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['OwnSessionsView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      /** @description Nobody is known to ask: `identity.missing`, `identity.expired`, `identity.invalid`, `identity.withdrawn`. Also: `identity.session-needed`. */
      readonly 401: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'OwnSessionsController.end': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description Done. */
      readonly 204: {
        headers: {
          readonly [name: string]: unknown;
        };
        content?: never;
      };
      readonly 400: components['responses']['Invalid'];
      /** @description Nobody is known to ask: `identity.missing`, `identity.expired`, `identity.invalid`, `identity.withdrawn`. Also: `identity.session-needed`. */
      readonly 401: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      /** @description `identity.session-unknown`. */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'SignInController.setUp': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': {
          readonly code: string;
          readonly name: string;
          readonly login: string;
          readonly password: string;
        };
      };
    };
    readonly responses: {
      /** @description Done. */
      readonly 204: {
        headers: {
          readonly [name: string]: unknown;
        };
        content?: never;
      };
      readonly 400: components['responses']['Invalid'];
      /** @description Nobody is known to ask: `identity.missing`, `identity.expired`, `identity.invalid`, `identity.withdrawn`. Also: `identity.set-up-refused`. */
      readonly 401: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      /** @description Whoever asks lacks the permission: `identity.forbidden`. Also: `identity.https-needed`. */
      readonly 403: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      /** @description `identity.set-up-done`. */
      readonly 409: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      /** @description `identity.password-refused`. */
      readonly 422: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      /** @description `identity.too-many-attempts`. */
      readonly 429: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'SignInController.signIn': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': {
          readonly login: string;
          readonly password: string;
        };
      };
    };
    readonly responses: {
      /** @description Done. */
      readonly 204: {
        headers: {
          readonly [name: string]: unknown;
        };
        content?: never;
      };
      readonly 400: components['responses']['Invalid'];
      /** @description Nobody is known to ask: `identity.missing`, `identity.expired`, `identity.invalid`, `identity.withdrawn`. Also: `identity.sign-in-refused`. */
      readonly 401: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      /** @description Whoever asks lacks the permission: `identity.forbidden`. Also: `identity.https-needed`. */
      readonly 403: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      /** @description `identity.too-many-attempts`. */
      readonly 429: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'SignInController.useLink': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': {
          readonly code: string;
        };
      };
    };
    readonly responses: {
      /** @description Done. */
      readonly 204: {
        headers: {
          readonly [name: string]: unknown;
        };
        content?: never;
      };
      readonly 400: components['responses']['Invalid'];
      /** @description Nobody is known to ask: `identity.missing`, `identity.expired`, `identity.invalid`, `identity.withdrawn`. Also: `identity.link-refused`. */
      readonly 401: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      /** @description Whoever asks lacks the permission: `identity.forbidden`. Also: `identity.https-needed`. */
      readonly 403: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      /** @description `identity.too-many-attempts`. */
      readonly 429: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'SessionController.signOut': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': {
          /** @default false */
          readonly everywhere?: boolean;
        };
      };
    };
    readonly responses: {
      /** @description SignedOutView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['SignedOutView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'TokenController.list': {
    readonly parameters: {
      readonly query?: {
        readonly of?: 'everybody';
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description ApiTokensView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ApiTokensView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      /** @description `identity.token-unknown`. */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'TokenController.make': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': {
          readonly name: string;
          readonly scope: readonly (
            | 'payments.read'
            | 'letters.read'
            | 'payloads.read'
            | 'letters.discuss'
            | 'orders.create'
            | 'orders.edit'
            | 'orders.resolve'
            | 'orders.cancel'
            | 'orders.approve'
            | 'groups.release'
            | 'ledger.read'
            | 'rebuilds.run'
            | 'rebuilds.approve'
            | 'translations.run'
            | 'revocations.read'
            | 'targets.manage'
            | 'logs.set'
            | 'notifications.acknowledge'
            | 'notifications.manage'
            | 'audit.read'
            | 'audit.report'
            | 'people.manage'
            | 'tokens.manage'
            | 'personal-data.erase'
          )[];
          /** @default 30 */
          readonly days?: number;
        };
      };
    };
    readonly responses: {
      /** @description NewApiTokenView */
      readonly 201: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['NewApiTokenView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      /** @description Whoever asks lacks the permission: `identity.forbidden`. Also: `identity.scope-too-wide`. */
      readonly 403: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      /** @description `identity.person-unknown`. */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      /** @description `identity.too-many-tokens`. */
      readonly 409: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'TokenController.withdraw': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description Done. */
      readonly 204: {
        headers: {
          readonly [name: string]: unknown;
        };
        content?: never;
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      /** @description `identity.token-unknown`. */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'LogLevelController.show': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description LogLevelView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['LogLevelView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'LogLevelController.set': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': {
          /** @enum {string} */
          readonly level: 'trace' | 'debug' | 'info' | 'warn' | 'error';
          readonly logger?: string;
          readonly forMinutes: number;
          readonly reason: string;
        };
      };
    };
    readonly responses: {
      /** @description LogLevelView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['LogLevelView'];
        };
      };
      /** @description The request does not fit: `message` names each field. Also: `log-level.invalid`. */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      /** @description What is needed to answer is away for the moment, a database for example. Also: `log-level.worker-silent`, `log-level.not-recorded`. */
      readonly 503: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
    };
  };
  readonly 'ConsoleSettingsController.settings': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description ConsoleSettingsView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ConsoleSettingsView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'ConsoleSettingsController.billOfMaterials': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description The file. */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': Record<string, never>;
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      /** @description `sbom.unknown`. */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      readonly 503: components['responses']['Away'];
    };
  };
}
