import {
  type EnvironmentProviders,
  inject,
  provideEnvironmentInitializer,
  type Renderer2,
  RendererFactory2,
} from '@angular/core';
import { inert } from '../ui/words/inert';

/** What is read of an element beside its text; addresses, ids and what a field holds stay as they are. */
const READ = new Set([
  ...['title', 'alt', 'placeholder', 'label', 'aria-label', 'aria-description', 'aria-valuetext'],
  ...['textContent', 'innerText', 'ariaLabel', 'ariaDescription', 'ariaValueText'],
]);

/**
 * Every text that a template shows is made {@link inert}, whoever wrote it: nodes, files, the registration, an
 * administrator. In one place, so that no template can forget it.
 */
export function provideInertTexts(): EnvironmentProviders {
  return provideEnvironmentInitializer(() => {
    const factory = inject(RendererFactory2);
    const create = factory.createRenderer.bind(factory);
    const known = new WeakSet<Renderer2>();
    factory.createRenderer = (host, type) => {
      const renderer = create(host, type);
      // Components of one kind share theirs.
      if (!known.has(renderer)) {
        known.add(renderer);
        guard(renderer);
      }
      return renderer;
    };
  });
}

function guard(renderer: Renderer2): void {
  const setValue = renderer.setValue.bind(renderer);
  const setAttribute = renderer.setAttribute.bind(renderer);
  const setProperty = renderer.setProperty.bind(renderer);
  renderer.setValue = (node, value) => {
    setValue(node, shown(value));
  };
  renderer.setAttribute = (element, name, value, namespace) => {
    setAttribute(element, name, READ.has(name) ? shown(value) : value, namespace);
  };
  renderer.setProperty = (element, name, value: unknown) => {
    setProperty(element, name, READ.has(name) ? shown(value) : value);
  };
}

function shown<T>(value: T): T | string {
  return typeof value === 'string' ? inert(value) : value;
}
