import { twMerge } from 'tailwind-merge';

type ClassValue = string | false | null | undefined;

/** Class names together; of two that contradict each other the later one wins. */
export const cn = (...classes: ClassValue[]) => twMerge(classes.filter(Boolean).join(' '));
