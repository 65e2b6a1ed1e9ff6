/** Papers: chosen, read on the screen, printed by the browser and read back, and taken out as files. */
import { readFileSync } from 'node:fs'
import { expect, test, type Page } from '@playwright/test'
import { sign } from '../support/hand'
import { call, go, openTablet } from '../support/page'
import { beyond, print } from '../support/paper'
import { PEOPLE, School, type Tablet } from '../support/school'

test.describe('papers', () => {
  let school: School
  let tablet: Tablet
  let page: Page

  test.beforeAll(async ({ browser }) => {
    school = await School.make({ demo: true })
    await school.start()
    tablet = await school.tablet('平板 1')
    page = await (await browser.newContext({ colorScheme: 'dark', acceptDownloads: true })).newPage()
    await openTablet(page, tablet, PEOPLE.logi)
  })
  test.afterAll(async () => {
    await page?.context().close()
    await tablet?.close()
    await school?.stop()
  })

  const switchedTo = (who: { id: string; pin: string }) =>
    call(page, 'person.switch', { person: who.id, pin: who.pin })

  test('lead from the page of everything else to one that stands as it prints', async () => {
    await go(page, '/more')
    await page.getByRole('link', { name: '表册' }).click()
    await page.getByRole('link', { name: '隐患排查整改销号台账' }).click()
    await page.locator('article').waitFor()
    await expect(page.locator('article')).toContainText(/共 \d+ 行/)
    await expect(page.locator('article')).toContainText('数据截至')
    await expect(page.getByRole('button', { name: '打印' })).toBeVisible()
  })

  test('print on their side, with their head on every page and no row beyond the edge', async () => {
    await go(page, '/papers/findings')
    await page.locator('article tbody tr').first().waitFor()
    const pages = await print(page, undefined, true)
    expect(pages.length).toBeGreaterThan(0)
    pages.forEach((one, at) => {
      expect(one.width, `page ${at + 1} lies on its side`).toBeCloseTo(842, 0)
      expect(one.text).toContain('隐患排查整改销号台账')
      expect(one.text.replace(/\s/g, '')).toContain(`${at + 1}/${pages.length}`)
      expect(one.text).not.toContain('导出')
      expect(beyond(one, 20)).toEqual([])
    })
    expect(pages.at(-1)?.text).toContain('负责人')
    expect(pages.at(-1)?.text).toMatch(/共\s*\d+\s*行/)
  })

  test('of one finding are a slip: one upright page, reached from the finding, with lines for a hand', async () => {
    const { findings } = await call<{ findings: { id: string }[] }>(page, 'finding.list', {})
    await go(page, `/findings/${findings[0]!.id}`)
    await page.getByRole('link', { name: '报修单' }).click()
    const paper = page.locator('article')
    await expect(paper).toContainText('故障描述')
    await expect(page.getByText('本月')).toHaveCount(0)
    // When somebody was on the spot, the parts and the opinion are in no record.
    expect(await paper.locator('dd:empty').count()).toBeGreaterThanOrEqual(3)
    const pages = await print(page)
    expect(pages.length).toBe(1)
    expect(pages[0]!.width).toBeCloseTo(595, 0)
    for (const words of ['报修单', '编号', '用料', '派单人', '验收人', '数据截至'])
      expect(pages[0]!.text.replace(/\s/g, '')).toContain(words)
    expect(beyond(pages[0]!, 20)).toEqual([])
    await page.getByRole('link', { name: '返回' }).click()
    await page.getByRole('link', { name: '报修单' }).waitFor()
  })

  test('of a register say what was corrected, and go into a file under a name that says who and when', async () => {
    await switchedTo(PEOPLE.fso)
    const { areas } = await call<{ areas: { id: string; kind: string }[] }>(page, 'area.list', {})
    const kitchen = areas.find(({ kind }) => kind === 'kitchen')?.id
    const set = {
      kitchen,
      sort: '餐厨垃圾',
      kg: '35',
      company: '=绿源环保',
      licensed: true,
      collector: '老周',
    }
    const { id } = await call<{ id: string }>(page, 'entry.save', {
      kind: 'waste',
      set: { ...set, phone: '13812345678' },
    })
    await call(page, 'entry.correct', { id, field: 'kg', value: '53', reason: '数字写反' })
    await go(page, '/papers/waste')
    const paper = page.locator('article')
    await expect(paper).toContainText('35 kg → 53')
    await expect(paper).toContainText('***5678')
    const [portrait] = await print(page)
    expect(portrait?.width).toBeCloseTo(595, 0)
    expect(beyond(portrait!, 20)).toEqual([])
    const waiting = page.waitForEvent('download')
    await page.getByRole('button', { name: '导出 CSV' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '导出文件' }).click()
    const download = await waiting
    expect(download.suggestedFilename()).toMatch(/^废弃物处置_20\d\d-.*_李敏_\d{8}-\d{4}\.csv$/)
    const text = readFileSync(await download.path(), 'utf8')
    expect(text).toContain("'=绿源环保")
    expect(text).not.toContain('13812345678')
  })

  test('are signed on the tablet, printed with their code, and compared by it', async () => {
    await switchedTo(PEOPLE.logi)
    await go(page, '/papers/findings')
    await page.locator('article tbody tr').first().waitFor()
    await page.getByRole('button', { name: '签字' }).click()
    const dialog = page.getByRole('dialog')
    await sign(page)
    await dialog.getByRole('button', { name: '签字', exact: true }).click()
    await expect(dialog).toHaveCount(0)
    const line = page.locator('article', { hasText: '第 1 版已签' })
    await expect(line.locator('figure svg')).toHaveCount(1)
    const code = /RP1\.[A-Z2-7]{26}\.1\.[A-Z2-7]{26}\.\d+/.exec((await line.textContent()) ?? '')?.[0] ?? ''
    expect(code).not.toBe('')
    const pages = await print(page, undefined, true)
    expect((pages.at(-1)?.text ?? '').replace(/\s/g, '')).toContain(code)
    await go(page, '/papers/check')
    await page.getByLabel('核对码').fill(code.toLowerCase())
    await page.getByRole('button', { name: '核对', exact: true }).click()
    await expect(page.locator('main h2[role=status]')).toContainText('本平板存有这一版')
    await expect(page.getByText('不能证明写的是真的')).toBeVisible()
    await page.getByLabel('核对码').fill(code.replace('.1.', '.2.'))
    await page.getByRole('button', { name: '核对', exact: true }).click()
    await expect(page.locator('main h2[role=status]')).toContainText('没有这一版')
  })

  test('are not there for who does not see all of them', async () => {
    await switchedTo(PEOPLE.fixer)
    await go(page, '/papers/findings')
    await expect(page.getByText('没有这份表册')).toBeVisible()
    await expect(page.locator('article')).toHaveCount(0)
  })
})
