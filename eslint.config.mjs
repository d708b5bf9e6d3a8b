import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

/**
 * The rules of the house (docs/architecture.md). Lint runs through nx (`npm run lint`): plain `eslint` skips the boundary
 * rule without a word when no project graph is cached. Every rule here has a seeded violation in tools/guards that must
 * turn red.
 */

/** Frameworks and clients that the pure layers must not know. */
const impure = ['@nestjs/*', 'kafkajs', '@kafkajs/*', 'typeorm', 'pg', 'stripe', 'rxjs', 'fastify'];
const nodeBuiltins = ['node:*', 'fs', 'path', 'crypto', 'http', 'https', 'net', 'os', 'child_process', 'worker_threads', 'timers'];
const restrictImports = (patterns) => ['error', { patterns }];
const kafkaOnlyInMessaging = {
  group: ['kafkajs', 'kafkajs/*'],
  message: 'Only libs/messaging may import the Kafka client (docs/adr/0003).',
};

/** Connectors and their registry but for the shapes of documents, which are pure. */
const noConnector = {
  regex: '^@tributary/(connector-(?!kit(/|$))[^/]+|target-registry)$',
  message: 'Pure: of a connector only its shapes.',
};

/** No clock and no randomness: both are arguments (I10). */
const noAmbient = [
  'error',
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'No clock here: take `now` as an argument.',
  },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'No clock here: take `now` as an argument.' },
  {
    selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
    message: 'No randomness here: take it as an argument.',
  },
  { selector: "CallExpression[callee.object.name='performance']", message: 'No clock here: take `now` as an argument.' },
];
/** `kafkaConnectionOf` gives brokers, client id, log and metrics together. */
const kafkaOptionsOutsideOfPlatform = [
  'error',
  {
    selector: "Property[key.name='brokers']",
    message: 'Connect to Kafka with kafkaConnectionOf of @tributary/platform: it parses KAFKA_BROKERS and wires the metrics.',
  },
  {
    selector: 'NewExpression[callee.name=/^Kafka(Publisher|Transport)$/] > ObjectExpression > Property[key.name=/^(metrics|log)$/]',
    message: 'The metrics and the log of a Kafka client come from kafkaConnectionOf of @tributary/platform.',
  },
];
/** What reads a page as it is at this moment. */
const readings = [
  ...['count', 'innerText', 'allInnerTexts', 'textContent', 'allTextContents', 'innerHTML', 'inputValue', 'getAttribute', 'title', 'url'],
  ...['isVisible', 'isHidden', 'isEnabled', 'isDisabled', 'isChecked', 'isEditable', 'evaluate', 'evaluateAll', 'boundingBox'],
].join('|');
/** What holds of a page on which something is not: `toBe(0)`, `toBe(false)`, `toEqual([])`, the same beside a name, and bounds. `not` is no matcher. */
const negative = [
  ...['arguments.0.value=0', 'arguments.0.value=false', 'arguments.0.elements.length=0'],
  ...['arguments.0.elements.1.value=0', 'arguments.0.elements.1.elements.length=0', "callee.property.name='toBeLessThanOrEqual'"],
].map((matcher) => `:not([${matcher}])`);
/** A busy machine draws a page later than a test looks at it. */
const pagesAreWaitedFor = [
  'error',
  {
    selector: [
      `CallExpression${negative.join('')} > MemberExpression.callee > CallExpression[callee.name='expect']`,
      `CallExpression[callee.property.name=/^(${readings})$/]:not(CallExpression[callee.name='eventually'] *)`,
    ].join(' '),
    message: 'A page is drawn when the machine has time: `await expectSoon(() => ...)`, which reads until it holds.',
  },
];
/** A list is shorter, and a text another one, while the page before still stands there. */
const pagesAreSettled = {
  selector:
    'VariableDeclarator > AwaitExpression.init > CallExpression[callee.property.name=/^(count|(all)?(inner|text)(contents?|texts?)|evaluateAll)$/i]',
  message: 'What later steps compare with may still be that of the page before: `await whenSettled(page, () => ...)`.',
};
/** I5: money is integer minor units. */
const noFloatMoney = [
  { selector: "CallExpression[callee.name='parseFloat']", message: 'I5: no float for money. Use libs/domain money.' },
  { selector: "CallExpression[callee.property.name='toFixed']", message: 'I5: no float for money. Use libs/domain money.' },
];

/** Which layer may import which. No circle between projects is excused. */
const boundaries = {
  enforceBuildableLibDependency: false,
  allow: [
    '#commands/*', // of tools itself: plain modules that run before anything is built
    '#doctor/*',
    '@tributary/console/routes', // pages and their addresses: one table for the server and the page
    '@tributary/recon/testing', // dead letters of a real recon, for the test of the console's desk
    '@tributary/console/testing', // hostile rows, one list for the components and the browser, and the names of roles
  ],
  depConstraints: [
    { sourceTag: 'layer:contracts', onlyDependOnLibsWithTags: [] },
    { sourceTag: 'layer:support', onlyDependOnLibsWithTags: [] },
    { sourceTag: 'layer:domain', onlyDependOnLibsWithTags: ['layer:contracts'] },
    // Of a connector, the pure layers may read the shapes of its documents only (see noConnector below).
    { sourceTag: 'layer:core', onlyDependOnLibsWithTags: ['layer:contracts', 'layer:domain', 'entry:shapes'] },
    { sourceTag: 'layer:platform', onlyDependOnLibsWithTags: ['layer:contracts', 'layer:domain', 'layer:core'] },
    { sourceTag: 'layer:adapter', onlyDependOnLibsWithTags: ['layer:contracts', 'layer:domain', 'layer:core', 'layer:platform'] },
    { sourceTag: 'layer:connector', onlyDependOnLibsWithTags: ['layer:contracts', 'layer:domain', 'layer:core', 'layer:platform'] },
    {
      sourceTag: 'layer:registry',
      onlyDependOnLibsWithTags: ['layer:contracts', 'layer:domain', 'layer:core', 'layer:platform', 'layer:connector'],
    },
    {
      sourceTag: 'layer:service',
      onlyDependOnLibsWithTags: [
        'layer:contracts',
        'layer:domain',
        'layer:core',
        'layer:platform',
        'layer:adapter',
        'layer:connector',
        'layer:registry',
      ],
    },
    { sourceTag: 'layer:web', onlyDependOnLibsWithTags: ['layer:contracts', 'layer:domain'] },
    { sourceTag: 'layer:emulator-kit', onlyDependOnLibsWithTags: [] },
    { sourceTag: 'layer:emulator', onlyDependOnLibsWithTags: ['layer:emulator-kit'] },
    {
      sourceTag: 'layer:proof',
      onlyDependOnLibsWithTags: [
        'layer:contracts',
        'layer:support',
        'layer:domain',
        'layer:core',
        'layer:platform',
        'layer:adapter',
        'layer:connector',
        'layer:registry',
      ],
    },
    {
      sourceTag: 'layer:tool',
      onlyDependOnLibsWithTags: [
        'layer:contracts',
        'layer:support',
        'layer:domain',
        'layer:core',
        'layer:platform',
        'layer:adapter',
        'layer:connector',
        'layer:registry',
        'layer:proof',
      ],
    },
  ],
};

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '**/.nx/**', '**/.tributary/**', '**/src/generated/**'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    plugins: { '@nx': nx },
    // Nest reads constructor types at run time: a class that is injected is no type-only import.
    languageOptions: { parserOptions: { emitDecoratorMetadata: true, experimentalDecorators: true } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false, fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-extraneous-class': 'off',
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-imports': restrictImports([kafkaOnlyInMessaging]),
      '@nx/enforce-module-boundaries': ['error', boundaries],
    },
  },
  {
    // Integration specs and their helpers of every project may start a real broker, registry and database; product code may not.
    files: ['**/*.int-spec.ts', '**/testing/**/*.ts', 'libs/*/test/**/*.ts', 'libs/connectors/*/test/**/*.ts'],
    rules: { '@nx/enforce-module-boundaries': ['error', { ...boundaries, allow: [...boundaries.allow, '@tributary/local-stack'] }] },
  },
  // The shortest script that a benchmark compares with uses the client as it comes, and so does the example for data teams.
  {
    files: ['libs/messaging/**/*.ts', 'proof/bench/floor-under-load.ts', 'proof/contracts/typescript/*.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    // Pure libraries: no framework, no Node built-in, no clock, no randomness.
    files: ['libs/{contracts,domain,posting,mapping}/src/**/*.ts'],
    ignores: ['**/*.spec.ts', '**/*.int-spec.ts', '**/testing/**'],
    rules: {
      'no-restricted-imports': restrictImports([
        kafkaOnlyInMessaging,
        { group: impure, message: 'Pure layer: no framework and no client.' },
        { group: nodeBuiltins, message: 'Pure layer: no Node built-in.' },
        noConnector,
      ]),
      'no-restricted-syntax': [...noAmbient, ...noFloatMoney],
    },
  },
  {
    // One way to connect to Kafka, so that every service parses KAFKA_BROKERS alike and publishes the same metrics.
    files: ['services/*/src/**/*.ts', 'src/**/*.ts'],
    ignores: ['**/*.spec.ts', '**/*.int-spec.ts', '**/testing/**', 'libs/**', 'emulators/**'],
    rules: { 'no-restricted-syntax': kafkaOptionsOutsideOfPlatform },
  },
  {
    files: ['services/*/src/**/decide/**/*.ts', '**/decide/**/*.ts'],
    ignores: ['**/*.spec.ts', '**/*.int-spec.ts'],
    rules: {
      'no-restricted-imports': restrictImports([
        kafkaOnlyInMessaging,
        { group: impure, message: 'decide/ is pure: no framework and no client.' },
        { group: nodeBuiltins, message: 'decide/ is pure: no Node built-in.' },
        { group: ['**/accept/**', '**/emit/**'], message: 'decide/ imports neither sibling room.' },
        { group: ['@tributary/platform', '@tributary/messaging', '@tributary/persistence'], message: 'decide/ is pure: no adapter.' },
        { ...noConnector, message: 'decide/ is pure: no adapter.' },
      ]),
      'no-restricted-syntax': [...noAmbient, ...noFloatMoney],
    },
  },
  {
    files: ['services/*/src/**/emit/**/*.ts', '**/emit/**/*.ts'],
    rules: {
      'no-restricted-imports': restrictImports([
        kafkaOnlyInMessaging,
        { group: ['**/accept/**'], message: 'emit/ never imports accept/: data passes accept -> decide -> emit.' },
      ]),
    },
  },
  {
    files: ['**/web-test/**/*.ts', '**/proof/console/**/*.ts'],
    rules: { 'no-restricted-syntax': pagesAreWaitedFor },
  },
  {
    files: ['services/console/web-test/**/*.ts'],
    rules: { 'no-restricted-syntax': [...pagesAreWaitedFor, pagesAreSettled] },
  },
  {
    // Emulators know nobody: nothing of ours but the parts that only they share.
    files: ['emulators/**/*.ts'],
    ignores: ['**/*.spec.ts', '**/*.int-spec.ts'],
    rules: {
      'no-restricted-imports': restrictImports([
        kafkaOnlyInMessaging,
        { group: ['@tributary/*', '!@tributary/emulator-kit'], message: 'Emulators share no code with anything of ours.' },
      ]),
    },
  },
  { files: ['tools/**/*.{mjs,ts}', 'proof/**/*.ts', '**/*.mjs'], rules: { 'no-console': 'off' } },
  prettier,
);
