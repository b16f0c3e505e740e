/**
 * Places at work, one a core that may be kept busy. Who needs one seat goes before who needs them all, so that no core
 * idles as long as there is work that others may sit beside.
 */
export class Seats {
  readonly all: number;
  private free: number;
  private waiting: readonly { readonly wanted: number; readonly sit: () => void }[] = [];

  constructor(all: number) {
    this.all = all;
    this.free = all;
  }

  /** Does something on as many seats as it keeps busy: one, or all. */
  async use<T>(wanted: number, work: () => Promise<T>): Promise<T> {
    await new Promise<void>(sit => {
      this.waiting = [...this.waiting, { wanted, sit }];
      this.seat();
    });
    try {
      return await work();
    } finally {
      this.free += wanted;
      this.seat();
    }
  }

  private seat(): void {
    for (;;) {
      const next = this.waiting.find(({ wanted }) => wanted < this.all) ?? this.waiting[0];
      if (!next || next.wanted > this.free) return;
      this.waiting = this.waiting.filter(each => each !== next);
      this.free -= next.wanted;
      next.sit();
    }
  }
}
