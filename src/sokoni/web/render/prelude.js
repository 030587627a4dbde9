// What a bare V8 isolate lacks of the objects that React and its router expect to find. There is
// no document and nothing to wait for: timers never fire, so that no page outlives its render.
delete globalThis.window;
globalThis.self = globalThis;

const silent = () => {};
globalThis.console = { log: silent, error: silent, warn: silent, info: silent, debug: silent };
globalThis.setTimeout = () => 0;
globalThis.clearTimeout = silent;
globalThis.setInterval = () => 0;
globalThis.clearInterval = silent;
globalThis.queueMicrotask ??= (work) => Promise.resolve().then(work);
globalThis.performance ??= { now: Date.now };

globalThis.MessageChannel ??= class MessageChannel {
  port1 = {};
  port2 = { postMessage: silent };
};

globalThis.AbortController ??= class AbortController {
  signal = { aborted: false, addEventListener: silent, removeEventListener: silent };
  abort() {}
};

globalThis.Headers ??= class Headers {
  #values = new Map();

  constructor(init = []) {
    const pairs = init[Symbol.iterator] ? init : Object.entries(init);
    for (const [name, value] of pairs) this.set(name, value);
  }
  get(name) {
    return this.#values.get(String(name).toLowerCase()) ?? null;
  }
  has(name) {
    return this.#values.has(String(name).toLowerCase());
  }
  set(name, value) {
    this.#values.set(String(name).toLowerCase(), String(value));
  }
  append(name, value) {
    this.set(name, this.has(name) ? `${this.get(name)}, ${value}` : value);
  }
  delete(name) {
    this.#values.delete(String(name).toLowerCase());
  }
  forEach(visit) {
    this.#values.forEach((value, name) => visit(value, name, this));
  }
  entries() {
    return this.#values.entries();
  }
  [Symbol.iterator]() {
    return this.entries();
  }
};

globalThis.TextEncoder ??= class TextEncoder {
  encode(text) {
    const bytes = unescape(encodeURIComponent(text));
    return Uint8Array.from(bytes, (letter) => letter.charCodeAt(0));
  }
};

const decodePart = (text) => {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '));
  } catch {
    return text;
  }
};
const encodePart = (text) => encodeURIComponent(text).replace(/%20/g, '+');

globalThis.URLSearchParams ??= class URLSearchParams {
  #pairs = [];

  constructor(init = '') {
    if (typeof init === 'string') {
      for (const part of init.replace(/^\?/, '').split('&')) {
        if (!part) continue;
        const at = part.indexOf('=');
        const [name, value] = at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
        this.#pairs.push([decodePart(name), decodePart(value)]);
      }
    } else {
      const pairs = init[Symbol.iterator] ? init : Object.entries(init);
      for (const [name, value] of pairs) this.#pairs.push([String(name), String(value)]);
    }
  }

  get size() {
    return this.#pairs.length;
  }
  get(name) {
    return this.#pairs.find((pair) => pair[0] === name)?.[1] ?? null;
  }
  getAll(name) {
    return this.#pairs.filter((pair) => pair[0] === name).map((pair) => pair[1]);
  }
  has(name, value) {
    return this.#pairs.some((pair) => pair[0] === name && (value === undefined || pair[1] === value));
  }
  append(name, value) {
    this.#pairs.push([name, String(value)]);
  }
  delete(name, value) {
    this.#pairs = this.#pairs.filter(
      (pair) => pair[0] !== name || (value !== undefined && pair[1] !== value),
    );
  }
  set(name, value) {
    const at = this.#pairs.findIndex((pair) => pair[0] === name);
    if (at < 0) return this.append(name, value);
    this.#pairs[at] = [name, String(value)];
    this.#pairs = this.#pairs.filter((pair, place) => place <= at || pair[0] !== name);
  }
  sort() {
    this.#pairs.sort((one, other) => (one[0] < other[0] ? -1 : one[0] > other[0] ? 1 : 0));
  }
  forEach(visit) {
    for (const [name, value] of this.#pairs) visit(value, name, this);
  }
  *keys() {
    for (const [name] of this.#pairs) yield name;
  }
  *values() {
    for (const [, value] of this.#pairs) yield value;
  }
  *entries() {
    for (const [name, value] of this.#pairs) yield [name, value];
  }
  [Symbol.iterator]() {
    return this.entries();
  }
  toString() {
    return this.#pairs.map(([name, value]) => `${encodePart(name)}=${encodePart(value)}`).join('&');
  }
};

globalThis.URL ??= class URL {
  constructor(text, base) {
    const isWhole = /^[a-z][a-z0-9+.-]*:/i.test(text);
    const origin = String(base ?? 'http://localhost').replace(/^(https?:\/\/[^/]*).*/, '$1');
    const whole = isWhole ? text : origin + (text.startsWith('/') ? '' : '/') + text;
    const parts = /^([a-z]+:)\/\/([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/i.exec(whole);
    if (!parts) throw new TypeError(`Invalid URL: ${text}`);
    [, this.protocol, this.host, this.pathname, this.search = '', this.hash = ''] = parts;
    this.pathname ||= '/';
    this.hostname = this.host.replace(/:\d+$/, '');
    this.port = this.host.slice(this.hostname.length + 1);
    this.origin = `${this.protocol}//${this.host}`;
    this.searchParams = new URLSearchParams(this.search);
  }
  get href() {
    return this.origin + this.pathname + this.search + this.hash;
  }
  toString() {
    return this.href;
  }
  toJSON() {
    return this.href;
  }
};
