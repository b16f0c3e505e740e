$module = @{ refused = $false; by = 'module' }

# Whether an error is the constrained language's own refusal; the identifiers do not depend on the system's language.
function Test-Refusal($ErrorRecord) {
    return $ErrorRecord.FullyQualifiedErrorId -match 'ConstrainedLanguage|CannotDefineNewType|OnlyToCoreTypes|LanguageMode'
}
