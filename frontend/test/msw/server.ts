import { setupServer } from 'msw/node';

/** The API of tests: each test adds what it needs by `server.use`. */
export const server = setupServer();
