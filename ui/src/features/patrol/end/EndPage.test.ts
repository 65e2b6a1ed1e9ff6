import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Run } from '../model/contract'
import { ME, RUN, runOf, runPoint, visitOf } from '../model/testing'
import { openPage } from '../testing-page'
import EndPage from './EndPage.vue'

// Nothing is drawn here; who signs gives a line.
vi.mock('@/shared/components/SignatureField.vue', () => ({
  default: { name: 'SignatureField', props: ['modelValue', 'label'], render: () => null },
}))

let wrapper: VueWrapper
async function end(run: Run) {
  const page = await openPage(EndPage, { run, path: `/patrol/${RUN}/end`, route: '/patrol/:id/end' })
  wrapper = page.wrapper
  return page
}
const submit = async () => {
  await wrapper.get('form').trigger('submit')
  await flushPromises()
}
afterEach(() => {
  wrapper.unmount()
  document.body.replaceChildren()
})

describe('the end of a round', () => {
  it('asks for a reason for each point that was not reached, and ends with all of them', async () => {
    const { engine, router } = await end(
      runOf([runPoint(1, { visits: [visitOf()] }), runPoint(2), runPoint(3)]),
    )
    expect(wrapper.text()).toContain('2 点没有到')
    await submit()
    expect(engine.calls.some(({ name }) => name === 'finish')).toBe(false)
    await wrapper.get('[data-missed=c2] .chip').trigger('click')
    const other = wrapper.findAll('[data-missed=c3] .chip').at(-1)!
    await other.trigger('click')
    await wrapper.get('[data-missed=c3] input').setValue('正在施工')
    await submit()
    expect(engine.calls.find(({ name }) => name === 'finish')?.given).toEqual({
      run: RUN,
      missed: [
        { checkpoint: 'c2', reason: '进不去' },
        { checkpoint: 'c3', reason: '正在施工' },
      ],
    })
    expect(router.currentRoute.value.path).toBe(`/patrol/${RUN}`)
  })

  it('gives all that are left the reason that was chosen last, and none that has one', async () => {
    const { engine } = await end(runOf([runPoint(1), runPoint(2), runPoint(3)]))
    await wrapper.get('[data-missed=c1] .chip').trigger('click')
    await wrapper.findAll('[data-missed=c2] .chip')[1]!.trigger('click')
    await wrapper.get('[data-all]').trigger('click')
    await submit()
    expect(engine.calls.find(({ name }) => name === 'finish')?.given).toMatchObject({
      missed: [{ reason: '进不去' }, { reason: '来不及' }, { reason: '来不及' }],
    })
  })

  it('says in one sentence what the signer has found on their own part', async () => {
    const other = { id: 'p-zhang', name: '张伟' }
    const mine = visitOf({ by: ME })
    await end(
      runOf([
        runPoint(1, { visits: [mine] }),
        runPoint(2, { visits: [visitOf({ by: other, result: 'abnormal' })] }),
      ]),
    )
    expect(wrapper.get('[data-nil]').text()).toBe('吴大勇：1 点，未发现问题')
  })

  it('never says nil of a part with something wrong', async () => {
    await end(runOf([runPoint(1, { visits: [visitOf({ result: 'abnormal' })] })]))
    expect(wrapper.get('[data-nil]').text()).toBe('吴大勇：1 点，其中 1 点异常')
  })

  it('ends without a signature, and with one that is given', async () => {
    const { engine } = await end(runOf([runPoint(1, { visits: [visitOf()] })]))
    expect(wrapper.get('[type=submit]').text()).toBe('结束')
    const strokes = [[[1, 2]]]
    await wrapper.getComponent({ name: 'SignatureField' }).vm.$emit('update:modelValue', strokes)
    await flushPromises()
    expect(wrapper.get('[type=submit]').text()).toBe('签字并结束')
    await submit()
    expect(engine.calls.find(({ name }) => name === 'finish')?.given).toEqual({
      run: RUN,
      missed: [],
      signature: strokes,
    })
  })

  it('asks for no reason of a point that a colleague has visited', async () => {
    await end(runOf([runPoint(1, { elsewhere: { by: ME, at: 1, told: false } })]))
    expect(wrapper.find('[data-missed]').exists()).toBe(false)
  })

  it('asks for a second name under a fire patrol, and under no other', async () => {
    const signing = {
      ...{ needed: 2, missing: 2, lacks_second: true, walkers: [ME.id] },
      ...{ signed: [], role: 'walker' as const, saw: 'a1' },
    }
    await end(runOf([runPoint(1, { visits: [visitOf({ by: ME })] })], { signing }))
    expect(wrapper.get('[data-signing]').text()).toContain('还差 2 人')
    expect(wrapper.find('[data-second]').exists()).toBe(true)
    expect(wrapper.find('[data-own]').exists()).toBe(false)
    wrapper.unmount()
    await end(runOf([runPoint(1, { visits: [visitOf({ by: ME })] })]))
    expect(wrapper.find('[data-signing]').exists()).toBe(false)
  })
})
