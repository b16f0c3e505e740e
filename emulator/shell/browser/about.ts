/** What the emulator says about itself, from `/about.json`. */
export interface About {
  readonly scenario: string;
  readonly network: {
    readonly kind: 'lab' | 'local';
    /** Why `local` is in use although `lab` was wanted; '' otherwise. */
    readonly reason: string;
  };
}

export async function readAbout(): Promise<About> {
  const response = await fetch('/about.json');
  if (!response.ok) throw new Error(`/about.json: HTTP ${response.status}`);
  return (await response.json()) as About;
}

export function networkInWords({ kind, reason }: About['network']): string {
  if (kind === 'lab') return 'lab – a simulated internet; nothing leaves this computer';
  const use = "local – the nodes use this computer's own network";
  return reason === '' ? use : `local – ${reason}`;
}
