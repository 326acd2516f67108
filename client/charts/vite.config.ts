import { defineConfig } from 'vite';

/** What the server draws with, in plain Node, which reads no JSX: visx inside, React as the server's own. */
export default defineConfig({
  root: import.meta.dirname,
  build: {
    ssr: 'src/draw.tsx',
    target: 'node24',
    outDir: 'dist',
    emptyOutDir: true,
    sourcemap: false,
    minify: false,
  },
  ssr: { noExternal: [/^@visx\//, /^d3-/, /^internmap/] },
});
