/** The office keeps its patrol routes with the keyboard alone, and prints their labels. */
import { expect, test, type Locator, type Page } from '@playwright/test'
import { call, openOffice } from '../support/page'
import { print } from '../support/paper'
import { School } from '../support/school'

interface Route {
  route: { id: string; windows: { name: string; from: string }[] }
  points: { id: string; name: string; min_seconds: number; items: { code: string }[]; tags: unknown[] }[]
}

test.describe.configure({ mode: 'serial' })

test.describe('the routes of a school', () => {
  let school: School
  let page: Page
  let id: string

  test.beforeAll(async ({ browser }) => {
    school = await School.make({ demo: true })
    await school.start()
    page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage()
    await openOffice(page, school)
    const { routes } = await call<{ routes: { id: string; night: boolean }[] }>(page, 'route.list')
    id = routes.find(({ night }) => !night)!.id
  })
  test.afterAll(async () => {
    await page?.context().close()
    await school?.stop()
  })

  const stored = () => call<Route>(page, 'route.get', { id })
  const dialog = () => page.getByRole('dialog')
  const point = (name: string) => page.getByRole('listitem').filter({ hasText: name })

  /** Goes on from stop to stop until the focus is there. */
  async function tabTo(target: Locator): Promise<void> {
    await target.first().waitFor()
    for (let stops = 0; stops < 150; stops += 1) {
      if (await target.first().evaluate((element) => element === document.activeElement)) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`no way to ${target} with the keyboard`)
  }
  async function press(target: Locator): Promise<void> {
    await tabTo(target)
    await page.keyboard.press('Enter')
  }

  test('a route is opened from the rail, and a point is moved by the arrow keys', async () => {
    await press(page.getByRole('navigation').getByRole('link', { name: '路线' }))
    await press(page.getByRole('link', { name: /幼儿园日巡/ }))
    await page.getByRole('heading', { name: '幼儿园日巡' }).waitFor()
    const before = (await stored()).points.map(({ name }) => name)
    const handle = page.getByRole('button', { name: `第 3 点 ${before[2]}，按上下键移动` })
    await tabTo(handle)
    await page.keyboard.press('ArrowUp')
    const now = page.getByRole('button', { name: `第 2 点 ${before[2]}，按上下键移动` })
    await expect(now).toBeFocused()
    await expect.poll(async () => (await stored()).points[1]?.name).toBe(before[2])
    await expect(page.getByRole('status').filter({ hasText: '现在是第 2 点' })).toHaveCount(1)
  })

  test('a point is added with its items and changed, and what is begun is offered again', async () => {
    await press(page.getByRole('button', { name: '添加巡查点' }))
    await expect(dialog().getByLabel('名称', { exact: true })).toBeFocused()
    await page.keyboard.type('屋顶水箱')
    // Whoever leaves finds it again.
    await page.keyboard.press('Escape')
    await expect(dialog()).toHaveCount(0)
    await press(page.getByRole('button', { name: '添加巡查点' }))
    await expect(dialog().getByLabel('名称', { exact: true })).toHaveValue('屋顶水箱')
    await tabTo(dialog().getByLabel('找检查项'))
    await page.keyboard.type('T16.05')
    await tabTo(
      dialog()
        .getByRole('checkbox', { name: /T16\.05/ })
        .last(),
    )
    await page.keyboard.press('Space')
    await press(dialog().getByRole('button', { name: '添加', exact: true }))
    await expect(dialog()).toContainText('已添加“屋顶水箱”。')
    await press(dialog().getByRole('button', { name: '好了' }))
    await expect(dialog()).toHaveCount(0)
    const added = (await stored()).points.at(-1)
    expect(added).toMatchObject({ name: '屋顶水箱', min_seconds: 30, items: [{ code: 'T16.05' }] })

    await press(point('屋顶水箱').getByRole('button', { name: /修改巡查点/ }))
    await tabTo(dialog().getByLabel('最短停留（秒）'))
    await page.keyboard.press('Control+A')
    await page.keyboard.type('很久')
    await press(dialog().getByRole('button', { name: '保存' }))
    await expect(dialog()).toContainText('请填 0 到 3600 的整数。')
    await tabTo(dialog().getByLabel('最短停留（秒）'))
    await page.keyboard.press('Control+A')
    await page.keyboard.type('75')
    await press(dialog().getByRole('button', { name: '保存' }))
    await expect(dialog()).toHaveCount(0)
    await expect(point('屋顶水箱')).toContainText('75 秒')
  })

  test('a tag is scanned into the field of a point, and one of another point is taken only when that is said', async () => {
    await press(point('屋顶水箱').getByRole('button', { name: /的标签/ }))
    await expect(dialog().getByLabel('扫描或输入标签编号')).toBeFocused()
    await page.keyboard.type('04:aa:bb:cc')
    await page.keyboard.press('Enter')
    await expect(dialog()).toContainText('04AABBCC')
    const first = (await stored()).points[0]!
    await tabTo(dialog().getByLabel('扫描或输入标签编号'))
    await page.keyboard.type('045E01016A1180')
    await page.keyboard.press('Enter')
    await expect(dialog()).toContainText(`它现在在“${first.name}”`)
    expect((await stored()).points.at(-1)?.tags).toHaveLength(1)
    await press(dialog().getByRole('button', { name: '拿到这一点来' }))
    await expect(dialog()).toContainText('045E01016A1180')
    await page.keyboard.press('Escape')
    await expect(dialog()).toHaveCount(0)
  })

  test('a window gives way to another one, and a fire patrol keeps its seven items', async () => {
    await press(page.getByRole('button', { name: /09:30–10:30/ }))
    await tabTo(dialog().getByLabel('名称', { exact: true }))
    await page.keyboard.press('Control+A')
    await page.keyboard.type('上午课间')
    await press(dialog().getByRole('button', { name: '保存' }))
    await expect(dialog()).toHaveCount(0)
    await expect(page.getByRole('button', { name: /09:30–10:30 上午课间/ })).toBeVisible()
    expect((await stored()).route.windows).toHaveLength(5)

    await press(point('配电箱、热水器、燃气').getByRole('button', { name: /修改巡查点/ }))
    await press(dialog().getByRole('button', { name: '停用这个点' }))
    await press(dialog().getByRole('button', { name: '停用', exact: true }))
    await expect(dialog()).toContainText('防火巡查的路线，七项都要有点位检查')
    await page.keyboard.press('Escape')
    await expect(dialog()).toHaveCount(0)
  })

  test('labels are printed 24 to a sheet of A4, and one alone', async () => {
    await press(page.getByRole('link', { name: '打印标签' }))
    await press(page.getByRole('button', { name: '制作标签（1）' }))
    await expect(page.getByRole('button', { name: '制作标签（1）' })).toHaveCount(0)
    const { labels } = await call<{ labels: { name: string; text: string }[] }>(page, 'tag.labels', {
      route: id,
    })
    expect(labels).toHaveLength(17)
    const pages = await print(page)
    expect(pages).toHaveLength(1)
    expect([pages[0]?.width, pages[0]?.height].map((side) => Math.round(side ?? 0))).toEqual([595, 842])
    const printed = pages[0]!.text.replace(/\s/g, '')
    for (const label of labels) expect(printed).toContain(label.text)
    expect(printed).toContain('屋顶水箱')
    expect(printed).not.toContain('重做')

    await press(page.getByRole('button', { name: '只印这一张：屋顶水箱' }))
    await page.getByRole('button', { name: '打印全部' }).waitFor()
    const [alone, ...more] = await print(page)
    expect(more).toHaveLength(0)
    expect([alone?.width, alone?.height].map((side) => Math.round(side ?? 0))).toEqual([198, 105])
    expect(alone?.text.replace(/\s/g, '')).toContain(labels.at(-1)?.text)
  })
})
