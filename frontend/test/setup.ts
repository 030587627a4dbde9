import '@testing-library/jest-dom/vitest';
import { cleanup } from '@testing-library/react';
import { configureClient } from '@/api/client';
import { server } from './msw/server';

// What jsdom leaves out.
window.scrollTo = () => undefined;
HTMLElement.prototype.scrollIntoView = () => undefined;
Element.prototype.scrollTo = () => undefined;
Range.prototype.getClientRects ??= () => [] as unknown as DOMRectList;
Range.prototype.getBoundingClientRect ??= () => new DOMRect();
HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
  this.open = true;
};
HTMLDialogElement.prototype.close ??= function close(this: HTMLDialogElement) {
  this.open = false;
  this.dispatchEvent(new Event('close'));
};
window.matchMedia ??= (media: string) =>
  ({
    matches: false,
    media,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }) as unknown as MediaQueryList;

beforeAll(() => {
  // A request needs a whole address here.
  configureClient(location.origin);
  server.listen({ onUnhandledFrame: 'error' });
});

afterEach(() => {
  cleanup();
  server.resetHandlers();
  localStorage.clear();
  sessionStorage.clear();
});

afterAll(() => server.close());
