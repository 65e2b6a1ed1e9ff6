/** A hurried person at a tablet that others use as well: what is done comes from a seed, and a ledger says what must stand. */
import { expect, type Page } from '@playwright/test'
import { everything, field, switchTo, type Somebody } from './hand'
import { call, go } from './page'

/** Numbers from a seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A field in which something is begun. */
export interface Place {
  name: string
  path: string
  /** Its label on the page. */
  label: string | RegExp
  /** Whether a record of everybody's takes up what is typed once the field is left. */
  isShared?: boolean
}

/** What the world around the page can do. */
export interface World {
  page: Page
  /** Ends the program without a word, and opens the tablet again. */
  killProgram: () => Promise<void>
  /** Ends the page without a word, and opens another. */
  killPage: () => Promise<void>
}

/** How long after the last letter nothing of it may be lost, whatever ends; see `drafts.ts`. */
const KEPT_AFTER_MS = 300

export class Hurried {
  readonly acts: string[] = []
  /** What stands in each field of each person. */
  private readonly ledger = new Map<string, string>()
  private who: Somebody
  private place: Place
  private count = 0

  constructor(
    private readonly world: World,
    private readonly people: readonly Somebody[],
    private readonly places: readonly Place[],
    private readonly next: () => number,
    private readonly seed: number,
  ) {
    this.who = people[0]!
    this.place = places[0]!
  }

  private pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.next() * from.length)]!
  }
  private key(place = this.place, who = this.who): string {
    return place.isShared ? place.name : `${who.id} ${place.name}`
  }
  private get field() {
    return field(this.world.page, this.place.label)
  }
  private expected(place = this.place, who = this.who): string {
    return this.ledger.get(this.key(place, who)) ?? ''
  }

  async begin(): Promise<void> {
    await go(this.world.page, this.place.path)
    await this.look()
  }

  /** One thing that a hurried person does. */
  async act(): Promise<void> {
    const acts: [number, () => Promise<void>][] = [
      [8, () => this.type()],
      [4, () => this.wander()],
      [2, () => this.handOver()],
      [2, () => this.reload()],
      [1, () => this.back()],
      [1, () => this.lock()],
      [1, () => this.kill('page')],
      [1, () => this.kill('program')],
    ]
    let left = this.next() * acts.reduce((sum, [weight]) => sum + weight, 0)
    const [, run] = acts.find(([weight]) => (left -= weight) < 0) ?? acts[0]!
    await run()
    await this.look()
  }

  /** Types some letters at the end of what stands there, quickly or with pauses, and perhaps leaves the field. */
  private async type(): Promise<void> {
    const { page } = this.world
    const more = `${this.who.name}${this.seed}之${(this.count += 1)};`
    this.note(`types ${more}`)
    await this.field.click()
    await page.keyboard.press('Control+End')
    await page.keyboard.type(more, { delay: this.pick([0, 0, 20]) })
    this.ledger.set(this.key(), this.expected() + more)
    if (this.next() < 0.3) await page.keyboard.press('Tab')
    await page.waitForTimeout(this.pick([0, 0, 50, 200]))
  }

  private async wander(): Promise<void> {
    this.place = this.pick(this.places)
    this.note(`goes to ${this.place.name}`)
    await this.goThere()
  }

  /** By way of another page where the address is that of the place already: a sheet that was closed there opens by a new visit alone. */
  private async goThere(): Promise<void> {
    const { page } = this.world
    const here = decodeURIComponent(await page.evaluate(() => location.hash))
    if (here === `#${decodeURIComponent(this.place.path)}`) {
      await go(page, '/today')
      await page.locator('[data-bench=today]').waitFor()
    }
    await go(page, this.place.path)
  }

  private async handOver(): Promise<void> {
    this.who = this.pick(this.people.filter((one) => one !== this.who))
    this.note(`hands over to ${this.who.name}`)
    await switchTo(this.world.page, this.who, this.place.path)
  }

  private async reload(): Promise<void> {
    this.note('loads the page anew')
    await this.world.page.reload()
  }

  private async back(): Promise<void> {
    this.note('goes back and forth')
    await this.world.page.goBack()
    await this.goThere()
  }

  /**
   * Another window lets everybody go: nobody stands there any more, and then the next one does.
   *
   * This page is not asked first, so what it has not stored by then stays begun, and a record of everybody's lacks it.
   */
  private async lock(): Promise<void> {
    const { page } = this.world
    if (this.place.isShared) await page.keyboard.press('Tab')
    await page.waitForTimeout(KEPT_AFTER_MS)
    this.who = this.pick(this.people)
    this.note(`leaves it lying, and ${this.who.name} takes it`)
    await call(page, 'person.switch', { person: null })
    await expect.poll(() => page.evaluate(() => location.hash)).toContain('people-here')
    await switchTo(page, this.who, this.place.path)
  }

  /** What was typed a moment ago is kept; of what is being typed a letter or two may go. */
  private async kill(what: 'page' | 'program'): Promise<void> {
    this.note(`ends the ${what}`)
    if (this.next() < 0.5 || this.place.isShared) await this.world.page.keyboard.press('Tab')
    await this.world.page.waitForTimeout(KEPT_AFTER_MS)
    await (what === 'page' ? this.world.killPage() : this.world.killProgram())
    await go(this.world.page, this.place.path)
  }

  /** What stands there is what its person typed, to the letter, and nothing that a colleague has begun can be read. */
  private async look(): Promise<void> {
    await expect(this.field, this.story()).toHaveValue(this.expected())
    const read = await everything(this.world.page)
    for (const other of this.people.filter((one) => one !== this.who)) {
      for (const place of this.places.filter(({ isShared }) => !isShared)) {
        const words = this.expected(place, other).split(';').filter(Boolean)
        expect(
          words.filter((word) => read.includes(word)),
          this.story(),
        ).toEqual([])
      }
    }
  }

  private note(act: string): void {
    this.acts.push(`${this.who.name} ${act}`)
  }
  private story(): string {
    return `seed ${this.seed}:\n${this.acts.join('\n')}`
  }
}
