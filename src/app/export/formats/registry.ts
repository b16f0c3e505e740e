import { writeArm } from './azure/arm';
import { writeBicep } from './azure/bicep';
import { writeTerraform } from './azure/terraform';
import type { WriteFormat } from './contract';
import { writeFortiGate } from './devices/fortigate';
import { writePaloAlto } from './devices/palo-alto';
import { writeSquid } from './devices/squid';
import { writeSuricata } from './devices/suricata';
import { writeHtml } from './documents/html';
import { writeMarkdown } from './documents/markdown';
import { writeXlsx } from './documents/xlsx';
import type { FormatName } from './format-names';

/**
 * Every format by its name on the command line; the page reads the same list. Its title and how it was proven stand in
 * the strings file: `formats.title.<name>`, `formats.grade.<name>`. A new format is a file, its test, and a line here
 * and in `format-names.ts`, which the page knows before it loads the writers.
 */
export const FORMATS = {
  bicep: writeBicep,
  arm: writeArm,
  terraform: writeTerraform,
  squid: writeSquid,
  xlsx: writeXlsx,
  markdown: writeMarkdown,
  html: writeHtml,
  suricata: writeSuricata,
  'palo-alto': writePaloAlto,
  fortigate: writeFortiGate,
} as const satisfies Readonly<Record<FormatName, WriteFormat>>;
