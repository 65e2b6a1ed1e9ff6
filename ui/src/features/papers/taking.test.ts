/** A paper that is taken along: as a file that takes longer, and as a text for a chat. */
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { CommandError } from '@/backend'
import { mountIn } from '@/shared/testing/mount'
import PaperPage from './PaperPage.vue'
import { paper } from './testing'

beforeEach(() => {
  document.body.innerHTML = ''
})

const underWay = {
  export: 'e1',
  sheet: 'waste',
  title: '废弃物处置',
  title_en: 'Waste',
  as: 'csv',
  state: 'reading',
  done: 1_200,
  of: 3_000,
  problem: null,
}
describe('a file that takes longer', () => {
  /** The page with the exports that stand there; `set` changes them, and the page looks again in a moment. */
  async function page(first: object[]) {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    let exports = first
    const fake = paper({ 'sheet.exports': () => ({ exports }), 'sheet.stop': () => ({ exports: [] }) })
    const backend = {
      ...fake.frame.backend,
      sheetFile: vi.fn(async () => ({ export: 'e1' })),
      takeSheet: vi.fn(async () => {
        exports = []
        return { name: '废弃物处置.csv', path: '下载/废弃物处置.csv' }
      }),
    }
    const { wrapper } = await mountIn(PaperPage, { ...fake.frame, backend })
    await flushPromises()
    const set = async (now: object[]) => {
      exports = now
      vi.advanceTimersByTime(500)
      await flushPromises()
    }
    const press = async (text: string) => {
      await wrapper
        .findAll('button')
        .find((button) => button.text() === text)
        ?.trigger('click')
      await flushPromises()
    }
    return { ...fake, backend, wrapper, set, press }
  }
  afterEach(() => vi.useRealTimers())

  it('tells its rows in figures, and is fetched by itself when it is whole', async () => {
    const { wrapper, backend, set } = await page([underWay])
    expect(wrapper.text()).toContain('正在读取：1200 / 3000 行')
    expect(wrapper.find('progress').attributes()).toMatchObject({ value: '1200', max: '3000' })
    await set([{ ...underWay, state: 'writing', done: 2_000 }])
    expect(wrapper.text()).toContain('正在写入：2000 / 3000 行')
    expect(backend.takeSheet).not.toHaveBeenCalled()
    await set([{ ...underWay, state: 'ready', done: 3_000 }])
    expect(backend.takeSheet).toHaveBeenCalledExactlyOnceWith('e1')
    expect(wrapper.find('.exports [role=status]').text()).toBe('已存到：下载/废弃物处置.csv')
    expect(wrapper.find('progress').exists()).toBe(false)
  })

  it('waits for who left the page and comes back, and is fetched by a press', async () => {
    const { wrapper, backend, press } = await page([{ ...underWay, state: 'ready' }])
    expect(wrapper.text()).toContain('已生成，还没有取走')
    expect(backend.takeSheet).not.toHaveBeenCalled()
    await press('取文件')
    expect(backend.takeSheet).toHaveBeenCalledExactlyOnceWith('e1')
  })

  it('is stopped by a press', async () => {
    const { wrapper, calls, press } = await page([underWay])
    await press('停止')
    expect(calls.filter(({ name }) => name === 'sheet.stop').map(({ args }) => args)).toEqual([
      { export: 'e1' },
    ])
    expect(wrapper.find('progress').exists()).toBe(false)
  })

  it('that came to nothing says why and what to do', async () => {
    const { wrapper } = await page([{ ...underWay, state: 'failed', problem: 'limit-exceeded' }])
    for (const part of ['没有导出成', '超过两万行', '可以缩短日期后再导出一次'])
      expect(wrapper.find('.exports').text()).toContain(part)
  })

  it('that is gone by now says so, and what to do', async () => {
    const { wrapper, backend, press } = await page([{ ...underWay, state: 'ready' }])
    backend.takeSheet.mockRejectedValueOnce(new CommandError('not-found', 'gone'))
    await press('取文件')
    expect(wrapper.find('.exports [role=alert]').text()).toContain('请再导出一次')
  })
})

describe('the text for a chat', () => {
  const answers = { 'sheet.text': { text: '【值班】\n1. 岗位：东门岗', rows: 1 } }
  async function copied(clipboard: unknown) {
    Object.defineProperty(navigator, 'clipboard', { value: clipboard, configurable: true })
    const { wrapper } = await mountIn(PaperPage, paper(answers).frame)
    await flushPromises()
    await wrapper
      .findAll('button')
      .find((button) => button.text() === '复制文字')
      ?.trigger('click')
    await flushPromises()
    return wrapper
  }

  it('is copied by one tap, which says so and shows what was copied', async () => {
    const writeText = vi.fn(async () => {})
    const wrapper = await copied({ writeText })
    expect(writeText).toHaveBeenCalledExactlyOnceWith('【值班】\n1. 岗位：东门岗')
    expect(wrapper.find('.actions [role=status]').text()).toContain('已复制')
    expect(wrapper.find('pre').text()).toContain('岗位：东门岗')
  })

  it('is shown to be copied by hand where there is no clipboard', async () => {
    const wrapper = await copied(undefined)
    expect(wrapper.find('.actions [role=status]').text()).toContain('没能放进剪贴板')
    expect(wrapper.find('pre').text()).toContain('【值班】')
  })
})
