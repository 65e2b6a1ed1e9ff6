import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { CommandError } from '@/backend'
import { findingRow } from '@/shared/testing/rows'
import { topDialog } from '@/shared/testing/mount'
import { partsHere } from '@/shared/state/later'
import { CALM_MS } from '../model/calm'
import type { Before, Run } from '../model/contract'
import { runOf, runPoint } from '../model/testing'
import { openPage, scan } from '../testing-page'
// Here before the tests wait for it.
import '@/shared/components/BaseDialog.vue'
import '../record/RunRecord.vue'
import RunPage from './RunPage.vue'

const three = () =>
  runOf([
    runPoint(1, { name: '园门与门卫室', look_at: '在岗、锁、登记', min_seconds: 60 }),
    runPoint(2, { name: '晨检接待处' }),
    runPoint(3, { name: '园门外与围栏' }),
  ])
let wrapper: VueWrapper
async function walk(run: Run = three(), language: 'zh' | 'en' = 'zh', before?: Before) {
  const page = await openPage(RunPage, { run, language, ...(before ? { before } : {}) })
  wrapper = page.wrapper
  await calm()
  return page
}
const text = () => wrapper.text()
const main = () => wrapper.get('.bar .main')
const side = () => wrapper.get('.bar .side')
const calm = async () => {
  await vi.advanceTimersByTimeAsync(CALM_MS)
  await flushPromises()
}
/** Waits until what opens or closes above the page has done so. */
const settle = async () => {
  await partsHere()
  await calm()
}
const scanned = async (code: string, into?: Element) => {
  scan(code, into)
  await flushPromises()
  await calm()
}

beforeEach(
  () => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] }),
)
afterEach(() => {
  wrapper.unmount()
  document.body.replaceChildren()
  vi.useRealTimers()
})

describe('a walk', () => {
  it('shows where its walker is, the next point large, and what to look at', async () => {
    await walk()
    expect(wrapper.get('h1').text()).toBe('园门与门卫室')
    expect(text()).toContain('第 1 点，共 3 点')
    expect(text()).toContain('下一点 2 晨检接待处')
    expect(wrapper.findAll('.looks li').map((look) => look.text())).toEqual(['在岗', '锁', '登记'])
    expect(main().text()).toBe('扫码')
    expect(wrapper.findAll('.strip button').map((one) => one.attributes('data-mark'))).toEqual([
      'next',
      'next',
      'next',
    ])
  })

  it('takes one tap a point beside the scans', async () => {
    const { engine } = await walk()
    for (const code of ['RP0000000001', 'RP0000000002', 'RP0000000003']) {
      await scanned(code)
      expect(main().text()).toBe('正常')
      await main().trigger('click')
      await flushPromises()
    }
    expect(engine.run().points.map(({ visits }) => visits[0]?.result)).toEqual(['normal', 'normal', 'normal'])
    expect(text()).toContain('3 点，未发现问题')
    expect(main().text()).toBe('结束巡查')
  })

  it('counts the shortest stay down beside the button, which holds nobody back', async () => {
    const { engine } = await walk()
    await scanned('RP0000000001')
    expect(wrapper.get('[data-stay]').text()).toContain('至少 1:00')
    await main().trigger('click')
    await flushPromises()
    expect(engine.run().points[0]?.visits).toHaveLength(1)
  })

  it('drops a tap that comes within 400 ms of a change of point', async () => {
    const { engine } = await walk()
    await scanned('RP0000000001')
    await main().trigger('click')
    await main().trigger('click')
    await flushPromises()
    expect(engine.calls.filter(({ name }) => name === 'visit')).toHaveLength(1)
    expect(wrapper.find('[role=dialog]').exists()).toBe(false)
    expect(wrapper.get('h1').text()).toBe('晨检接待处')
  })

  it('opens the items that must be looked at before the point can be closed', async () => {
    const run = three()
    Object.assign(run.points[0]!, { must: true, items: 1 })
    const { engine, router } = await walk(run)
    const opened = vi.spyOn(router, 'push').mockResolvedValue(undefined)
    await scanned('RP0000000001')
    expect(main().text()).toBe('先看必查项')
    await main().trigger('click')
    await flushPromises()
    expect(opened).toHaveBeenCalledWith({ query: { point: 'c1' } })
    expect(engine.calls.filter(({ name }) => name === 'visit')).toEqual([])
  })

  it('can take the last tap back, quietly', async () => {
    await walk()
    await scanned('RP0000000001')
    await main().trigger('click')
    await flushPromises()
    expect(wrapper.get('.closed').text()).toContain('园门与门卫室：正常')
    await wrapper.get('[data-undo]').trigger('click')
    await flushPromises()
    expect(wrapper.get('h1').text()).toBe('园门与门卫室')
    expect(main().text()).toBe('正常')
  })

  it('speaks English', async () => {
    await walk(three(), 'en')
    expect(main().text()).toBe('Scan')
    expect(text()).toContain('Point 1 of 3')
  })
})

describe('by hand', () => {
  it('is 到达, a reason, 正常: three taps', async () => {
    const { engine } = await walk()
    await side().trigger('click')
    await flushPromises()
    await calm()
    await wrapper.get('[data-hand=true] .chip').trigger('click')
    await main().trigger('click')
    await flushPromises()
    const given = engine.calls.find(({ name }) => name === 'visit')?.given
    expect(given).toMatchObject({ how: 'hand', result: 'normal', reason: '标签脱落' })
  })

  it('asks for no reason after a scan, and blocks nobody who gives none', async () => {
    const { engine } = await walk()
    await scanned('RP0000000001')
    expect(wrapper.find('[data-hand=true]').exists()).toBe(false)
    await main().trigger('click')
    await flushPromises()
    await calm()
    await side().trigger('click')
    await flushPromises()
    await calm()
    await main().trigger('click')
    await flushPromises()
    expect(engine.calls.filter(({ name }) => name === 'visit')[1]?.given).not.toHaveProperty('reason')
  })
})

describe('what was found before', () => {
  it('is shown on arrival, and 仍在 goes with the visit', async () => {
    const findings = [findingRow({ id: 'f1', description: '应急灯不亮', severity: 'L3' })]
    const run = three()
    run.points[0]!.findings = findings
    const { engine } = await walk(run)
    expect(wrapper.find('[data-open-findings]').exists()).toBe(false)
    await scanned('RP0000000001')
    expect(wrapper.get('[data-open-findings]').text()).toContain('应急灯不亮')
    await wrapper.findAll('[data-open-findings] button')[0]!.trigger('click')
    await main().trigger('click')
    await flushPromises()
    expect(engine.calls.find(({ name }) => name === 'visit')?.given).toMatchObject({ still: ['f1'] })
  })
})

describe('a scan', () => {
  it('of another point of the round opens that one', async () => {
    await walk()
    await scanned('RP0000000003')
    expect(wrapper.get('h1').text()).toBe('园门外与围栏')
    expect(wrapper.get('[data-came]').text()).toContain('跳着走的')
  })

  it.each([
    ['RPZZZZZZZZZZ', '这个标签不认识'],
    ['OLD0', '旧标签：配电室'],
  ])('of %s says what it is', async (code, words) => {
    await walk()
    await scanned(code)
    expect(wrapper.get('[data-stray]').text()).toContain(words)
    expect(wrapper.get('h1').text()).toBe('园门与门卫室')
  })

  it('presses no button that has the focus', async () => {
    const { engine } = await walk()
    await scanned('RP0000000001')
    const button = main().element as HTMLElement
    button.focus()
    await scanned('RP0000000002', button)
    expect(engine.calls.filter(({ name }) => name === 'visit')).toEqual([])
    expect(wrapper.get('h1').text()).toBe('晨检接待处')
  })
})

describe('a round that is not walked here', () => {
  it('is read when it is over', async () => {
    await walk(runOf([runPoint(1)], { stage: 'finished', finished_at: 5 }))
    await partsHere()
    await flushPromises()
    expect(wrapper.find('.bar').exists()).toBe(false)
    expect(text()).toContain('经过')
  })

  it('is only finished once the next window has begun', async () => {
    await walk(runOf([runPoint(1)], { stage: 'closing' }))
    await partsHere()
    await flushPromises()
    expect(text()).toContain('只能结束，不能再走')
  })

  it('on another tablet is walked along with by a run of its own', async () => {
    const { engine } = await walk(runOf([runPoint(1)], { is_here: false }))
    await partsHere()
    await flushPromises()
    expect(wrapper.find('.bar').exists()).toBe(false)
    await wrapper.get('.closing button').trigger('click')
    await flushPromises()
    expect(engine.calls.find(({ name }) => name === 'start')?.given).toMatchObject({ walk: engine.run().id })
  })
})

const nothing: Before = { handover: null, leader: null, free_bytes: null }

describe('before the first point', () => {
  it('stands what the last shift has left, what is open on the route, and how much room there is', async () => {
    const run = three()
    run.points[1]!.findings = [findingRow({ id: 'f1', description: '应急灯不亮' })]
    const handover = {
      id: 'h1',
      from: { id: 'p', name: '李明' },
      at: Date.parse('2026-11-23T06:05:00+08:00'),
      notes: ['后门灯已报修'],
      short: ['对讲机'],
    }
    await walk(run, 'zh', { ...nothing, handover, free_bytes: 300_000_000 })
    const before = wrapper.get('[data-before]')
    expect(before.get('[data-handover]').text()).toContain('李明')
    expect(before.text()).toContain('后门灯已报修')
    expect(before.text()).toContain('少了：对讲机')
    expect(before.get('[data-left-open]').text()).toContain('2 晨检接待处：应急灯不亮')
    expect(before.get('[data-room]').text()).toBe('剩余空间 0.3 GB')
    expect(before.get('[data-room]').classes()).toContain('low')
    await scanned('RP0000000001')
    expect(wrapper.find('[data-before]').exists()).toBe(false)
  })

  it('says nothing of what nobody knows', async () => {
    await walk(three(), 'zh', nothing)
    expect(wrapper.find('[data-before]').exists()).toBe(false)
  })
})

describe('a red line', () => {
  it('shows whom to tell, with a number that a telephone dials', async () => {
    const run = three()
    run.points[0]!.findings = [findingRow({ id: 'f1', description: '出口上锁', severity: 'L4' })]
    const leader = { person: { id: 'w', name: '王秀兰' }, phone: '0512 6688-01' }
    await walk(run, 'zh', { ...nothing, leader })
    await scanned('RP0000000001')
    expect(wrapper.get('[data-leader]').text()).toContain('王秀兰')
    expect(wrapper.get('[data-leader] a').attributes('href')).toBe('tel:0512668801')
    expect(wrapper.get('[data-leader] a').text()).toContain('0512 6688-01')
  })
})

describe('a count of boarders', () => {
  it('that somebody may not make says whether it was made', async () => {
    const run = three()
    run.points[0]!.boarders = { may_count: false, expected: null, counted: null }
    const counted = { by: { id: 'd', name: '宿管' }, at: 0 }
    run.points[1]!.boarders = { may_count: false, expected: null, counted }
    await walk(run)
    expect(wrapper.get('[data-boarders]').text()).toBe('待宿管点人数')
    await wrapper.findAll('.strip button')[1]!.trigger('click')
    expect(wrapper.get('[data-boarders]').text()).toContain('宿管已点人数 · 宿管')
  })
})

describe('a count of boarders by who may make it', () => {
  it('says how many there should be, and asks for the number that was counted', async () => {
    const run = three()
    const expected = { number: 28, living: 30, away: 2 }
    run.points[0]!.boarders = { may_count: true, expected, counted: null }
    run.points[1]!.boarders = { may_count: true, expected: null, counted: null }
    await walk(run)
    expect(wrapper.get('[data-boarders]').text()).toBe('应到 28 人（住宿 30，离校 2）')
    await wrapper.findAll('.strip button')[1]!.trigger('click')
    expect(wrapper.find('[data-boarders]').exists()).toBe(false)
  })
})

describe('a walk that is broken off', () => {
  it('says why, and goes on by one key', async () => {
    const { engine } = await walk()
    await wrapper.get('.top button.icon').trigger('click')
    await settle()
    await topDialog().get('[data-pause]').trigger('click')
    await settle()
    await topDialog().get('.chip').trigger('click')
    await flushPromises()
    await calm()
    expect(engine.calls.find(({ name }) => name === 'pause')?.given).toMatchObject({ reason: '被叫到门口' })
    expect(wrapper.get('[data-paused]').text()).toContain('被叫到门口')
    expect(main().text()).toBe('接着走')
    await main().trigger('click')
    await flushPromises()
    expect(wrapper.find('[data-paused]').exists()).toBe(false)
  })
})

describe('the code of a colleague', () => {
  it('of the same walk marks what they have reached, and says that it counts later', async () => {
    const { engine } = await walk()
    await scanned(`RW1.${engine.run().id}`)
    expect(engine.calls.some(({ name }) => name === 'arrive')).toBe(false)
    expect(wrapper.get('[data-joined]').text()).toContain('同事已到 2 点')
  })

  it('of another walk opens the run of that one', async () => {
    const { router } = await walk()
    await scanned('RW1.other-run')
    expect(router.currentRoute.value.path).toBe('/patrol/other-run')
  })

  it('that is refused says why', async () => {
    const { engine } = await walk()
    engine.refuse('join', new CommandError('not-found', '', 'route'))
    await scanned('RW1.far-away')
    expect(wrapper.get('[data-joined]').text()).toContain('这台平板上没有这条线路')
  })

  it('is shown large, with what it tells', async () => {
    await walk()
    await wrapper.get('.top button.icon').trigger('click')
    await settle()
    await topDialog().get('[data-give]').trigger('click')
    await settle()
    await flushPromises()
    expect(topDialog().get('img').attributes('src')).toContain('data:image/svg+xml')
    expect(topDialog().text()).toContain('已经到过 2 点')
  })
})

describe('a scan during a dialog', () => {
  it('closes it and opens its point', async () => {
    await walk()
    await wrapper.get('.top button.icon').trigger('click')
    await settle()
    expect(document.querySelector('[role=dialog]')).not.toBeNull()
    await scanned('RP0000000002')
    await settle()
    expect(document.querySelector('[role=dialog]')).toBeNull()
    expect(wrapper.get('h1').text()).toBe('晨检接待处')
  })
})

describe('a tap that is not stored', () => {
  it('holds the keys, and is given up by a key of its own', async () => {
    const { engine } = await walk()
    await scanned('RP0000000001')
    engine.refuse('visit', new CommandError('disk-full', ''))
    await main().trigger('click')
    await flushPromises()
    await calm()
    expect(main().attributes('disabled')).toBeDefined()
    await wrapper.get('[data-give-up]').trigger('click')
    await calm()
    expect(main().attributes('disabled')).toBeUndefined()
    expect(wrapper.get('h1').text()).toBe('园门与门卫室')
    expect(main().text()).toBe('正常')
  })
})
