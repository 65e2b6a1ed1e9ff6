/** The real window, on a screen that nobody sees, driven through WebDriver. */
import { spawn, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import { Builder, Capabilities, type WebDriver } from 'selenium-webdriver'
import { leftOver, program } from './programs'

/** A port that is free now. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** A virtual screen of the tablet's size; its name goes into DISPLAY. */
async function startScreen(): Promise<{ child: ChildProcess; display: string }> {
  const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  leftOver.push(() => child.kill('SIGKILL'))
  const number = await new Promise<string>((resolve, reject) => {
    child.stdio[3]?.once('data', (text: Buffer) => resolve(text.toString().trim()))
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)))
  })
  return { child, display: `:${number}` }
}

/** Waits until somebody listens there. */
async function reachable(url: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await fetch(url).catch(() => null)) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`nobody listens at ${url}`)
}

/** A session with the window; on a busy machine the driver may drop the first call while it starts. */
async function session(url: string, capabilities: Capabilities): Promise<WebDriver> {
  for (let left = 3; ; left -= 1) {
    try {
      return await new Builder().usingServer(url).withCapabilities(capabilities).build()
    } catch (error) {
      if (left === 0) throw error
      await new Promise((resolve) => setTimeout(resolve, 1_000))
    }
  }
}

/** An open window and everything that drives it. */
export class TestWindow {
  private constructor(
    readonly driver: WebDriver,
    private readonly children: ChildProcess[],
  ) {}

  /** Opens the window on a store. */
  static async open(store: string): Promise<TestWindow> {
    const screen = await startScreen()
    const [port, native] = [await freePort(), await freePort()]
    const tauri = spawn(
      process.env['ROUNDS_DRIVER'] ?? 'tauri-driver',
      ['--port', String(port), '--native-port', String(native)],
      { stdio: 'ignore', env: { ...process.env, DISPLAY: screen.display, LIBGL_ALWAYS_SOFTWARE: '1' } },
    )
    leftOver.push(() => tauri.kill('SIGKILL'))
    await reachable(`http://127.0.0.1:${port}/status`)
    const capabilities = new Capabilities()
    capabilities.set('browserName', 'wry')
    capabilities.set('tauri:options', { application: program('rounds-window'), args: ['--store', store] })
    const driver = await session(`http://127.0.0.1:${port}`, capabilities)
    return new TestWindow(driver, [tauri, screen.child])
  }

  /** Closes the window as its person would, and ends what drove it. */
  async close(): Promise<void> {
    await this.driver.quit().catch(() => {})
    for (const child of this.children) child.kill('SIGTERM')
  }
}
