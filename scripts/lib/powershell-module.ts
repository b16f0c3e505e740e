import { nodeScript, nodeScriptNames } from './node-scripts.ts';

/** The extension's PowerShell module: what a site signs when its nodes enforce application control. */
export interface PowerShellModule {
  readonly name: string;
  readonly functions: readonly string[];
  /** File name to text, ASCII with CRLF as Windows PowerShell's signing expects. */
  readonly files: Readonly<Record<string, string>>;
}

/** Never changes: it identifies the module on nodes. */
const MODULE_ID = '6b1f4a0e-52c3-4d0c-9a57-8f1d3c5f7e21';

/** One exported function a script of `src/powershell`, with the script's own text as its body. */
export function readPowerShellModule(name: string, version: string): PowerShellModule {
  const functions = nodeScriptNames();
  const bodies = functions.map(each => `function ${each} {\n${nodeScript(each).trimEnd()}\n}\n`);
  const exports = functions.map(entry => `'${entry}'`).join(', ');
  const code = `${bodies.join('\n')}\nExport-ModuleMember -Function ${exports}\n`;
  return {
    name,
    functions,
    files: {
      [`${name}.psm1`]: windowsLines(code),
      [`${name}.psd1`]: windowsLines(moduleManifest(name, version, functions)),
    },
  };
}

function moduleManifest(name: string, version: string, functions: readonly string[]): string {
  const exported = functions.map(entry => `        '${entry}'`).join('\n');
  return `@{
    RootModule        = '${name}.psm1'
    ModuleVersion     = '${version}'
    GUID              = '${MODULE_ID}'
    Author            = 'Outbound connectivity contributors'
    Description       = 'Node scripts of the Outbound connectivity extension for Windows Admin Center.'
    PowerShellVersion = '5.1'
    FunctionsToExport = @(
${exported}
    )
    CmdletsToExport   = @()
    VariablesToExport = @()
    AliasesToExport   = @()
}
`;
}

function windowsLines(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n');
}
