import { apexOf, covers, isWildcard } from './host-pattern';

describe('covers', () => {
  it.each([
    ['*.update.microsoft.com', 'fe2.update.microsoft.com', true],
    ['*.core.windows.net', 'account.blob.core.windows.net', true],
    ['*.update.microsoft.com', 'update.microsoft.com', false],
    ['*.update.microsoft.com', 'windowsupdate.microsoft.com', false],
    ['*.update.microsoft.com', '.update.microsoft.com', false],
    ['azgn*.servicebus.windows.net', 'azgn42-eastus.servicebus.windows.net', true],
    ['azgn*.servicebus.windows.net', 'azgn.servicebus.windows.net', true],
    ['azgn*.servicebus.windows.net', 'a.azgn42.servicebus.windows.net', false],
    ['azgn*.servicebus.windows.net', 'azgn42.a.servicebus.windows.net', false],
    ['azgn*.servicebus.windows.net', 'other.servicebus.windows.net', false],
    ['azgn*.servicebus.windows.net', 'servicebus.windows.net', false],
    ['aba*.ba.example', 'aba.example', false],
    ['go.microsoft.com', 'go.microsoft.com', true],
    ['go.microsoft.com', 'a.go.microsoft.com', false],
  ])('%s, %s: %s', (pattern, host, expected) => {
    expect(covers(pattern, host)).toBe(expected);
  });
});

describe('isWildcard', () => {
  it('knows both forms of a wildcard', () => {
    expect(['*.a.example', 'azgn*.a.example', 'a.example'].map(isWildcard)).toEqual([true, true, false]);
  });
});

describe('apexOf', () => {
  it('names what a leading star leaves out, and nothing for a label that begins so', () => {
    expect(['*.a.example', 'azgn*.a.example', 'a.example'].map(apexOf)).toEqual([
      'a.example',
      undefined,
      undefined,
    ]);
  });
});
