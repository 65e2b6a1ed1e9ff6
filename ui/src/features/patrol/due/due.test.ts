import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { CommandError } from '@/backend'
import { overlaysSettled, topDialog } from '@/shared/testing/mount'
import type { DueWindow } from '../model/contract'
import { ME, dueOf } from '../model/testing'
// Here before a test waits for it.
import '@/shared/components/BaseDialog.vue'
import { openPage, scan } from '../testing-page'
import PatrolPage from './PatrolPage.vue'
import TodayPatrol from './TodayPatrol.vue'
import { nowOf, toneOf } from './due'

let wrapper: VueWrapper
async function list(windows: DueWindow[], office = false) {
  const page = await openPage(PatrolPage, { windows, path: '/patrol', route: '/patrol', office })
  wrapper = page.wrapper
  return page
}
afterEach(() => {
  wrapper?.unmount()
  document.body.replaceChildren()
})
const row = (window: string) => wrapper.get(`[data-window=${window}]`)

describe('a window', () => {
  it('that is done with gaps is never drawn as done', () => {
    expect(toneOf(dueOf({ state: 'done', covered: 16 }))).toBe('done')
    expect(toneOf(dueOf({ state: 'done', covered: 14 }))).toBe('gap')
    expect(toneOf(dueOf({ state: 'missed', covered: 16 }))).toBe('gap')
  })

  it('that somebody is walking comes before one whose time it is', () => {
    const due = dueOf({ window: 'w1' })
    const open = dueOf({ window: 'w2', state: 'open', to: due.to + 9 })
    expect(nowOf([due, open])).toBe(open)
    expect(nowOf([dueOf({ state: 'later' }), dueOf({ state: 'done' })])).toBeNull()
    const sooner = dueOf({ window: 'w3', to: due.to - 9 })
    expect(nowOf([due, sooner])).toBe(sooner)
  })
})

describe('the list of the day', () => {
  it('says on a tablet what was not seen here, and until when it has heard, and accuses nobody', async () => {
    const page = await list([dueOf({ state: 'missed', covered: 0 })])
    page.tell({ type: 'sync', status: { last_success_at: Date.parse('2026-11-23T06:05:00+08:00') } as never })
    await flushPromises()
    expect(row('w1').text()).toContain('本机未见（截至 06:05 同步）')
    expect(row('w1').text()).not.toContain('漏巡')
  })

  it('says 漏巡 in the office alone, when every device has been heard from', async () => {
    await list([dueOf({ state: 'missed', heard: true }), dueOf({ window: 'w2', state: 'missed' })], true)
    expect(row('w1').text()).toContain('漏巡')
    expect(row('w2').text()).toContain('未到报')
  })

  it('starts the window whose time it is, and goes on with one that is open', async () => {
    const run = { id: 'run-2', by: ME, at: Date.parse('2026-11-23T06:31:00+08:00') }
    const { engine, router } = await list([
      dueOf(),
      dueOf({ window: 'w2', state: 'open', covered: 8, run, to: 0 }),
    ])
    expect(row('w2').get('a').attributes('href')).toContain('/patrol/run-2')
    expect(row('w2').text()).toContain('吴大勇 06:31 开始')
    await row('w1').get('button').trigger('click')
    await flushPromises()
    expect(engine.calls.find(({ name }) => name === 'start')?.given).toEqual({
      route: 'r1',
      window: 'w1',
      day: '2026-11-23',
    })
    expect(router.currentRoute.value.path).toBe(`/patrol/${engine.run().id}`)
  })

  it('enters a round afterwards with a reason alone', async () => {
    const { engine } = await list([dueOf({ state: 'missed' })])
    await row('w1').get('button').trigger('click')
    await overlaysSettled()
    const dialog = topDialog()
    expect(dialog.get('button[type=submit]').attributes('disabled')).toBeDefined()
    await dialog.get('textarea').setValue('平板没电')
    await dialog.get('form').trigger('submit')
    await flushPromises()
    expect(engine.calls.find(({ name }) => name === 'start')?.given).toMatchObject({
      late_reason: '平板没电',
    })
  })

  it('offers what is just over to be walked late first, and to be entered afterwards beside it', async () => {
    const { engine } = await list([dueOf({ state: 'missed', may_be_late: true })])
    const offered = row('w1').findAll('button')
    expect(offered.map((button) => button.text())).toEqual(['现在去巡（迟）', '补录'])
    await offered[0]?.trigger('click')
    await flushPromises()
    expect(engine.calls.find(({ name }) => name === 'start')?.given).toEqual({
      route: 'r1',
      window: 'w1',
      day: '2026-11-23',
    })
  })

  it('takes over the walk of a colleague by the code that a scanner reads', async () => {
    const { engine, router } = await list([dueOf()])
    scan('RW1.run-of-b')
    await flushPromises()
    expect(engine.calls.find(({ name }) => name === 'join')?.given).toBe('RW1.run-of-b')
    expect(router.currentRoute.value.path).toBe('/patrol/run-of-b')
  })

  it('says why a code that is none of a walk opens none', async () => {
    const { engine } = await list([dueOf()])
    engine.refuse('join', new CommandError('bad-arguments', '', 'code'))
    scan('RP0000000001')
    await flushPromises()
    expect(wrapper.get('[data-join-trouble]').text()).toBe('这不是同事屏幕上的码。')
  })

  it('walks a round outside of all windows', async () => {
    const { engine } = await list([dueOf({ state: 'later' })])
    await wrapper.get('[data-route] .route button').trigger('click')
    await flushPromises()
    expect(engine.calls.find(({ name }) => name === 'start')?.given).toEqual({ route: 'r1' })
  })
})

describe('the card on Today', () => {
  const card = async (windows: DueWindow[]) => {
    const page = await openPage(TodayPatrol, {
      windows,
      path: '/today',
      route: '/today',
      props: { isFirst: true },
    })
    wrapper = page.wrapper
    return page
  }

  it('offers the window that is open: 开门前 06:30-07:30 · 16 点', async () => {
    const { engine } = await card([dueOf()])
    expect(wrapper.text()).toContain('开门前 06:30-07:30')
    expect(wrapper.text()).toContain('16 点')
    await wrapper.get('button').trigger('click')
    await flushPromises()
    expect(engine.calls.some(({ name }) => name === 'start')).toBe(true)
  })

  it('is not there while no window is open', async () => {
    await card([dueOf({ state: 'later' }), dueOf({ state: 'done' })])
    expect(wrapper.find('[data-patrol]').exists()).toBe(false)
  })
})
