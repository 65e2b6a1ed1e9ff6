import { flushPromises } from '@vue/test-utils'
import { beforeAll, describe, expect, it } from 'vitest'
import { fakeBackend } from '@/shared/testing/backend'
import { mountIn, overlaysSettled, topDialog } from '@/shared/testing/mount'
import { useSync } from '@/shared/state/sync'
import QueuePage from './QueuePage.vue'
import { sizeText } from './size'

const item = (id: string, rejected: object | null = null) => ({
  id,
  kind: 'finding',
  kind_zh: '整改单',
  title: `整改 ${id}`,
  bytes: 2_048,
  queued_at: Date.now() - 3_600_000,
  attempts: 2,
  relay: false,
  rejected,
})

async function page(status: object, queue: object = {}, language: 'zh' | 'en' = 'zh') {
  const { backend, calls } = fakeBackend({
    'door.get': { door: 'tablet', version: '1', organisation: null, account: null },
    'person.current': { by: null, roles: [], permissions: [] },
    'campus.list': { campuses: [], here: null },
    'sync.status': { badge: 'synced', pending: 0, pending_blobs: 0, ...status },
    'sync.queue': { items: [], photos: [], ...queue },
    'sync.now': {},
    'sync.retry': { items: [], photos: [] },
    'sync.discard': { items: [], photos: [] },
  })
  const Host = {
    components: { QueuePage },
    setup: () => void useSync().reload(),
    template: '<QueuePage />',
  }
  const { wrapper } = await mountIn(Host, { backend, language })
  await flushPromises()
  return { wrapper, calls }
}

/** What comes later on a screen takes a while to be compiled the first time. */
beforeAll(() => import('@/shared/components/BaseDialog.vue'), 60_000)

describe('the queue', () => {
  it('says that everything is sent only when the badge does', async () => {
    expect((await page({})).wrapper.text()).toContain('全部已同步')
    const offline = await page({ badge: 'offline', badge_reason: 'unreachable' })
    expect(offline.wrapper.text()).not.toContain('全部已同步')
    expect(offline.wrapper.text()).toContain('没有待发的内容')
    expect(offline.wrapper.text()).toContain('联网后自动发送')
  })

  it.each<['zh' | 'en', object, string]>([
    ['zh', { pending: 3, pending_blobs: 2 }, '待发 3 条记录、2 张照片'],
    ['zh', { pending: 0, pending_blobs: 1 }, '待发 1 张照片'],
    ['en', { pending: 1, pending_blobs: 2 }, '1 record and 2 photos to send'],
    ['en', { pending: 3, pending_blobs: 0 }, '3 records to send'],
  ])('counts in words what waits, and only that: %s %j', async (language, status, words) => {
    const { wrapper } = await page({ badge: 'offline', badge_reason: 'unreachable', ...status }, {}, language)
    expect(wrapper.find('h2').text()).toBe(words)
  })

  it('tells of each thing what, how large, since when, how often tried', async () => {
    const { wrapper } = await page({ badge: 'sending', pending: 1 }, { items: [item('1')] })
    expect(wrapper.text()).toContain('整改单 整改 1')
    expect(wrapper.text()).toContain('2 KB · 1 小时前存下 · 试过 2 次')
  })

  it('names the kind of each thing in the language of the screen', async () => {
    const check = {
      ...item('2'),
      kind: 'inspection',
      kind_zh: '检查',
      title: '厨房日检',
      title_en: 'Kitchen',
    }
    const queue = { items: [item('1'), check, { ...item('3'), kind: 'role_grant', kind_zh: '授权' }] }
    const { wrapper } = await page({ badge: 'sending', pending: 3 }, queue, 'en')
    for (const text of ['Finding 整改 1', 'Check Kitchen', 'Role grant 整改 3'])
      expect(wrapper.text()).toContain(text)
    expect(wrapper.text()).not.toMatch(/整改单|检查|授权/)
  })

  it('puts what was refused apart, with the reason in words', async () => {
    const refused = item('2', { type: 'urn:rounds:problem:limit-exceeded', title: 't' })
    const { wrapper, calls } = await page(
      { badge: 'attention', rejected: 1 },
      { items: [item('1'), refused] },
    )
    expect(wrapper.text()).toContain('服务器没有收下 1 条')
    expect(wrapper.text()).toContain('超过服务器的上限')
    const retry = wrapper.findAll('button').find((one) => one.text() === '全部重发')
    await retry?.trigger('click')
    expect(calls.some(({ name }) => name === 'sync.retry')).toBe(true)
  })

  it('takes a refused change back after asking, and nothing before', async () => {
    const refused = item('2', { type: 'urn:rounds:problem:not-allowed', title: 't' })
    const { wrapper, calls } = await page({ badge: 'attention', rejected: 1 }, { items: [refused] })
    const press = async (inside: { findAll: typeof wrapper.findAll }, text: string) => {
      await inside
        .findAll('button')
        .find((one) => one.text() === text)
        ?.trigger('click')
      await flushPromises()
      await overlaysSettled()
    }
    const discards = () => calls.filter(({ name }) => name === 'sync.discard').map(({ args }) => args)
    await press(wrapper, '撤回')
    expect(topDialog().text()).toContain('“整改 2”上服务器没有收下的改动会从本机去掉')
    expect(discards()).toEqual([])
    await press(topDialog(), '取消')
    expect(discards()).toEqual([])
    await press(wrapper, '撤回')
    await press(topDialog(), '撤回改动')
    expect(discards()).toEqual([{ id: '2' }])
  })

  it('leads a device that the server no longer knows to a new code', async () => {
    const { wrapper } = await page({ badge: 'attention', badge_reason: 'unauthorised' })
    expect(wrapper.find('a[href="/enrol"]').exists()).toBe(true)
  })

  it.each([
    [512, '512 B'],
    [2_048, '2 KB'],
    [3_670_016, '3.5 MB'],
  ])('says %d bytes as %s', (bytes, text) => expect(sizeText(bytes)).toBe(text))
})
