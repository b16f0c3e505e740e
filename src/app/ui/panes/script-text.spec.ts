import { scriptText } from './script-text';

describe('The text of a script', () => {
  it('is the script as it is when there are no parameters', () => {
    expect(scriptText({ name: 'Get-ProxySetting' }, 'param()\n1\n')).toBe(
      '# Get-ProxySetting\r\n& {\r\nparam()\n1\r\n}\r\n',
    );
  });

  it('keeps hostile values inside the data', () => {
    const hostile = "'\r\n'@; Remove-Item C:\\ #\u2019";
    const text = scriptText({ name: 'Test-Endpoint', parameters: { A: hostile, B: [1] } }, 'param($A, $B)');
    const lines = text.split('\r\n');
    expect(lines[1]).toBe("$parameters = ConvertFrom-Json @'");
    expect(JSON.parse(lines[2] ?? '')).toEqual({ A: hostile, B: [1] });
    expect(lines[3]).toBe("'@");
    expect(lines.at(-2)).toBe('} -A $parameters.A -B $parameters.B');
    expect(text).not.toContain('\u2019');
  });
});
