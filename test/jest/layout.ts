/** jsdom lays nothing out: gives whatever scrolls room for all its lines, and says once how large it is. */
export function giveRoom(height = 100_000): void {
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', {
    configurable: true,
    get(this: HTMLElement) {
      return this.classList.contains('cdk-virtual-scrollable') ? height : 0;
    },
  });
  globalThis.ResizeObserver = class implements ResizeObserver {
    constructor(private readonly told: ResizeObserverCallback) {}
    observe(): void {
      this.told([], this);
    }
    unobserve(): void {
      // Nothing changes its size here.
    }
    disconnect(): void {
      // Nothing changes its size here.
    }
  };
}
