import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { ownIcons } from './scripts/icons.mjs'
import { packages } from './scripts/packages.mjs'

// `npm run dev` shows the screens of a running server or `rounds serve`, named by ROUNDS_SERVER.
const server = process.env['ROUNDS_SERVER'] ?? 'http://127.0.0.1:8787'
const src = fileURLToPath(new URL('./src', import.meta.url))

export default defineConfig({
  plugins: [vue(), ownIcons(src), packages(fileURLToPath(new URL('.', import.meta.url)))],
  resolve: { alias: { '@': src } },
  // Texts are said by `useI18n` only; what serves the older way of asking for them stays out of the start.
  define: { __VUE_I18N_LEGACY_API__: false, __INTLIFY_PROD_DEVTOOLS__: false },
  server: { host: '127.0.0.1', proxy: { '/app': server, '/v1': server } },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    manifest: true,
    cssCodeSplit: true,
    reportCompressedSize: false,
    modulePreload: { polyfill: false },
  },
  test: {
    environment: 'jsdom',
    setupFiles: ['src/shared/testing/setup.ts'],
  },
})
