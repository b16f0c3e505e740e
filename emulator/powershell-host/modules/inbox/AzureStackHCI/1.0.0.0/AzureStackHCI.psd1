# Names the module of the Azure Stack HCI operating system; its commands are in every session of the host
@{
    ModuleVersion = '1.0.0.0'
    GUID = '0b4b4d0a-0d6d-4f0c-8b0e-6a5f4f6d2f10'
    FunctionsToExport = @()
    CmdletsToExport = @()
    VariablesToExport = @()
    AliasesToExport = @()
}
