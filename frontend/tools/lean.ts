import type { Plugin } from 'vite';

const STREAMS = /\/api\/gen\/core\/serverSentEvents\.gen\.ts$/;

/** The generated client can read event streams, which the API does not have: they stay at home. */
export function withoutStreams(): Plugin {
  return {
    name: 'sokoni-without-streams',
    apply: 'build',
    load: (id) => (STREAMS.test(id) ? 'export const createSseClient = undefined;' : undefined),
  };
}

interface Graph {
  getModuleInfo: (id: string) => { importedIds: readonly string[] } | null;
}

// An index leads to all of a feature, and these hooks are not for every page.
const NOT_FOLLOWED = /\/src\/.*\/index\.ts$/;
const NOT_AT_FIRST =
  /\/(queriesObserver|useQueries|mutationObserver|useMutation|infiniteQueryObserver|useInfiniteQuery)\.js$/;

/** Names the chunk of a module: one chunk for what the entry needs at once. */
export function withEntry(entry: string) {
  let needed: Set<string> | undefined;
  return (id: string, graph: Graph) => {
    needed ??= reached(entry, graph);
    return needed.has(id) && id !== entry && !NOT_AT_FIRST.test(id) ? 'core' : null;
  };
}

function reached(entry: string, graph: Graph): Set<string> {
  const found = new Set([entry]);
  for (const each of found) {
    if (NOT_FOLLOWED.test(each)) continue;
    for (const next of graph.getModuleInfo(each)?.importedIds ?? []) found.add(next);
  }
  return found;
}
