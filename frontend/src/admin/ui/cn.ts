type ClassValue = string | false | null | undefined;

/** Class names together. None may contradict another: the order of the stylesheet would decide. */
export const cn = (...classes: ClassValue[]) => classes.filter(Boolean).join(' ');
