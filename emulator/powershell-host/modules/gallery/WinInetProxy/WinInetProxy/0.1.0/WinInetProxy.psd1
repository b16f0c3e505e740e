# Stand-in for the module of the PowerShell Gallery
@{
    RootModule = '..\..\..\..\..\powershell-host.dll'
    ModuleVersion = '0.1.0'
    GUID = '1bf9ab57-9d2b-438b-b268-7dc907b8b1b9'
    FunctionsToExport = @()
    CmdletsToExport = @('Set-WinInetProxy')
    VariablesToExport = @()
    AliasesToExport = @()
}
