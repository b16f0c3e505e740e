import { type Check } from './edition.ts';

export const protocolPort: Check = {
  name: 'protocol-port',
  find: ({ rules }) =>
    rules
      .filter(rule => (rule.protocol === 'http') !== (rule.port === 80))
      .map(rule =>
        rule.protocol === 'http'
          ? `rule "${rule.id}": http with port ${rule.port}: http:// URLs connect to port 80; keep the document's port in "asWritten" and add a correction.`
          : `rule "${rule.id}": ${rule.protocol} with port 80: write protocol "http", or the port that TLS uses.`,
      ),
};
