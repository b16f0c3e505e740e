/** The name of the offline check among the formats, on the command line and on the page. */
export const CHECK_SCRIPT = 'check-script';
