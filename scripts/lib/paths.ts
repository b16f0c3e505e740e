import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT: string = join(dirname(fileURLToPath(import.meta.url)), '../..');
/** The production build of the tool, as it is packaged. */
export const APP_FOLDER: string = join(ROOT, 'dist/app');
