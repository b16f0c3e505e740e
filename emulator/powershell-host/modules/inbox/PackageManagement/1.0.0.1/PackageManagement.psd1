# Names the module that comes with Windows PowerShell 5.1; its commands are in every session of the host
@{
    ModuleVersion = '1.0.0.1'
    GUID = '4ae9fd46-338a-459c-8186-07f910774cb8'
    FunctionsToExport = @()
    CmdletsToExport = @()
    VariablesToExport = @()
    AliasesToExport = @()
}
