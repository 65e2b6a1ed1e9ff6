import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Run } from '../model/contract'
import { partsHere } from '@/shared/state/later'
import { ME, RUN, runOf, runPoint, visitOf } from '../model/testing'
import { openPage } from '../testing-page'
import SignRun from './SignRun.vue'

// Who signs, with what hand and PIN, is asked by a dialog of its own; here it gives what it was asked for.
vi.mock('@/features/people-here', () => ({
  HandDialog: { name: 'HandDialog', props: ['record', 'saw', 'except', 'sign'], render: () => null },
}))

const LI = { id: 'p-li', name: '李明' }
let wrapper: VueWrapper
async function open(part: Partial<Run>, props: object = {}) {
  const run = runOf([runPoint(1, { visits: [visitOf({ by: ME })] }), runPoint(2)], part)
  const page = await openPage(SignRun, { run, props: { run, ...props } })
  wrapper = page.wrapper
  return page
}
const fire = {
  ...{ needed: 2, missing: 1, lacks_second: true, walkers: [ME.id] },
  ...{ signed: [ME], role: 'walker' as const, saw: 'a1' },
}
const dialog = () => wrapper.getComponent({ name: 'HandDialog' })
afterEach(() => wrapper.unmount())

describe('the names under a round', () => {
  it('say how many persons a fire patrol still lacks, and who has signed', async () => {
    await open({ signing: fire })
    expect(wrapper.get('[data-signing]').text()).toContain('已签：吴大勇')
    expect(wrapper.get('[data-signing]').text()).toContain('还差第二人')
    wrapper.unmount()
    await open({ signing: { ...fire, missing: 2, signed: [] } })
    expect(wrapper.get('[data-signing]').text()).toBe('防火巡查要 2 人签字，还差 2 人。')
  })

  it('still ask for a second when two who walked together have both signed', async () => {
    await open({ signing: { ...fire, signed: [ME, LI], walkers: [ME.id, LI.id] } })
    expect(wrapper.get('[data-signing]').text()).toBe(
      '已签：吴大勇、李明 · 还差第二人：由没有走过这一时段的人签。',
    )
    await wrapper.get('[data-second]').trigger('click')
    await partsHere()
    await vi.waitFor(dialog)
    expect(dialog().props('except')).toEqual(expect.arrayContaining([ME.id, LI.id]))
  })

  it('are whole once two persons have signed', async () => {
    await open({ signing: { ...fire, missing: 0, signed: [ME, LI] } })
    expect(wrapper.get('[data-signing]').text()).toBe('签字已齐：吴大勇、李明')
  })

  it('ask for a second who has walked no point, and give their proof with the hand', async () => {
    const { engine } = await open({ signing: fire }, { secondOnly: true })
    expect(wrapper.find('[data-own]').exists()).toBe(false)
    await wrapper.get('[data-second]').trigger('click')
    await partsHere()
    await vi.waitFor(dialog)
    expect(dialog().props()).toMatchObject({ record: RUN, saw: 'a1' })
    expect(dialog().props('except')).toContain(ME.id)
    await (dialog().props('sign') as (strokes: unknown, as: string) => Promise<void>)([[[1, 2]]], 'voucher')
    expect(engine.calls.at(-1)).toEqual({
      name: 'sign',
      given: { run: RUN, signature: [[[1, 2]]], saw: 'a1', as: 'voucher' },
    })
    await flushPromises()
    expect(wrapper.findComponent({ name: 'HandDialog' }).exists()).toBe(false)
  })

  it('let whoever walked nothing sign as the second themselves', async () => {
    const run = { signing: { ...fire, signed: [LI], walkers: [LI.id], role: 'second' as const } }
    await open({ ...run, points: [runPoint(1, { visits: [visitOf({ by: LI })] })] })
    expect(wrapper.get('[data-second]').text()).toBe('作为第二人签字')
    await wrapper.get('[data-second]').trigger('click')
    await partsHere()
    await vi.waitFor(dialog)
    expect(dialog().props('except')).toEqual([LI.id])
  })

  it('ask nobody who may not sign, and no second under any other round', async () => {
    await open({ signing: { ...fire, role: null } })
    expect(wrapper.find('button').exists()).toBe(false)
    wrapper.unmount()
    await open({ signing: { ...fire, needed: 1, missing: 1, signed: [] } })
    expect(wrapper.find('[data-second]').exists()).toBe(false)
    expect(wrapper.get('[data-signing]').text()).toBe('还没有人签字。')
  })
})
