const CALL = '}\nSmeSubmit';

/**
 * Makes the script text of the SDK's `PowerShell.createCommand` safe for every value.
 *
 * createCommand puts each value as JSON between single quotes and doubles only the ASCII quote. PowerShell ends
 * such a literal at U+2018, U+2019, U+201A and U+201B too (about_Quoting_Rules), so a value could break out and run
 * as script. Behind the call every character outside ASCII sits inside JSON, where `\uXXXX` means the same.
 *
 * @throws Error when the text has no call; nothing may be sent then
 */
export function escapeCommandScript(script: string): string {
  const call = script.lastIndexOf(CALL);
  if (call < 0) throw new Error('This is not a command script: it has no call to its function.');
  return script.slice(0, call) + escapeNonAscii(script.slice(call));
}

function escapeNonAscii(text: string): string {
  return text.replace(/[^\x20-\x7e\n]/g, character => {
    const code = character.charCodeAt(0).toString(16).padStart(4, '0');
    return `\\u${code}`;
  });
}
