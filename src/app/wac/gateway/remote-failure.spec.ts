import { toRemoteError } from './remote-failure';

describe('toRemoteError', () => {
  it.each([
    [504, { error: { code: 'WinRMConnection', message: 'no answer' } }, 'unreachable', 'no answer'],
    [400, { error: { code: 'WinRMConnection', message: 'no answer' } }, 'unreachable', 'no answer'],
    [
      403,
      { error: { code: 'Unauthorized', message: 'denied', forbidden: 'Unauthorized' } },
      'access-denied',
      'denied',
    ],
    // A gateway that is away for a moment says nothing of the node.
    [502, null, 'gateway', 'ajax error'],
    [503, null, 'gateway', 'ajax error'],
    [504, { error: { code: 'Busy', message: 'try again' } }, 'gateway', 'try again'],
    // Windows-Admin-Center-Ideas-and-Feedback 281: remoting that fails comes as a bad request.
    [
      400,
      {
        error: {
          code: 'PSRemotingTransportException',
          message: 'Connecting to remote server node1 failed : WinRM cannot complete the operation.',
        },
      },
      'unreachable',
      'Connecting to remote server node1 failed : WinRM cannot complete the operation.',
    ],
    [
      400,
      { errors: [{ message: 'Connecting to remote server node1 failed : Access is denied.' }] },
      'access-denied',
      'Connecting to remote server node1 failed : Access is denied.',
    ],
    [401, null, 'access-denied', 'ajax error'],
    [500, 'not json', 'gateway', 'ajax error'],
    [400, { errors: [{ message: 'it broke' }] }, 'script', 'it broke'],
    [400, { properties: { errors: [{ message: 'it broke' }] } }, 'script', 'it broke'],
    [
      400,
      { errors: [{ message: 'LanguageMode:ConstrainedLanguage' }] },
      'constrained-language',
      'LanguageMode:ConstrainedLanguage',
    ],
    [0, null, 'gateway', 'ajax error'],
  ])('reads status %s', (status, response, kind, message) => {
    const error = toRemoteError('node1', { status, response, message: 'ajax error' });
    expect(error).toMatchObject({ kind, node: 'node1', message });
  });

  it.each([
    ['WinRM kann den Vorgang nicht abschließen.', 'unreachable'],
    ['Zugriff verweigert', 'access-denied'],
    ['Accès refusé.', 'access-denied'],
    ['アクセスが拒否されました。', 'access-denied'],
    ['0x80070005', 'access-denied'],
  ])('reads what remoting says in other languages: %s', (words, kind) => {
    const message = `Beim Verbinden mit dem Remoteserver "node1": ${words} Hilfethema "about_Remote_Troubleshooting".`;
    const error = { code: 'PSRemotingTransportException', message };
    expect(toRemoteError('node1', { status: 400, response: { error } }).kind).toBe(kind);
    expect(toRemoteError('node1', { status: 400, response: { errors: [{ message }] } }).kind).toBe(kind);
  });

  it("leaves a script's own words about access to the script", () => {
    const errors = [{ message: 'Access is denied to the registry key; WinRM runs.' }];
    expect(toRemoteError('node1', { status: 400, response: { errors } }).kind).toBe('script');
  });

  it('survives what is no error object', () => {
    expect(toRemoteError('node1', undefined)).toMatchObject({ kind: 'gateway', message: 'undefined' });
    expect(toRemoteError('node1', null).kind).toBe('gateway');
  });
});
