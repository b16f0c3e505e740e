export { allowlistCommand } from './allowlist';
export { checkCommand } from './check';
export { diffCommand } from './diff';
export { FORMAT_NAMES } from '../app/export/formats/format-names';
