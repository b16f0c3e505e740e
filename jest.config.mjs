/** Domain, components and the SDK adapter. Node scripts, emulator and browser flows run under node:test (scripts/test.ts). */
const transformed = '@angular|@microsoft/windows-admin-center-sdk|@fluentui|@microsoft/fast|rxjs';
export default {
  preset: 'jest-preset-angular',
  roots: ['<rootDir>/src', '<rootDir>/test/jest'],
  setupFilesAfterEnv: ['<rootDir>/test/jest/setup.ts'],
  testMatch: ['**/*.spec.ts'],
  // A busy machine makes a test slow, not wrong: axe takes seconds in jsdom.
  testTimeout: 60_000,
  transformIgnorePatterns: [`node_modules/(?!(.*\\.mjs$|${transformed}))`],
  transform: {
    '^.+\\.(ts|js|mjs|html|svg)$': [
      'jest-preset-angular',
      { tsconfig: '<rootDir>/tsconfig.spec.json', stringifyContentPathRegex: '\\.(html|svg)$' },
    ],
  },
};
