import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { run } from './run-allowlist.ts';

const LOCAL = ['--edition', 'azure-local-2026-07', '--format', 'json'];

describe('npm run allowlist, used wrongly', () => {
  for (const [wrong, args, message] of [
    ['no cloud', ['--format', 'json'], /--cloud is missing: give one of public, usgov, china/],
    ['no format', ['--cloud', 'public'], /--format is missing/],
    ['an unknown cloud', ['--cloud', 'mars', '--format', 'json'], /--cloud "mars" is not known/],
    [
      'a port for a format that says ports',
      ['--cloud', 'public', '--format', 'bicep', '--port', '443'],
      /--port is only for --format palo-alto/,
    ],
    ['a bad port', ['--cloud', 'public', '--format', 'palo-alto', '--port', '0'], /--port "0" is no port/],
    [
      'rules inside the network for a firewall',
      ['--cloud', 'public', '--format', 'squid', '--internal'],
      /--internal and --format squid cannot be given together/,
    ],
    ['an unknown format', ['--cloud', 'public', '--format', 'xml'], /--format "xml"/],
    [
      'an unknown feature',
      ['--cloud', 'public', '--format', 'csv', '--feature', 'x'],
      /--feature "x" .*registration/,
    ],
    [
      'an unknown requirement',
      ['--cloud', 'public', '--format', 'csv', '--requirement', 'must'],
      /--requirement "must"/,
    ],
    ['a bad account', ['--cloud', 'public', '--format', 'csv', '--witness', 'No'], /--witness: .*lowercase/],
    [
      'the placeholder',
      ['--cloud', 'public', '--format', 'csv', '--witness', '[myblobstorage]'],
      /placeholder/,
    ],
    ['an empty account', ['--cloud', 'public', '--format', 'csv', '--witness', ''], /--witness needs/],
    [
      'an account of another cloud',
      ['--cloud', 'china', '--format', 'csv', '--witness', 'abc.blob.core.windows.net'],
      /another Azure cloud/,
    ],
    [
      'an unknown edition',
      ['--cloud', 'public', '--format', 'csv', '--edition', '2021'],
      /--edition "2021" .*2022-01/,
    ],
    [
      'a region where there are none',
      ['--cloud', 'public', '--format', 'csv', '--region', 'eastus'],
      /--region "eastus" cannot be chosen: edition 2022-01 has one list/,
    ],
    [
      'a region of another cloud',
      [...LOCAL, '--cloud', 'public', '--region', 'usgovvirginia'],
      /--region "usgovvirginia" belongs to cloud usgov: for public give one of .*eastus/,
    ],
    [
      'a region of a cloud that has none',
      [...LOCAL, '--cloud', 'china', '--region', 'eastus'],
      /lists by region only for cloud public, usgov/,
    ],
    ['an unknown region', [...LOCAL, '--cloud', 'public', '--region', 'mars'], /--region "mars" .*eastus/],
    ['an unknown vendor', [...LOCAL, '--cloud', 'public', '--vendor', 'acme'], /--vendor "acme" .*dell/],
    [
      'a vendor where there are none',
      ['--cloud', 'public', '--format', 'csv', '--vendor', 'dell'],
      /--vendor "dell" cannot be chosen: edition 2022-01/,
    ],
    [
      'a key vault that is none',
      ['--cloud', 'public', '--format', 'csv', '--key-vault', 'a_b_c'],
      /--key-vault: .*letters, digits and hyphens/,
    ],
    [
      'a workspace that is none',
      ['--cloud', 'public', '--format', 'csv', '--workspace', 'x'],
      /--workspace: .*0 to 9/,
    ],
    [
      'internal rules of a feature',
      ['--cloud', 'public', '--format', 'csv', '--internal', '--feature', 'registration'],
      /--internal and --feature/,
    ],
    [
      'a diff without an edition',
      ['diff', '--from', '2022-01', '--format', 'json'],
      /--to is missing: give one of 2022-01/,
    ],
    [
      'a diff with a foreign option',
      ['diff', '--from', '2022-01', '--to', '2022-04', '--witness', 'abc', '--format', 'json'],
      /--witness/,
    ],
    [
      'a diff as nothing known',
      ['diff', '--from', '2022-01', '--to', '2022-04', '--format', 'xml'],
      /--format "xml" .*json, csv/,
    ],
    [
      'an edition twice in a diff',
      ['diff', '--from', '2022-01', '--from', '2022-04', '--to', '2022-04', '--format', 'json'],
      /--from was given more than once/,
    ],
    ['an unknown option', ['--cloud', 'public', '--format', 'csv', '--verbose'], /--verbose/],
    ['an argument', ['public'], /public/],
    ['an option without value', ['--format', 'csv', '--cloud'], /--cloud/],
    [
      'an option twice',
      ['--cloud', 'public', '--cloud', 'china', '--format', 'csv'],
      /--cloud was given more than once/,
    ],
    ['a line break', ['--cloud', 'a\nb', '--format', 'csv'], /a\\nb/],
  ] as const)
    test(`${wrong}: one line on stderr, nothing on stdout, exit 2`, () => {
      const { status, stdout, stderr } = run(...args);
      assert.equal(status, 2);
      assert.equal(stdout, '');
      assert.match(stderr, /^[^\n]+\n$/);
      assert.match(stderr, message);
    });
});
