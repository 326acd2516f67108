import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Server that `vite` forwards to while developing. */
const server = process.env['API'] ?? 'http://127.0.0.1:8080';

/**
 * Adds the map's chunks to index.html as module preloads: the browser fetches them beside the entry instead of after
 * it has run, so the first hexagons wait for one round of loading, not two.
 */
function preloadMap(): Plugin {
  return {
    name: 'preload-map',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        const chunks = Object.values(bundle ?? {}).filter(
          (part) => part.type === 'chunk' && /^(maplibre|deck|h3|map-data-layers|map-engine)$/.test(part.name),
        );
        return {
          html,
          tags: chunks.map((chunk) => ({
            tag: 'link',
            attrs: { rel: 'modulepreload', crossorigin: true, href: `/${chunk.fileName}` },
            injectTo: 'head',
          })),
        };
      },
    },
  };
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), preloadMap()],
  build: {
    target: 'es2023',
    chunkSizeWarningLimit: 1200,
    assetsInlineLimit: 0, // a data: font or script would be refused by the content security policy
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'first', test: /zod-without-eval|vite[\\/]preload-helper/, priority: 40 },
            { name: 'maplibre', test: /node_modules[\\/]maplibre-gl/, priority: 30 },
            { name: 'h3', test: /node_modules[\\/]h3-js/, priority: 30 },
            {
              name: 'deck',
              test: /node_modules[\\/](@deck\.gl(?![\\/]aggregation-layers)|@luma\.gl(?![\\/]gpgpu)|@math\.gl|@probe\.gl|@loaders\.gl|mjolnir\.js|earcut)/,
              priority: 20,
            },
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler|@tanstack)[\\/]/, priority: 10 },
          ],
        },
      },
    },
  },
  server: {
    proxy: Object.fromEntries(
      ['/api', '/tiles', '/basemap.pmtiles', '/readyz'].map((path) => [path, { target: server, changeOrigin: true }]),
    ),
  },
});
