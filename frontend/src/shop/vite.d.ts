/** Parts of a catalogue, made by tools/messages.ts. */
declare module '*.json?first' {
  const catalogue: Record<string, unknown>;
  export default catalogue;
}
