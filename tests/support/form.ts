/** The inspection form as its person uses it. */
import { expect, type Locator, type Page } from '@playwright/test'
import { call, go } from './page'

/** The list of a demo campus's kitchen checklist items, and the way to answer each. */
export class Form {
  constructor(
    readonly page: Page,
    readonly id: string,
  ) {}

  /** Starts a new kitchen check through the page's door, and opens its form. */
  static async start(page: Page, mode: 'routine' | 'joint' = 'routine'): Promise<Form> {
    const areas = await call<{ areas: { id: string; name: string; kind: string }[] }>(page, 'area.list')
    const kitchen = areas.areas.find(({ name }) => name.includes('食堂') || name.includes('厨房'))
    const { id } = await call<{ id: string }>(page, 'inspection.start', {
      template: 'T01@1',
      subject: kitchen?.id,
      mode,
    })
    return Form.open(page, id)
  }

  static async open(page: Page, id: string): Promise<Form> {
    await go(page, `/inspections/${id}`)
    const form = new Form(page, id)
    await form.item('01').waitFor()
    return form
  }

  /** The row of an item of the kitchen check. */
  item(number: string): Locator {
    return this.page.locator(`[data-item="T01.${number}"]`)
  }

  /** Taps a verdict; a failure waits for its note, as a hand does that goes from the screen to the keys. */
  async verdict(number: string, verdict: '合格' | '不合格' | '不适用'): Promise<void> {
    await this.item(number).getByRole('radio', { name: verdict, exact: true }).click()
    if (verdict === '不合格') await expect(this.item(number).locator('[data-note]')).toBeFocused()
  }

  /** Waits until everything that was tapped here has been saved. */
  async saved(): Promise<void> {
    await expect(this.page.locator('[data-saved="false"]')).toHaveCount(0)
  }

  /** Types measured values, one after the other, Enter leading on. */
  async measure(values: string[]): Promise<void> {
    for (const value of values) {
      await this.page.keyboard.type(value)
      await this.page.keyboard.press('Enter')
    }
  }

  /** Takes a picture for an item with the camera that stands open in its row. */
  async shoot(number: string): Promise<void> {
    const row = this.item(number)
    const before = await row.locator('.tiles img').count()
    await row.locator('button[data-photo]').filter({ hasText: '拍下' }).click()
    await expect.poll(() => row.locator('.tiles img').count()).toBeGreaterThan(before)
  }
}
