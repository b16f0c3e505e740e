import { configureGlobal } from 'fast-check';

/**
 * Every run of the suites tries the same cases: a failure belongs to the change that it came with. Other cases:
 * `FAST_CHECK_SEED=NUMBER npm test`, and `npm run bench -- proxy-model`, which takes a new one each time.
 */
configureGlobal({ seed: Number(process.env['FAST_CHECK_SEED'] ?? 2026_11_26) });
