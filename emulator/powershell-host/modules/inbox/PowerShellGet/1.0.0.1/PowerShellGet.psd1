# Stand-in for the module that comes with Windows PowerShell 5.1
@{
    RootModule = '..\..\..\..\powershell-host.dll'
    ModuleVersion = '1.0.0.1'
    GUID = '1d73a601-4a6c-43c5-ba3f-619b18bbb404'
    FunctionsToExport = @()
    CmdletsToExport = @('Install-Module')
    VariablesToExport = @()
    AliasesToExport = @()
}
