/** Everything about one person: shown as it is seen, taken out for a purpose, erased for a reason. */
import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeBackend } from '@/shared/testing/backend'
import { mountIn, overlaysSettled, topDialog } from '@/shared/testing/mount'
import PersonRecordsPage from './PersonRecordsPage.vue'

beforeEach(() => {
  document.body.innerHTML = ''
})

const row = {
  id: 'r1',
  kind: 'health_certificate',
  title: '赵厨',
  title_en: null,
  day: '2026-08-01',
  stage_label: '在册',
  stage_label_en: 'On file',
}
const record = {
  id: 'f1',
  kind: 'finding',
  kind_zh: '整改',
  title: '路灯不亮',
  title_en: null,
  day: '2026-09-01',
}
const erasure = {
  hindrance: null,
  done_at: null,
  goes: [{ kind: 'person_contact', title: '联系方式', title_en: null, count: 1, until: null }],
  stays: [
    {
      kind: 'health_certificate',
      title: '健康证明',
      title_en: 'Health certificates',
      count: 2,
      until: '2029-08-01',
    },
    { kind: 'erasure', title: '删除登记', title_en: null, count: 1, until: null },
  ],
}

async function page(over: object = {}, language: 'zh' | 'en' = 'zh') {
  const all = {
    id: 'p1',
    kind: 'person',
    title: '赵厨',
    title_en: null,
    rows: [row],
    records: [record],
    cut: false,
  }
  const fake = fakeBackend({
    'entry.about': () => ({ ...all, erasure, csv: '\ufeff赵厨', ...over }),
    'entry.kinds': {
      kinds: [{ kind: 'health_certificate', name: '健康证明', name_en: 'Health certificates' }],
    },
  })
  const { wrapper } = await mountIn(PersonRecordsPage, {
    backend: fake.backend,
    path: '/people/p1/records',
    route: '/people/:id/records',
    language,
  })
  await flushPromises()
  const press = async (text: string) => {
    const button = wrapper.findAll('button').find((one) => one.text() === text)
    await button?.trigger('click')
    await overlaysSettled()
  }
  const submit = async () => {
    await topDialog().find('form').trigger('submit')
    await flushPromises()
    await overlaysSettled()
  }
  const asked = () => fake.calls.filter(({ name }) => name === 'entry.about').map(({ args }) => args)
  return { wrapper, press, submit, asked, text: () => document.body.textContent ?? '' }
}

describe('everything about a person', () => {
  it('stands by kind, each line leading to where it is read', async () => {
    const { wrapper } = await page()
    const links = wrapper.findAll('.rows a').map((link) => link.attributes('href'))
    expect(links).toEqual(['/entries/r1', '/findings/f1'])
    expect(wrapper.findAll('h2').map((head) => head.text())).toEqual(['健康证明 1 条', '整改 1 条'])
  })

  it('is taken out for a purpose alone', async () => {
    const given = vi.fn(() => 'blob:x')
    URL.createObjectURL = given
    const { press, submit, asked, text } = await page()
    await press('导出')
    expect(topDialog().text()).toContain('导出会记入外带登记')
    await submit()
    expect(text()).toContain('请写清用途。')
    expect(given).not.toHaveBeenCalled()
    await topDialog().find('input').setValue('本人申请')
    await submit()
    expect(asked().at(-1)).toEqual({ id: 'p1', do: 'export', purpose: '本人申请' })
    expect(given).toHaveBeenCalledOnce()
    expect(text()).toContain('已导出 2 条。')
  })

  it('says before anything goes what goes, what stays and until when, and asks why', async () => {
    const { press, submit, asked, text } = await page()
    await press('删除个人信息')
    expect(text()).toContain('现在删除')
    expect(text()).toContain('联系方式')
    expect(text()).toContain('留到 2029-08-01')
    expect(text()).toContain('没有期限')
    await submit()
    expect(text()).toContain('请选一个原因。')
    expect(asked()).toEqual([{ id: 'p1' }])
    await topDialog().find('input[value=request]').setValue()
    await submit()
    expect(asked()[1]).toEqual({ id: 'p1', do: 'erase', basis: 'request' })
    expect(text()).toContain('已删除。')
  })

  it('offers no erasing where it cannot be done, and says why', async () => {
    const { text } = await page({ erasure: { ...erasure, hindrance: 'works_here', goes: [], stays: [] } })
    expect(text()).toContain('在岗人员的信息不能删除')
    expect(text()).not.toContain('删除个人信息')
    document.body.innerHTML = ''
    const { text: other } = await page({ erasure: null })
    expect(other()).not.toContain('删除')
  })

  it('erases a child with all that names it, for a reason of its guardians', async () => {
    const own = { kind: 'child', title: '王小明', rows: [], records: [] }
    const { text } = await page({
      ...own,
      erasure: { ...erasure, hindrance: 'enrolled', goes: [], stays: [] },
    })
    expect(text()).toContain('监护人同意没有撤回，不能删除')
    document.body.innerHTML = ''
    const { press, submit, asked, text: other } = await page({ ...own, erasure: { ...erasure, stays: [] } })
    await press('删除个人信息')
    expect(other()).toContain('写到这名幼儿的都在上面，全部删除。')
    expect(other()).toContain('监护人撤回同意')
    await topDialog().find('input[value=consent]').setValue()
    await submit()
    expect(asked()).toEqual([{ id: 'p1' }, { id: 'p1', do: 'erase', basis: 'consent' }])
  })
})
