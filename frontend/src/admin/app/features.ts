import type { Feature } from './feature';

const found = import.meta.glob<{ default: Feature }>('../features/*/feature.ts', { eager: true });

/** All features there are, found by their file. */
export const FEATURES: readonly Feature[] = Object.values(found).map((module) => module.default);
