export { allowlistCommand } from './allowlist';
export { diffCommand } from './diff';
