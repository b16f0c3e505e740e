# Names the module that comes with Windows PowerShell 5.1; its commands are in every session of the host
@{
    ModuleVersion = '1.0.0.1'
    GUID = '1d73a601-4a6c-43c5-ba3f-619b18bbb404'
    FunctionsToExport = @()
    CmdletsToExport = @()
    VariablesToExport = @()
    AliasesToExport = @()
}
