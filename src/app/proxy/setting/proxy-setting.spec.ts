import * as fc from 'fast-check';
import { differencesFrom, parseProxySetting, type ProxySetting } from './proxy-setting';

const DIRECT: ProxySetting = {
  machineWide: false,
  perUserPolicy: null,
  server: '',
  bypass: [],
  pacUrl: '',
  autoDetect: false,
  moduleVersion: '0.1.0',
  readable: true,
  leftoverServer: '',
};
const SET: ProxySetting = {
  ...DIRECT,
  machineWide: true,
  perUserPolicy: 0,
  server: 'proxy.contoso.com:8080',
  bypass: ['localhost', '*.contoso.com'],
};
const WANTED = { server: 'proxy.contoso.com:8080', bypass: ['localhost', '*.contoso.com'] };

describe('parseProxySetting', () => {
  it('reads the script’s output', () => {
    expect(parseProxySetting({ computerName: 'NODE1', ...SET })).toEqual({ computerName: 'NODE1', ...SET });
  });

  it('takes a bypass list of one that arrived as text, and an empty module version as none', () => {
    expect(parseProxySetting({ ...SET, bypass: 'localhost', moduleVersion: '' })).toMatchObject({
      bypass: ['localhost'],
      moduleVersion: null,
    });
  });

  it('is no setting when the parts that decide are missing or of another kind', () => {
    for (const other of [
      null,
      1,
      'x',
      [],
      {},
      { ...SET, machineWide: 1 },
      { ...SET, server: null },
      { ...SET, readable: 'yes' },
    ])
      expect(parseProxySetting(other)).toBeUndefined();
    fc.assert(fc.property(fc.anything(), value => void parseProxySetting(value)));
  });
});

describe('differencesFrom', () => {
  it('finds none when case and order differ only', () => {
    const setting = { ...SET, server: 'PROXY.contoso.com:8080', bypass: ['*.CONTOSO.com', 'localhost'] };
    expect(differencesFrom(setting, WANTED)).toEqual([]);
    expect(differencesFrom(DIRECT, undefined)).toEqual([]);
  });

  it('names each part that is not as wanted', () => {
    expect(differencesFrom({ ...SET, machineWide: false }, WANTED)).toEqual(['not-machine-wide']);
    expect(differencesFrom({ ...SET, server: 'other:1' }, WANTED)).toEqual(['server']);
    expect(differencesFrom({ ...SET, bypass: [] }, WANTED)).toEqual(['bypass']);
    expect(differencesFrom(SET, { ...WANTED, bypass: [] })).toEqual(['bypass']);
    expect(differencesFrom({ ...SET, pacUrl: 'http://wpad/proxy.pac' }, WANTED)).toEqual(['script']);
    expect(differencesFrom(SET, undefined)).toEqual(['still-machine-wide', 'still-set']);
    expect(differencesFrom({ ...DIRECT, server: 'account:1' }, undefined)).toEqual(['still-set']);
  });

  it('never takes an unreadable setting for the wanted one', () => {
    expect(differencesFrom({ ...DIRECT, readable: false }, undefined)).toEqual(['unreadable']);
    expect(differencesFrom({ ...SET, readable: false }, WANTED)).toEqual(['unreadable']);
  });
});
