/** Parts of a catalogue, made by tools/messages.ts. */
declare module '*.json?language' {
  const language: import('@/shared/i18n').Language;
  export default language;
}
