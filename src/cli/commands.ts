export { allowlistCommand } from './allowlist';
export { diffCommand } from './diff';
export { FORMAT_NAMES } from '../app/export/formats/registry';
