import { defineConfig } from '@hey-api/openapi-ts';

// The client of both applications, from the document that CI keeps equal to the server's.
export default defineConfig({
  input: '../../../docs/api/openapi.json',
  output: { path: '../../src/api/gen' },
  plugins: [
    { name: '@hey-api/client-fetch' },
    '@hey-api/typescript',
    { name: '@hey-api/sdk' },
    {
      name: '@tanstack/react-query',
      queryOptions: true,
      infiniteQueryOptions: true,
      mutationOptions: true,
    },
  ],
});
