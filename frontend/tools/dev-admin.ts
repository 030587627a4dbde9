import type { Plugin } from 'vite';

const PAGE = `<!doctype html>
<html lang="en" data-app="admin">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="robots" content="noindex" />
    <title>Sokoni</title>
  </head>
  <body>
    <div id="root"></div>
    <script type="module" src="/src/admin/main.tsx"></script>
  </body>
</html>`;

/** The admin's page while developing; in production the Python process serves it. */
export function devAdmin(): Plugin {
  return {
    name: 'sokoni-dev-admin',
    apply: 'serve',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const url = request.url ?? '';
        if (!/^\/admin(\/|\?|$)/.test(url)) return next();
        void server.transformIndexHtml(url, PAGE).then((html) => {
          response.setHeader('Content-Type', 'text/html');
          response.end(html);
        }, next);
      });
    },
  };
}
