/** The real window, on a screen that nobody sees, driven through WebDriver. */
import { spawn, type ChildProcess } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { Builder, By, Capabilities, Key, until, type WebDriver, type WebElement } from 'selenium-webdriver'
import type { Somebody } from './hand'
import { endWithTheFile, program } from './programs'

/** How long something may take to stand on the page, in ms. */
export const WAIT = 20_000
/** A small picture: 2x2 pixels, made with every photo's header. */
export const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR4nGP8z8DAwMDAxMDAwMDAAAANHQEDasKb6QAAAABJRU5ErkJggg=='

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
  endWithTheFile(() => child.kill('SIGKILL'))
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

/** The words with which a process was started; none where it has ended meanwhile. */
function commandLine(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
  } catch {
    return []
  }
}

/** An open window and everything that drives it. */
export class TestWindow {
  private constructor(
    readonly driver: WebDriver,
    private readonly children: ChildProcess[],
    private readonly store: string,
  ) {}

  /** Opens the window on a store; with `now` its clock begins there. */
  static async open(store: string, now?: string): Promise<TestWindow> {
    const screen = await startScreen()
    const [port, native] = [await freePort(), await freePort()]
    const tauri = spawn(
      process.env['ROUNDS_DRIVER'] ?? 'tauri-driver',
      ['--port', String(port), '--native-port', String(native)],
      { stdio: 'ignore', env: { ...process.env, DISPLAY: screen.display, LIBGL_ALWAYS_SOFTWARE: '1' } },
    )
    endWithTheFile(() => tauri.kill('SIGKILL'))
    await reachable(`http://127.0.0.1:${port}/status`)
    const capabilities = new Capabilities()
    capabilities.set('browserName', 'wry')
    const args = ['--store', store, ...(now === undefined ? [] : ['--now', now])]
    capabilities.set('tauri:options', { application: program('rounds-window'), args })
    const driver = await session(`http://127.0.0.1:${port}`, capabilities)
    return new TestWindow(driver, [tauri, screen.child], store)
  }

  /** What stands under a selector, once it is there. */
  find(css: string): Promise<WebElement> {
    return this.driver.wait(until.elementLocated(By.css(css)), WAIT)
  }

  /** What holds these words itself, once it is there. */
  withText(text: string): Promise<WebElement> {
    return this.driver.wait(until.elementLocated(By.xpath(`//*[text()[contains(., '${text}')]]`)), WAIT)
  }

  /** The button or link of this name, in the dialog where one lies above the page. */
  button(name: string): Promise<WebElement> {
    const named = `[self::button or self::a][normalize-space()='${name}']`
    const above = `//*[@role='dialog']//*${named} | //*${named}[not(//*[@role='dialog'])]`
    return this.driver.wait(until.elementLocated(By.xpath(above)), WAIT)
  }

  async tap(element: WebElement): Promise<void> {
    await this.driver.executeScript('arguments[0].scrollIntoView({block: "center"})', element)
    await element.click()
  }

  async go(path: string): Promise<void> {
    await this.driver.executeScript(`location.hash = '${path}'`)
  }

  async type(text: string): Promise<void> {
    for (const key of text) await this.driver.actions().sendKeys(key).perform()
  }

  /** Types a PIN on the keyboard, once the pad for it stands there. */
  async enterPin(pin: string): Promise<void> {
    await this.driver.wait(until.elementLocated(By.css('.pad')), WAIT)
    await this.type(pin)
    await this.driver.actions().sendKeys(Key.ENTER).perform()
  }

  /** Takes the tablet over: a tile, the PIN, and the first page. */
  async takeOver(who: Somebody): Promise<void> {
    await this.tap(await this.withText(who.name))
    await this.enterPin(who.pin)
    await this.driver.wait(until.urlContains('#/today'), WAIT)
  }

  /** Draws a line on the field of a signature. */
  async sign(length = 120): Promise<void> {
    const origin = await this.find('canvas')
    await this.driver.executeScript('arguments[0].scrollIntoView({block: "center"})', origin)
    const hand = this.driver.actions()
    await hand.move({ origin, x: -length, y: 10 }).press().perform()
    for (const step of [1, 2, 3, 4])
      await hand.move({ origin, x: (step * length) / 2 - length, y: 10 - 5 * step, duration: 40 }).perform()
    await hand.release().perform()
  }

  /** Closes the window as its person would, and ends what drove it. */
  async close(): Promise<void> {
    await this.driver.quit().catch(() => {})
    for (const child of this.children) child.kill('SIGTERM')
  }

  /** Ends the program as a battery does that runs out. */
  async kill(): Promise<void> {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      const words = commandLine(pid)
      if (words[0]?.endsWith('rounds-window') && words.includes(this.store))
        process.kill(Number(pid), 'SIGKILL')
    }
    await this.close()
  }
}
