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
]
/** A camera that is not there. Drawing its pictures takes a processor of its own, so few of them come where no speed is measured. */
const camera = (fps: number) => `--use-fake-device-for-media-stream=fps=${fps}`
const launch = (fps: number) => ({ executablePath, args: [...args, camera(fps)] })

export default defineConfig({
  testDir: '.',
  outputDir: '../target/browser-tests',
  fullyParallel: false,
  // Each test runs browsers, servers and tablets at once; two at a time on two processors wait for each other.
  workers: 1,
  timeout: 120_000,
  // Long enough for a machine on which two browsers, two servers and a compiler share two processors.
  expect: { timeout: 20_000 },
  forbidOnly: true,
  reporter: [['list']],
  use: {
    launchOptions: launch(5),
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1280, height: 800 },
    actionTimeout: 30_000,
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'browser', testMatch: 'browser/*.spec.ts' },
    { name: 'window', testMatch: 'window/*.spec.ts' },
    { name: 'screens', testMatch: 'browser/screens.ts', timeout: 1_200_000 },
    // Notes for a later look would be taken on the time that is measured.
    {
      name: 'bench',
      testMatch: 'browser/bench.ts',
      timeout: 1_200_000,
      use: { trace: 'off', screenshot: 'off', launchOptions: launch(20) },
    },
  ],
})
