import angular from 'angular-eslint';
import tseslint from 'typescript-eslint';

const SDK = '@microsoft/windows-admin-center-sdk';
const sdkOnlyInWac = [
  'error',
  {
    patterns: [
      { group: [SDK, `${SDK}/*`], message: 'Only src/app/wac imports the SDK; use its interfaces.' },
    ],
  },
];

/**
 * The way of the data: in each feature, folders in the order of its steps. A step imports its own and earlier ones; what
 * comes before `state` is rules, in plain TypeScript.
 */
const STEPS = {
  allowlist: ['catalog', 'choice', 'list', 'state', 'page'],
  'own-rules': ['rules', 'state', 'page'],
  reachability: ['plan', 'probe', 'verdict', 'run', 'finding', 'record', 'view', 'state', 'page'],
  overview: ['rules', 'page'],
  proxy: ['setting', 'module', 'change', 'state', 'page'],
  export: ['text', 'formats', 'allowlist', 'results'],
  coverage: ['entries', 'read', 'compare', 'state', 'page'],
};
const PLAIN = [
  { group: [SDK, `${SDK}/*`], message: 'Only src/app/wac imports the SDK; use its interfaces.' },
  { group: ['@angular/*'], message: 'Domain rules are plain TypeScript, without Angular.' },
  { group: ['**/*.component', '**/*.page', '**/page/**'], message: 'Rules import no component.' },
  { group: ['**/*.store', '**/state/**'], message: 'Rules do not know who keeps their results.' },
];
const NO_PAGES = [{ group: ['**/page/**'], message: 'What a page shows does not know the page.' }];

/** A room may bear the name of another feature (`export/allowlist`): then that feature's own rooms are not meant. */
function laterSteps(steps) {
  const each = steps.map(step => (STEPS[step] ? `${step}/(?!(?:${STEPS[step].join('|')})/)` : `${step}/`));
  return `^(\\.\\./)+(?:${each.join('|')})`;
}

/** What one folder of a feature may import. */
function stepRules(feature, step) {
  const steps = STEPS[feature];
  const isRules = step !== 'state' && step !== 'page';
  const later = steps.slice(steps.indexOf(step) + 1);
  const patterns = [
    ...(isRules ? PLAIN : [...sdkOnlyInWac[1].patterns, ...(step === 'state' ? NO_PAGES : [])]),
    ...(later.length === 0
      ? []
      : [{ regex: laterSteps(later), message: `${step} comes before it: data goes one way.` }]),
  ];
  return {
    files: [`src/app/${feature}/${step}/**/*.ts`],
    ignores: ['**/*.spec.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns }] },
  };
}
const house = {
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
  '@typescript-eslint/no-confusing-void-expression': 'off',
  '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
  'no-restricted-syntax': [
    'error',
    { selector: 'ExportDefaultDeclaration', message: 'No default exports: a thing has one name.' },
    {
      selector: "MemberExpression[property.name='innerHTML']",
      message: 'No innerHTML: node data is hostile.',
    },
    {
      selector: 'CallExpression[callee.property.name=/^toLocale(Date|Time)?String$/][arguments.length=0]',
      message: "Dates and numbers speak the shell's language: TIMES, or its locale as the first argument.",
    },
    {
      selector: "MemberExpression[property.name='outerHTML']",
      message: 'No outerHTML: node data is hostile.',
    },
  ],
  'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
  eqeqeq: 'error',
};

export default tseslint.config(
  {
    ignores: [
      'node_modules',
      '.tools',
      '.generated',
      '.angular',
      'dist',
      'src/generated',
      '**/bin',
      '**/obj',
    ],
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/catalog/tools/**'],
    extends: [...tseslint.configs.strictTypeChecked, ...angular.configs.tsRecommended],
    processor: angular.processInlineTemplates,
    languageOptions: { parserOptions: { project: './tsconfig.spec.json' } },
    rules: {
      ...house,
      'no-restricted-imports': sdkOnlyInWac,
      '@angular-eslint/component-selector': ['error', { type: 'element', prefix: 'oc', style: 'kebab-case' }],
      '@angular-eslint/component-class-suffix': ['error', { suffixes: ['Component', 'Page'] }],
    },
  },
  ...Object.entries(STEPS).flatMap(([feature, steps]) => steps.map(step => stepRules(feature, step))),
  {
    // Domain code that has no steps.
    files: ['src/app/{cluster,changes}/**/*.ts', 'src/cli/**/*.ts'],
    ignores: ['**/*.{page,component,store,spec,directive}.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: PLAIN }] },
  },
  {
    files: ['src/app/wac/**/*.ts'],
    rules: {
      'no-restricted-imports': 'off',
      // The SDK is compiled without strict null checks: its typings promise what may be missing.
      '@typescript-eslint/no-unnecessary-condition': 'off',
    },
  },
  {
    files: ['src/**/*.spec.ts', 'test/**/*.ts'],
    rules: { 'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: ['src/**/*.html'],
    extends: [...angular.configs.templateRecommended, ...angular.configs.templateAccessibility],
  },
  {
    files: ['scripts/**/*.ts', 'src/catalog/tools/**/*.ts', 'emulator/**/*.ts', 'test/**/*.ts'],
    ignores: ['test/jest/**', 'emulator/shell/browser/**'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.node.json' } },
    rules: {
      ...house,
      // node:test's own functions return promises that it awaits itself.
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', package: 'node:test', name: ['test', 'it', 'describe', 'suite'] },
          ],
        },
      ],
    },
  },
  {
    files: ['emulator/shell/browser/**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: './emulator/shell/browser/tsconfig.json' } },
    rules: {
      ...house,
      // The SDK is compiled without strict null checks: its typings promise what may be missing.
      '@typescript-eslint/no-unnecessary-condition': 'off',
    },
  },
  {
    files: ['test/jest/**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.spec.json' } },
    rules: house,
  },
);
