# Names the module of the failover clustering feature; its commands are in every session of the host
@{
    ModuleVersion = '2.0.0.0'
    GUID = '3ff5c0ea-4a3b-4d6e-9a38-54c5f3b6f7d1'
    FunctionsToExport = @()
    CmdletsToExport = @()
    VariablesToExport = @()
    AliasesToExport = @()
}
