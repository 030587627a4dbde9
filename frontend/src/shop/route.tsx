import { lazy, useState, type ComponentType } from 'react';

export type Load = () => Promise<{ default: ComponentType }>;
export type Page = ComponentType & { preload: () => Promise<unknown> };

/**
 * A page in a chunk of its own. Once preloaded it renders at once, so that hydration never meets a
 * suspended page.
 */
export function chunk(load: Load): Page {
  let loaded: ComponentType | null = null;
  const preload = async () => {
    const module = await load();
    loaded = module.default;
    return module;
  };
  const Lazy = lazy(preload);
  function Chunk() {
    // Decided once per visit of the page: changing it later would throw away the page's state.
    const [Shown] = useState<ComponentType>(() => loaded ?? Lazy);
    return <Shown />;
  }
  return Object.assign(Chunk, { preload });
}

/** A page that is in the bundle already: on the server all are. */
export function bundled(Component: ComponentType): Page {
  return Object.assign(Component, { preload: () => Promise.resolve() });
}
