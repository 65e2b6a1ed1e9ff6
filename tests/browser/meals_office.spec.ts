/** The office plans a week, traces a dish and a delivery, and watches samples, temperatures and what was left. */
import { expect, test, type Page } from '@playwright/test'
import { dayOn, lastLunch, mondayOn } from '../support/meals'
import { call, go, openOffice } from '../support/page'
import { print } from '../support/paper'
import { School } from '../support/school'

interface Menu {
  meals: { date: string; type: string; dishes: { name: string }[] }[]
}
interface Card {
  dishes: { id: string; name: string; lines: unknown[] }[]
}

test.describe.configure({ mode: 'serial', timeout: 240_000 })

test.describe('meals in the office', () => {
  let school: School
  let page: Page

  test.beforeAll(async ({ browser }) => {
    school = await School.make({ demo: true })
    await school.start()
    page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage()
    await openOffice(page, school)
  })
  test.afterAll(async () => {
    await page?.context().close()
    await school?.stop()
  })

  const cell = (date: string) => page.locator(`[data-meal="${date} 午餐"]`)
  const planned = async (date: string) => {
    const { meals } = await call<Menu>(page, 'menu.get', { day: date })
    return meals.find((meal) => meal.date === date && meal.type === '午餐')?.dishes.map(({ name }) => name)
  }
  /** The last lunch, and a dish of it that was made of something that was delivered. */
  async function cooked() {
    const meal = await lastLunch(page)
    const { dishes } = await call<Card>(page, 'meal.card', meal)
    const dish = dishes.find(({ lines }) => lines.length > 0)
    if (!dish) throw new Error('the last lunch was made of nothing')
    return { meal, dish }
  }

  test('a dish is planned by the initials of its name with the keyboard alone, and outlives a reload before it is saved', async () => {
    await go(page, `/kitchen/menu?day=${mondayOn(1)}`)
    await cell(mondayOn(1)).focus()
    await page.keyboard.press('Enter')
    const panel = page.getByRole('dialog')
    await panel.getByRole('combobox').first().waitFor()
    await page.keyboard.type('hsr')
    await expect(panel.getByRole('option').first()).toContainText('红烧肉')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(panel.locator('[data-dish="红烧肉"]')).toBeVisible()
    await page.keyboard.type('豆角')
    await expect(panel).toContainText('「豆角」不得制售：四季豆')
    await page.keyboard.press('Enter')
    await expect(panel.locator('[data-dish]')).toHaveCount(1)
    await page.keyboard.press('Escape')
    await expect(panel).toHaveCount(0)
    await expect(page.locator('[data-save]')).toBeVisible()
    await expect
      .poll(async () => JSON.stringify(await call(page, 'draft.list')))
      .toContain(`menu.save/${mondayOn(1)}`)
    await page.reload()
    await expect(cell(mondayOn(1))).toContainText('红烧肉')
    expect(await planned(mondayOn(1))).toEqual([])
    await page.locator('[data-save]').click()
    await expect(page.locator('[data-save]')).toHaveCount(0)
    expect(await planned(mondayOn(1))).toEqual(['红烧肉'])
  })

  test('what a colleague adds while one plans stays, and nobody has to choose', async () => {
    await cell(mondayOn(1)).click()
    const panel = page.getByRole('dialog')
    await panel.getByRole('combobox').first().fill('番茄炒蛋')
    await panel.getByRole('button', { name: '加上', exact: true }).click()
    await panel.getByRole('button', { name: '好了' }).click()
    const dishes = [{ name: '红烧肉', category: '热菜', made_here: true }, { name: '冬瓜汤' }]
    const meals = [{ date: mondayOn(1), type: '午餐', dishes }]
    await call(page, 'menu.save', { day: mondayOn(1), meals })
    await expect(page.locator('[data-unfinished], .foot').first()).toBeVisible()
    await page.locator('[data-save]').click()
    await expect(page.locator('[data-save]')).toHaveCount(0)
    expect((await planned(mondayOn(1)))?.sort()).toEqual(['冬瓜汤', '番茄炒蛋', '红烧肉'])
    const { conflicts } = await call<{ conflicts: unknown[] }>(page, 'conflict.list')
    const before = conflicts.filter((one) => JSON.stringify(one).includes('menu'))
    expect(before).toEqual([])
  })

  test('a week is copied from the one before by one button, and hangs on one side of paper', async () => {
    const week = mondayOn(2)
    await go(page, `/kitchen/menu?day=${week}`)
    await cell(week).waitFor()
    await page.getByRole('button', { name: '照搬上周' }).click()
    await expect(cell(week)).toContainText('红烧肉')
    await page.locator('[data-save]').click()
    await expect(page.locator('[data-save]')).toHaveCount(0)
    expect((await planned(week))?.length).toBe(3)
    const printed = await print(page, undefined, true)
    expect(printed).toHaveLength(1)
    expect(printed[0]?.text).toContain('红烧肉')
    expect(printed[0]?.text).toContain('午餐')
  })

  test('a dish of today goes with a reason alone', async () => {
    const today = dayOn(0)
    const { meals } = await call<Menu>(page, 'menu.get', { day: today })
    const lunch = meals.find((meal) => meal.date === today && meal.type === '午餐')
    await go(page, `/kitchen/menu?day=${today}`)
    await cell(today).click()
    const panel = page.getByRole('dialog')
    const gone = lunch?.dishes[1]?.name ?? ''
    await panel.locator('select').selectOption({ label: gone })
    await panel.getByRole('button', { name: '登记', exact: true }).click()
    await expect(panel).toContainText('请写明原因')
    await panel.getByLabel('原因').fill('没有到货')
    await panel.getByLabel(/换成/).fill('鱼丸汤')
    await panel.getByRole('button', { name: '登记', exact: true }).click()
    await expect(panel).toHaveCount(0)
    await expect(cell(today)).toContainText('没有到货')
    await expect(cell(today)).toContainText('鱼丸汤')
  })

  test('a dish leads to its deliveries, and a delivery to its dishes and classes, with what is not linked', async () => {
    const { meal, dish } = await cooked()
    await go(page, `/kitchen/trace?meal=${meal.date}~${encodeURIComponent(meal.type)}`)
    const paper = page.locator('[data-trace-paper]')
    await expect(paper.locator(`[data-dish="${dish.name}"]`)).toContainText('猪前腿肉')
    await expect(paper.locator('[data-unlinked-dishes]')).toBeVisible()
    await expect(paper.locator('[data-unlinked-lines]')).toContainText('时令蔬菜')
    await page.getByRole('button', { name: '从原料查去向' }).click()
    await page.getByLabel('品名、批号').fill(`B${meal.date.slice(5, 7)}${meal.date.slice(8)}`)
    const line = page.locator('[data-line]')
    await expect(line).toHaveCount(1)
    await line.click()
    await page.locator('[data-trace]').click()
    await expect(paper.locator(`[data-dish="${dish.name}"]`)).toBeVisible()
    await expect(paper.locator('[data-classes]')).toContainText('吃过的班级')
    await expect(paper.locator('[data-unlinked-dishes]')).toContainText('可能也用了')
    const printed = await print(page)
    expect(printed).toHaveLength(1)
    expect(printed[0]?.text).toContain(dish.name)
    expect(printed[0]?.text).not.toContain('照搬')
  })

  test('samples stand with their clocks, and one that went too early says so', async () => {
    const { id: meal } = await call<{ id: string }>(page, 'meal.card', { type: '午餐' })
    const { areas } = await call<{ areas: { id: string; kind: string }[] }>(page, 'area.list')
    const kitchen = areas.find(({ kind }) => kind === 'kitchen')?.id
    const keep = (dish_name: string, box_no: string) => {
      const set = { kitchen, meal, dish_name, grams: '130', box_no }
      return call<{ id: string }>(page, 'entry.save', { kind: 'food_sample', set })
    }
    const [kept, gone] = [await keep('白米饭', 'Z-01'), await keep('白粥', 'Z-02')]
    await call(page, 'meal.dispose', { sample: gone.id, way: '餐厨垃圾', sure: ['early'] })
    await go(page, '/kitchen/samples')
    await expect(page.locator(`[data-sample="${kept.id}"]`)).toContainText(/还要存 4[78]:\d\d/)
    await expect(page.locator(`[data-sample="${gone.id}"]`)).toHaveCount(0)
    await page.getByRole('button', { name: /有问题/ }).click()
    const early = page.locator(`[data-sample="${gone.id}"]`)
    await expect(early).toContainText('未满时限就销了')
    await expect(early.locator('a[href^="#/meals/"]')).toBeVisible()
  })

  test('the board shows the day with a way to each card, and follows what is written elsewhere', async () => {
    const { meal } = await cooked()
    await go(page, `/kitchen/board?day=${meal.date}`)
    const lunch = page.locator('[data-meal="午餐"]')
    await expect(lunch).toContainText(/完成 \d+\/\d+/)
    await go(page, '/kitchen/board')
    await call(page, 'meal.dish', { meal: { type: '午餐' }, name: '绿豆汤', category: '汤' })
    await expect(page.locator('[data-meal="午餐"]')).toContainText('绿豆汤')
  })

  test('temperatures, leftovers and licences each have their page', async () => {
    await go(page, '/kitchen/temperatures')
    await page.getByRole('button', { name: '菜品中心温度' }).click()
    const curve = page.locator('[data-curve]').first()
    const { rows } = await call<{ rows: { fields: { what: string; c: string } }[] }>(page, 'entry.list', {
      ...{ kind: 'temperature_reading', from: dayOn(-13), to: dayOn(0), limit: 1000 },
    })
    const read = rows.filter(({ fields }) => fields.what === '中心温度')
    const cold = read.filter(({ fields }) => Number(fields.c) < 70)
    await expect(curve.locator('svg circle')).toHaveCount(read.length)
    await expect(curve.locator('svg circle.out')).toHaveCount(cold.length)
    await expect(curve).toContainText('限 70 ℃ 以上')
    await go(page, '/kitchen/leftovers')
    await expect(page.locator('[data-class]').first()).toContainText('算不出')
    await go(page, '/kitchen/suppliers')
    const ends = page.locator('[data-valid-to]')
    await expect(ends.first()).toBeVisible()
    const days = await ends.evaluateAll((all) =>
      all.map((one) => (one as HTMLElement).dataset['validTo'] ?? ''),
    )
    expect(days).toEqual([...days].sort())
  })
})
