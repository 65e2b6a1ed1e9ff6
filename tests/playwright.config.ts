import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'

/** Debian's browser; a download of another one is never needed. */
const executablePath =
  process.env['ROUNDS_CHROMIUM'] ?? ['/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync)
const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
]

export default defineConfig({
  testDir: '.',
  outputDir: '../target/browser-tests',
  fullyParallel: false,
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  reporter: [['list']],
  use: {
    launchOptions: { executablePath, args },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1280, height: 800 },
    actionTimeout: 15_000,
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'browser', testMatch: 'browser/*.spec.ts' },
    // One window at a time: two of them wait for each other's frames.
    { name: 'window', testMatch: 'window/*.spec.ts', workers: 1 },
    { name: 'screens', testMatch: 'browser/screens.ts', timeout: 1_200_000 },
    // Notes for a later look would be taken on the time that is measured.
    {
      name: 'bench',
      testMatch: 'browser/bench.ts',
      timeout: 1_200_000,
      use: { trace: 'off', screenshot: 'off' },
    },
  ],
})
