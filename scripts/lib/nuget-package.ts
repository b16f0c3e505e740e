import { strToU8, zipSync, type Zippable } from 'fflate';

export interface PackageMetadata {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly authors: string;
  readonly description: string;
  readonly projectUrl: string;
  readonly licenseUrl: string;
  readonly tags: string;
  readonly releaseNotes: string;
}

/** Same bytes for the same content: the files carry one date. */
const FILE_DATE = new Date('2020-01-01T00:00:00Z');

/**
 * A NuGet package that Windows Admin Center takes from a feed or a share
 * (MicrosoftDocs/windowsserverdocs `WindowsServerDocs/manage/windows-admin-center/extend/publish-extensions.md`:
 * packageType WindowsAdminCenterExtension, the build under `ux`).
 *
 * @param files path inside the package to content
 */
export function nugetPackage(metadata: PackageMetadata, files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const entries: Zippable = {
    '[Content_Types].xml': strToU8(contentTypes([...files.keys()])),
    '_rels/.rels': strToU8(relations(metadata.id)),
    [`${metadata.id}.nuspec`]: strToU8(nuspec(metadata)),
  };
  for (const [path, content] of files) entries[encodeURI(path)] = content;
  return zipSync(entries, { mtime: FILE_DATE, level: 9 });
}

function nuspec(metadata: PackageMetadata): string {
  const { id, version, title, authors, description, projectUrl, licenseUrl, tags, releaseNotes } = metadata;
  return `<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://schemas.microsoft.com/packaging/2011/08/nuspec.xsd">
  <metadata>
    <id>${xml(id)}</id>
    <version>${xml(version)}</version>
    <title>${xml(title)}</title>
    <authors>${xml(authors)}</authors>
    <owners>${xml(authors)}</owners>
    <requireLicenseAcceptance>false</requireLicenseAcceptance>
    <licenseUrl>${xml(licenseUrl)}</licenseUrl>
    <projectUrl>${xml(projectUrl)}</projectUrl>
    <icon>icon.png</icon>
    <description>${xml(description)}</description>
    <releaseNotes>${xml(releaseNotes)}</releaseNotes>
    <tags>${xml(tags)}</tags>
    <packageTypes>
      <packageType name="WindowsAdminCenterExtension" />
    </packageTypes>
  </metadata>
</package>
`;
}

/** Open Packaging Conventions: every kind of file must be declared. */
function contentTypes(paths: readonly string[]): string {
  const names = paths.map(path => path.slice(path.lastIndexOf('/') + 1));
  const endings = new Set(
    names.filter(name => name.includes('.')).map(name => name.slice(name.lastIndexOf('.') + 1)),
  );
  const defaults = ['rels', 'nuspec', ...endings].map(ending => {
    const type =
      ending === 'rels' ? 'application/vnd.openxmlformats-package.relationships+xml' : 'application/octet';
    return `  <Default Extension="${xml(ending)}" ContentType="${type}" />`;
  });
  const overrides = paths
    .filter(path => !path.slice(path.lastIndexOf('/') + 1).includes('.'))
    .map(path => `  <Override PartName="/${xml(encodeURI(path))}" ContentType="application/octet" />`);
  return `<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
${[...new Set(defaults), ...overrides].join('\n')}
</Types>
`;
}

function relations(id: string): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
  <Relationship Type="http://schemas.microsoft.com/packaging/2010/07/manifest" Target="/${xml(id)}.nuspec" Id="R1" />
</Relationships>
`;
}

function xml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
