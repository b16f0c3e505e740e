/**
 * In the place of the SDK's http-constants.js (`fileReplacements` in angular.json): 5 kB of names of headers, most of them Azure
 * Storage's. The parts of the SDK that are in the bundle use these; http-headers.spec.ts holds them to that.
 */
export const headerConstants = {
  ACCEPT: 'accept',
  ACCEPT_LANGUAGE: 'accept-language',
  AUTHENTICATION_MECHANISM: 'x-ms-sme-authentication-mechanism',
  CACHE_CONTROL: 'cache-control',
  CONTENT_TYPE: 'Content-Type',
  CROSS_SITE_REQUEST_FORGERY_TOKEN: 'x-xsrf-token',
  LAPS_LOCALADMINNAME: 'x-ms-sme-lapsLocalAdminName',
  LOG_AUDIT: 'x-ms-sme-log-audit',
  LOG_TELEMETRY: 'x-ms-sme-log-telemetry',
  MODULE_NAME: 'x-ms-sme-module-name',
  MODULE_VERSION: 'x-ms-sme-module-version',
  POWERSHELL_ENDPOINT: 'x-ms-sme-jea-endpoint',
  SME_AAD_AUTHORIZATION: 'authorization-aad',
  SME_AUTHORIZATION: 'x-ms-sme-authorization',
  STATIC_VERSION: 'x-ms-sme-static-version',
  USE_LAPS: 'x-ms-sme-useLaps',
};
